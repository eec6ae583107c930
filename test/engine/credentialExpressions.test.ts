import type { IDataObject } from 'n8n-workflow';
import {
	deleteImageProjects,
	requestLines,
	runMagicHour,
	toItems,
	type NodeSettings,
} from './magicHour';
import { CredentialsHelper } from './credentials';
import { FileServer } from './fileServer';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const noRetries = { maxRetries: 0 };

/** Deletes projects with an API key that an expression gives for each item. */
async function deleteWithKey(
	apiKey: unknown,
	input: IDataObject[] = [{ id: 'abc' }],
	settings: NodeSettings = {},
) {
	return await deleteImageProjects(sandbox(), input, {
		options: noRetries,
		credential: { apiKey: apiKey as string, baseUrl: sandbox().url },
		...settings,
	});
}

describe('an API key by expression that gives nothing', () => {
	it.each([
		['a field that the item lacks', '={{ $json.key }}'],
		['nothing', '={{ undefined }}'],
		['null', '={{ null }}'],
		['an empty text', "={{ '' }}"],
		['spaces', "={{ '  ' }}"],
		['Bearer alone', "={{ 'Bearer ' }}"],
		['an expression that fails and of which n8n makes nothing', '={{ $json.user.key }}'],
	])('says that it is empty, and sends nothing: %s', async (_, apiKey) => {
		const { error } = await deleteWithKey(apiKey);

		expect(error?.message).toBe(
			'The API key in the credential is empty, so the image project "abc" was not deleted [item 0]',
		);
		expect(error?.description).toContain('Enter a key in the credential');
		expect(error?.description).toContain('if it comes from an expression');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('says so where a project would be generated', async () => {
		const { error } = await runMagicHour(sandbox(), 'imageProject', 'generate', toItems([{}]), {
			parameters: { prompt: 'A lighthouse' },
			credential: { apiKey: '={{ $json.key }}', baseUrl: sandbox().url },
		});

		expect(error?.message).toBe(
			'The API key in the credential is empty, so the image project was not created [item 0]',
		);
		expect(error?.description).not.toContain('may have been');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('lets the messages about other things be read', async () => {
		const { error } = await deleteWithKey('={{ $json.key }}', [{ id: '..' }]);

		expect(error?.message).toContain('Project ID');
		expect(JSON.stringify(error)).not.toContain('[hidden]');
	});
});

describe('an API key by expression that is no text', () => {
	it('is sent as text where it is a number', async () => {
		const { error } = await deleteWithKey('={{ 123456789 }}');

		expect(error?.message).toBe(
			'Magic Hour rejected the API key, so the image project "abc" was not deleted [item 0]',
		);
		expect(error?.description).toContain('(HTTP 401: "Unauthorized")');
		expect(sandbox().requests.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer 123456789',
		]);
	});

	it.each(['={{ ({ key: 1 }) }}', '={{ [1] }}', '={{ true }}'])(
		'is not sent: %s',
		async (apiKey) => {
			const { error } = await deleteWithKey(apiKey);

			expect(error?.message).toBe(
				'The API key in the credential is not text, so the image project "abc" was not deleted [item 0]',
			);
			expect(requestLines(sandbox())).toEqual([]);
		},
	);
});

describe('an expression in the credential that fails for one item', () => {
	const apiKey = "={{ $json.key ?? $('Nobody').item.json.key }}";

	it('says that nothing was sent for it, and why', async () => {
		const good = sandbox().projects.create();
		const { json } = await deleteWithKey(
			apiKey,
			[{ id: good, key: sandbox().apiKey }, { id: 'abc' }],
			{ onError: 'continueRegularOutput' },
		);

		expect(json).toEqual([
			{ id: good, deleted: true },
			{
				id: 'abc',
				deleted: false,
				error:
					'The Magic Hour credential couldn\'t be read, so the image project "abc" was not deleted [item 1]',
				description: expect.stringContaining("Referenced node doesn't exist"),
				httpCode: null,
				magicHour: null,
			},
		]);
		expect(json[1]?.description).toContain('n8n reports: ');
		expect(requestLines(sandbox())).toEqual([`DELETE /v1/image-projects/${good}`]);
	});

	it('does not say that a project may have been created', async () => {
		const { json } = await runMagicHour(
			sandbox(),
			'imageProject',
			'generate',
			toItems([{ key: sandbox().apiKey }, {}]),
			{
				parameters: { prompt: 'A lighthouse', output: 'projectId' },
				credential: { apiKey, baseUrl: sandbox().url },
				onError: 'continueRegularOutput',
				retryOnFail: true,
				maxTries: 2,
			},
		);

		expect(json[1]?.error).toBe(
			"The Magic Hour credential couldn't be read, so the image project was not created [item 1]",
		);
		expect(json[1]?.description).not.toMatch(/may have been|hidden/);
		expect(requestLines(sandbox())).toEqual(['POST /v1/ai-image-generator']);
	});

	it('is told by n8n itself where it is the first item, and nothing was sent', async () => {
		const { error } = await deleteWithKey(apiKey);

		expect(error?.message).toContain("Referenced node doesn't exist");
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a Base URL by expression', () => {
	it.each([
		['a number', '={{ 5 }}'],
		['an object', '={{ ({}) }}'],
	])('that is %s is refused, and nothing is sent', async (_, baseUrl) => {
		const { error } = await deleteImageProjects(sandbox(), [{ id: 'abc' }], {
			credential: { apiKey: sandbox().apiKey, baseUrl },
		});

		expect(error?.message).toContain("'Base URL' in the credential");
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a credential that n8n cannot read for a moment', () => {
	afterEach(() => jest.restoreAllMocks());

	it.each([2, 3])('never lets its API key go to another host: look %i', async (failing) => {
		const proxy = await FileServer.start();
		const getDecrypted = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
		const credential = { apiKey: sandbox().apiKey, baseUrl: sandbox().url };
		for (let look = 1; look < failing; look++) getDecrypted.mockResolvedValueOnce(credential);
		getDecrypted.mockRejectedValueOnce(new Error('The vault is sealed'));
		const { json } = await deleteImageProjects(sandbox(), [{ id: 'abc' }], {
			options: noRetries,
			requestOptions: { proxy: proxy.url },
			onError: 'continueRegularOutput',
		});
		await proxy.close();

		expect(json[0]?.error).toBe(
			'The Magic Hour credential couldn\'t be read, so the image project "abc" was not deleted [item 0]',
		);
		expect(json[0]?.description).toContain('The vault is sealed');
		expect([...proxy.requests, ...requestLines(sandbox())]).toEqual([]);
	});
});
