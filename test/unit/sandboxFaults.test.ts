import axios, { AxiosError } from 'axios';
import { Agent } from 'node:https';
import type { Fault } from '../sandbox/faults';
import { selfSigned } from '../sandbox/certificate';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';

let sandbox: Sandbox;
afterEach(async () => await sandbox.close());

/** Sends one request, which meets a fault. */
async function get(fault: Fault, signal?: AbortSignal): Promise<string> {
	sandbox.addFaults({ fault });
	const { data } = await axios.get<string>(`${sandbox.url}/v1/account`, {
		headers: { authorization: `Bearer ${sandbox.apiKey}` },
		httpsAgent: new Agent({ rejectUnauthorized: false }),
		proxy: false,
		responseType: 'text',
		signal,
		transformResponse: (content: unknown) => content,
	});
	return data;
}

/** @returns how a request fails that meets a fault */
async function failureOf(fault: Fault, signal?: AbortSignal): Promise<AxiosError> {
	const outcome: unknown = await get(fault, signal).catch((error: unknown) => error);
	if (!(outcome instanceof AxiosError)) throw new Error(`It did not fail: ${String(outcome)}`);
	return outcome;
}

describe('a fault of the sandbox', () => {
	beforeEach(async () => {
		sandbox = await startSandbox();
	});

	it.each([
		[{ garbage: true }, 'HPE_INVALID_CONSTANT'],
		[{ clientError: 'EHOSTUNREACH' }, 'EHOSTUNREACH'],
		[{ clientError: 'ENETDOWN', afterProcessing: true }, 'ENETDOWN'],
		[{ encoding: 'gzip', cutOff: true }, 'ECONNRESET'],
	] as Array<[Fault, string]>)('%j is a failure of the code %s', async (fault, code) => {
		expect((await failureOf(fault)).code).toBe(code);
	});

	it.each(['gzip', 'br', 'deflate'] as const)('encodes in %s what it answers', async (encoding) => {
		expect(await get({ encoding })).toContain('account-of-the-sandbox');
	});

	it.each([undefined, 'gzip', 'br'] as const)(
		'leaves out half of an answer (encoding: %s), and does not tell',
		async (encoding) => {
			const text = await get({ truncated: true, encoding });
			expect(text).not.toContain('}');
		},
	);

	it.each(['headers', 'body'] as const)('drips its %s for ever', async (drip) => {
		const { code } = await failureOf({ drip }, AbortSignal.timeout(200));
		expect(code).toBe('ERR_CANCELED');
	});
});

describe('a fault of a sandbox that speaks TLS', () => {
	beforeEach(async () => {
		sandbox = await startSandbox({ tls: await selfSigned() });
	});

	it.each([
		// The OpenSSL of Node.js 20, and that of Node.js 24.
		['version', ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_BAD_RECORD_TYPE']],
		['mac', ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC']],
	] as const)('spoils a record after the request: %s', async (corruptTls, codes) => {
		expect(codes).toContain((await failureOf({ corruptTls })).code);
		expect(sandbox.requests).toHaveLength(1);
	});
});
