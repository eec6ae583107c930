import { SsrfProtectionConfig } from '@n8n/config';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';
import { runWorkflow } from './engine';
import { FileServer } from './fileServer';
import { deleteImageProjects, requestLines, runMagicHour, toItems, withIds } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const photo = {
	data: Buffer.from('a').toString('base64'),
	fileName: 'a.png',
	mimeType: 'image/png',
};
const blockedMessage = /^n8n didn't allow the request to 127\.0\.0\.1:\d+, so /;

/** n8n's protection against requests to inner addresses, of which the sandbox has one. */
const protection = Container.get(SsrfProtectionConfig);
afterEach(() => (protection.enabled = false));

async function runBlocked(resource: string, operation: string, parameters: IDataObject) {
	protection.enabled = true;
	const input = [{ json: {}, binary: { data: photo } }];
	return await runMagicHour(sandbox(), resource, operation, input, {
		parameters: parameters as Record<string, string>,
		retryOnFail: true,
		maxTries: 2,
	});
}

describe('a request that n8n blocks', () => {
	it.each([
		['imageProject', 'delete', { id: 'abc' }],
		['imageProject', 'generate', { prompt: 'A lighthouse' }],
		['imageProject', 'get', { id: 'abc' }],
		['imageProject', 'download', { id: 'abc' }],
		['videoProject', 'generateFromText', { prompt: 'A lighthouse' }],
		['file', 'detectFaces', { file: 'https://example.com/a.png' }],
		['file', 'upload', {}],
		['account', 'get', {}],
	])(
		'has done nothing, and says what blocked it: %s %s',
		async (resource, operation, parameters) => {
			const { error } = await runBlocked(resource, operation, parameters);

			expect(error?.message).toMatch(blockedMessage);
			expect(error?.description).toContain('it resolves to a restricted IP address');
			expect(error?.description).not.toContain('may have been');
			expect(requestLines(sandbox())).toEqual([]);
		},
	);
});

describe('a file whose signed link n8n blocks', () => {
	let storage: FileServer;
	beforeAll(async () => {
		storage = await FileServer.start();
	});
	afterAll(async () => await storage.close());

	/** Answers one request of the API, after which n8n blocks everything. */
	function answerOnce(body: (url: string) => object): void {
		storage.requests.length = 0;
		storage.handler = (_request, response) => {
			protection.enabled = true;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body(storage.url)));
		};
	}

	const credential = () => ({ apiKey: sandbox().apiKey, baseUrl: storage.url });
	const projectWith = (url: string) => ({
		id: 'abc',
		status: 'complete',
		enabled: true,
		downloads: [{ url }],
	});
	const download = async () =>
		await runMagicHour(sandbox(), 'imageProject', 'download', toItems([{}]), {
			parameters: { id: 'abc' },
			credential: credential(),
		});

	it('is not uploaded, and nothing is created with it', async () => {
		answerOnce((url) => ({
			items: [
				{ upload_url: `${url}/put`, file_path: 'api-assets/a.png', expires_at: '2030-01-01' },
			],
		}));
		const { error } = await runMagicHour(
			sandbox(),
			'imageProject',
			'upscale',
			[{ json: {}, binary: { data: photo } }],
			{ parameters: { image: 'data', output: 'projectId' }, credential: credential() },
		);

		expect(error?.message).toMatch(blockedMessage);
		expect(error?.description).not.toContain('may have been');
		expect(storage.requests).toHaveLength(1);
	});

	it('is not downloaded', async () => {
		answerOnce((url) => projectWith(`${url}/file.png`));
		const { error } = await download();

		expect(error?.message).toMatch(blockedMessage);
		expect(error?.description).toContain('it resolves to a restricted IP address');
		expect(storage.requests).toHaveLength(1);
	});

	it('is not downloaded where it is its redirect that n8n blocks', async () => {
		storage.requests.length = 0;
		storage.handler = (request, response) => {
			if (request.url?.endsWith('/file.png') === true) {
				protection.enabled = true;
				response.writeHead(302, { location: '/inner.png' }).end();
				return;
			}
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(projectWith(`${storage.url}/file.png`)));
		};
		const { error } = await download();

		expect(error?.message).toMatch(blockedMessage);
		expect(storage.requests.map(({ url }) => url)).toEqual(['/v1/image-projects/abc', '/file.png']);
	});

	it('is not fetched by the trigger, which says so', async () => {
		protection.enabled = true;
		const project = {
			id: 'abc',
			downloads: [{ url: `${sandbox().url}/downloads/image/abc/0.png` }],
		};
		const run = await runWorkflow(
			{
				nodes: [
					{
						id: 'trigger-of-a-test',
						name: 'Trigger',
						type: 'n8n-nodes-magic-hour.magicHourTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: { options: { includeDownloads: true } },
						credentials: { magicHourApi: { id: '1', name: 'Magic Hour account' } },
					},
				],
				connections: {},
			},
			{
				credential: { apiKey: sandbox().apiKey, baseUrl: sandbox().url },
				startNode: 'Trigger',
				input: [{ json: { event: 'image.completed', project } }],
			},
		);

		const [item] = run.data.resultData.runData.Trigger?.[0]?.data?.main?.[0] ?? [];
		expect(item?.json.downloadError).toContain("n8n didn't allow the request to 127.0.0.1");
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a credential that is limited to other domains', () => {
	it.each([
		['a list of domains', { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' }],
		['an empty list', { allowedHttpRequestDomains: 'domains', allowedDomains: '' }],
		['no other node', { allowedHttpRequestDomains: 'none' }],
	])('works in the node that it is made for: %s', async (_, limits) => {
		const id = sandbox().projects.create();
		const credential = { apiKey: sandbox().apiKey, baseUrl: sandbox().url, ...limits };
		const { json } = await deleteImageProjects(sandbox(), withIds(id), { credential });

		expect(json).toEqual([{ id, deleted: true }]);
	});
});
