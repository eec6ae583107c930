import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { MagicHourApi } from '../../credentials/MagicHourApi.credentials';
import { deleteImageProjects, requestLines, withIds } from './magicHour';
import { testCredential } from './testCredential';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();

/** @returns the message that n8n's credential test would show */
async function failureOf(data: ICredentialDataDecryptedObject): Promise<string> {
	const rejection: unknown = await testCredential(data).then(
		() => new Error('The credential was accepted'),
		(error: unknown) => error,
	);
	const { cause, message } = rejection as Error & {
		cause?: { response?: { status: number; statusText: string } };
	};
	const response = cause?.response;
	const rule = new MagicHourApi().test.rules?.find(
		({ type, properties }) => type === 'responseCode' && properties.value === response?.status,
	);
	return String(rule?.properties.message ?? response?.statusText ?? message);
}

describe('the credential test', () => {
	it('asks for the account', async () => {
		await testCredential({ apiKey: sandbox().apiKey, baseUrl: sandbox().url });

		expect(requestLines(sandbox())).toEqual(['GET /v1/account']);
		expect(sandbox().requests[0]?.headers).toMatchObject({
			accept: 'application/json',
			authorization: `Bearer ${sandbox().apiKey}`,
		});
	});

	it('says that a wrong key is not accepted and where to make one', async () => {
		const message = await failureOf({ apiKey: 'mhk_live_wrong', baseUrl: sandbox().url });

		expect(message).toBe(
			'Magic Hour rejected this API key. Create one at https://magichour.ai/developer?tab=api-keys',
		);
	});

	it.each([
		[403, 'Forbidden'],
		[500, 'Internal Server Error'],
		[302, 'Found'],
	])('says what was answered: %i', async (status, text) => {
		sandbox().addFaults({
			fault: { answer: { status, headers: { location: `${sandbox().url}/elsewhere` } } },
		});

		expect(await failureOf({ apiKey: sandbox().apiKey, baseUrl: sandbox().url })).toBe(text);
		expect(requestLines(sandbox())).not.toContain('GET /elsewhere');
	});
});

describe('the credential test of a Base URL that leads elsewhere', () => {
	it.each<[string, (url: string) => string]>([
		['a bare question mark', (url) => `${url}/?`],
		['a bare hash', (url) => `${url}/#`],
		['a query', (url) => `${url}?key=value`],
		['a user name', (url) => url.replace('//', '//me@')],
		['a space', (url) => `${url}/a b`],
		['a backslash', (url) => `${url}\\`],
		['no scheme', (url) => url.replace('http://', '')],
	])('sends nothing with %s, and says so', async (_, form) => {
		sandbox().addFaults({ fault: { answer: { status: 200, body: { hello: 'world' } } } });

		expect(await failureOf({ apiKey: sandbox().apiKey, baseUrl: form(sandbox().url) })).toBe(
			'Invalid URL',
		);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('says that the version at its end is not found', async () => {
		const baseUrl = `${sandbox().url}/v1`;

		expect(await failureOf({ apiKey: sandbox().apiKey, baseUrl })).toBe('Not Found');
	});
});

describe('the API key', () => {
	it.each([
		['as it is', (key: string) => key],
		['with spaces', (key: string) => `  ${key} `],
		['with a line break', (key: string) => `${key}\n`],
		['with Bearer', (key: string) => `Bearer ${key}`],
		['with bearer and all kinds of white space', (key: string) => `\t bearer   ${key}\r\n`],
	])('works %s', async (_, form) => {
		const credential = { apiKey: form(sandbox().apiKey), baseUrl: sandbox().url };

		await testCredential(credential);
		await deleteImageProjects(sandbox(), withIds('abc'), { credential });

		for (const { headers } of sandbox().requests) {
			expect(headers.authorization).toBe(`Bearer ${sandbox().apiKey}`);
		}
		expect(sandbox().requests).toHaveLength(2);
	});
});

describe('an API key that an expression gives', () => {
	it('is sent as text by the credential test where it is a number', async () => {
		await failureOf({ apiKey: 123456789 as unknown as string, baseUrl: sandbox().url });

		expect(sandbox().requests[0]?.headers.authorization).toBe('Bearer 123456789');
	});

	it('is not accepted where it is nothing', async () => {
		expect(await failureOf({ baseUrl: sandbox().url })).toContain('rejected this API key');
	});
});

describe('the Base URL', () => {
	it.each([
		['with slashes at its end', (url: string) => `${url}///`],
		['with spaces around it', (url: string) => `  ${url}/  `],
	])('may come %s', async (_, form) => {
		const credential = { apiKey: sandbox().apiKey, baseUrl: form(sandbox().url) };

		await testCredential(credential);
		await deleteImageProjects(sandbox(), withIds('abc'), { credential });

		expect(requestLines(sandbox())).toEqual(['GET /v1/account', 'DELETE /v1/image-projects/abc']);
	});

	it('may have a path', async () => {
		const credential = { apiKey: sandbox().apiKey, baseUrl: `${sandbox().url}/magic-hour/` };

		await deleteImageProjects(sandbox(), withIds('abc'), { credential });

		expect(requestLines(sandbox())).toEqual(['DELETE /magic-hour/v1/image-projects/abc']);
	});

	it.each([
		['missing', {}],
		['empty', { baseUrl: ' ' }],
	])('is that of Magic Hour where it is %s', async (_, fields) => {
		await deleteImageProjects(sandbox(), withIds('abc'), {
			credential: { apiKey: sandbox().apiKey, ...fields },
			requestOptions: { proxy: sandbox().url },
			options: { maxRetries: 0 },
		});

		expect(sandbox().requests).toEqual([]);
		expect(sandbox().tunnels).toEqual(['api.magichour.ai:443']);
	});
});
