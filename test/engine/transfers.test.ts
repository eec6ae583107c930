import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { drip, FileServer, readSlowly } from './fileServer';
import { runMagicHour, toItems, withIds, type NodeSettings } from './magicHour';
import { Deferred } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const piece = Buffer.alloc(10_000, 'a piece of a picture ');
/** A limit that is shorter than a whole transfer, and longer than the wait between two pieces. */
const timeout = 400;

/** What a storage responds with. */
interface StorageResponse {
	status?: number;
	headers: Record<string, string>;
	body?: Buffer;
	/** Whether its end is that of the connection alone. */
	isUnframed?: boolean;
}

let storage: FileServer;
beforeAll(async () => {
	storage = await FileServer.start();
});
beforeEach(() => {
	storage.requests.length = 0;
});
afterAll(async () => await storage.close());

/** Where n8n keeps binary data: in memory, or in the files of a folder. */
describe.each(['memory', 'files'] as const)('with binary data in %s', (mode) => {
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'binary-data-'));
		if (mode === 'files') await keepBinaryDataIn(folder);
	});
	afterAll(async () => {
		keepBinaryDataInMemory();
		await rm(folder, { recursive: true });
	});

	describe('a download', () => {
		it('may take longer than Timeout, as long as bytes come', async () => {
			storage.handler = async (_, response) => {
				response.writeHead(200, { 'content-type': 'image/png' });
				await drip(response, piece, 20);
			};
			const { items } = await download({ requestOptions: { timeout } });

			const whole = Buffer.concat(Array.from({ length: 20 }, () => piece));
			expect((await bytesOf(items[0])).equals(whole)).toBe(true);
		});

		it.each<[string, FileServer['handler']]>([
			['never answers', () => {}],
			[
				'stops within the file',
				(_, response) => {
					response.writeHead(200, { 'content-type': 'image/png' });
					response.write(piece);
				},
			],
		])('ends when a storage %s', async (_, handler) => {
			storage.handler = handler;
			const { error } = await download({
				requestOptions: { timeout },
				options: { maxRetries: 0 },
			});

			expect(error?.message).toMatch(/^The request to 127.0.0.1:\d+ timed out, so file 1 of/);
			await untilClosed(storage.requests[0]);
			expect(await halfFiles()).toEqual([]);
		});

		it('ends with the execution, however long the file is', async () => {
			const stop = new Deferred();
			storage.handler = async (_, response) => {
				response.writeHead(200, { 'content-type': 'image/png' });
				response.once('close', stop.resolve);
				await drip(response, piece, Infinity, 1);
			};
			const { status } = await download({
				onStart: (cancel) => {
					void whenFlowing().then(cancel);
				},
			});

			expect(status).toBe('canceled');
			await stop.promise;
			expect(await halfFiles()).toEqual([]);
		});

		it.each([
			['announces', { 'content-length': '50000000' }],
			['does not announce', {}],
		])('ends where a file that is larger than allowed %s its size', async (_, headers) => {
			storage.handler = async (__, response) => {
				response.writeHead(200, { 'content-type': 'image/png', ...headers });
				await drip(response, Buffer.alloc(200_000), Infinity, 1);
			};
			const { error } = await download({ options: { maxFileSize: 2.5 } });

			expect(error?.message).toMatch(
				/^The file is larger than Max File Size \(MB\) allows \(2.5\), so file 1 of .* was not downloaded \[item 0\]$/,
			);
			expect(storage.requests).toHaveLength(1);
			await untilClosed(storage.requests[0]);
		});

		it('is judged by its exact size', async () => {
			storage.handler = (_, response) => {
				response.writeHead(200, { 'content-type': 'image/png' });
				response.write(Buffer.alloc(600));
				response.end(Buffer.alloc(401));
			};
			const larger = await download({ options: { maxFileSize: 0.001 } });
			const equal = await download({ options: { maxFileSize: 0.001_001 } });

			expect(larger.error?.message).toContain('The file is larger than Max File Size');
			expect(equal.items).toHaveLength(1);
		});

		it.each<[string, StorageResponse]>([
			['a part of the file', { status: 206, headers: { 'content-range': 'bytes 0-9/200000' } }],
			[
				'a file that was cut off before it was packed',
				{ headers: { 'content-encoding': 'gzip' }, body: gzipSync(piece).subarray(0, 40) },
			],
			['a packed file', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(piece) }],
			[
				'another packing',
				{ headers: { 'content-encoding': 'br' }, body: brotliCompressSync(piece) },
			],
			['a packing that nobody knows', { headers: { 'content-encoding': 'fancy' } }],
			['a file without its length', { headers: { connection: 'close' }, isUnframed: true }],
		])(
			'takes %s for no whole file',
			async (__, { status = 200, headers, body = piece, isUnframed }) => {
				storage.handler = (_, response) => {
					const framed = isUnframed === true ? {} : { 'content-length': body.length };
					if (isUnframed === true) response.useChunkedEncodingByDefault = false;
					response.writeHead(status, { 'content-type': 'image/png', ...headers, ...framed });
					response.end(body);
				};
				const { error, items } = await download({ options: { maxRetries: 1 } });

				expect(items).toEqual([]);
				expect(storage.requests[0]?.headers['accept-encoding']).toBe('identity');
				expect(error?.message).toMatch(/whole.* so file 1 of .* was not downloaded \[item 0\]$/);
				expect(storage.requests).toHaveLength(status === 206 ? 2 : 1);
			},
		);
	});

	describe('an upload', () => {
		it('may take longer than Timeout, as long as bytes go', async () => {
			let read = 0;
			storage.handler = async (request, response) => {
				read = await readSlowly(request, 5);
				response.end();
			};
			const size = 24_000_000;
			const { items, error } = await upload(size, { requestOptions: { timeout } });

			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(read).toBe(size);
			expect(storage.requests[0]?.headers).toMatchObject({
				'content-length': String(size),
				'content-type': 'video/mp4',
			});
		});

		it.each([100, 100_000])('ends when nobody reads its %i bytes', async (size) => {
			storage.handler = () => {};
			const { error } = await upload(size, {
				requestOptions: { timeout },
				options: { maxRetries: 0 },
			});

			expect(error?.message).toMatch(/^The request to 127.0.0.1:\d+ timed out, so the file/);
			await untilClosed(storage.requests[0]);
		});

		it.each([100, 24_000_000])(
			'of %i bytes that nobody reads ends with the execution',
			async (size) => {
				storage.handler = () => {};
				const { status } = await upload(size, {
					onStart: (cancel) => {
						void whenFlowing().then(cancel);
					},
				});

				expect(status).toBe('canceled');
				await untilClosed(storage.requests[0]);
			},
		);
	});

	/** @returns the files of n8n that are not whole */
	async function halfFiles(): Promise<string[]> {
		const names = await readdir(folder, { recursive: true });
		return names.filter((name) => name.includes('.tmp.'));
	}

	async function upload(size: number, settings: NodeSettings) {
		const items = [{ upload_url: `${storage.url}/film.mp4`, file_path: 'api-assets/film.mp4' }];
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 200, body: { items } } } });
		const data = await keep(Buffer.alloc(size, 'film'));
		return await runMagicHour(sandbox(), 'file', 'upload', [{ json: {}, binary: { data } }], {
			...settings,
			parameters: { inputDataFieldName: 'data' },
		});
	}
});

describe('the name of a file', () => {
	const long = `${'é'.repeat(1_000)}.png`;

	it.each([
		['/0-0.png', '0-0.png'],
		['/caf%C3%A9%20am%20Meer.png', 'café am Meer.png'],
		['/..%5C..%5Cwin.ini', 'win.ini'],
		['/..%2F..%2F..%2Fetc%2Fpasswd', 'passwd'],
		['/%2e%2e%2f%2e%2e%2f', 'file.png'],
		['/', 'file.png'],
		['/...', 'file.png'],
		['/.hidden.png', 'hidden.png'],
		['/a%0Ab%00c%0D.png', 'abc.png'],
		['/a%E2%80%AEgnp.exe', 'agnp.exe'],
		['/a%E2%80%A8b.png', 'ab.png'],
		['/C%3A%3Ca%3E%7C%22b%3F%2A.png', 'C__a___b__.png'],
		['/nul.png', '_nul.png'],
		['/a.png%20.', 'a.png'],
		['/%zz.png', '%zz.png'],
		[`/${encodeURIComponent(long)}`, `${'é'.repeat(98)}.png`],
	])('is one of ordinary characters (%#)', async (path, name) => {
		storage.handler = (_, response) => {
			response.writeHead(200, { 'content-type': 'image/png', 'content-length': 3 });
			response.end('png');
		};
		const { items, error } = await download({}, `${storage.url}${path}`);

		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toMatchObject({ fileName: name });
		expect(items[0]?.binary?.data).not.toHaveProperty('directory');
	});
});

describe('a link', () => {
	it.each([1, 5])('may lead to the file by %i redirects', async (redirects) => {
		storage.handler = (request, response) => {
			const step = Number(request.url?.slice(1));
			if (step < redirects) response.writeHead(307, { location: `/${step + 1}` }).end();
			else response.writeHead(200, { 'content-type': 'image/png' }).end('png');
		};
		const { items } = await download({}, `${storage.url}/0`);

		expect((await bytesOf(items[0])).toString()).toBe('png');
		for (const { headers } of storage.requests) expect(headers.authorization).toBeUndefined();
		await Promise.all(storage.requests.slice(0, -1).map(untilClosed));
	});

	it.each([
		['by ever more redirects', '/again', 6, 'The storage of Magic Hour answered 302'],
		['nowhere', 'http://%zz', 1, 'The storage of Magic Hour answered 302'],
		['into the file system', 'file:///etc/passwd', 1, 'The link of the file is not a web address'],
	])('that leads %s is an error', async (_, location, requests, words) => {
		storage.handler = (__, response) => void response.writeHead(302, { location }).end();
		const { error } = await download({}, `${storage.url}/0`);

		expect(error?.message).toContain(`${words}, so file 1 of the image project "a" was not`);
		expect(storage.requests).toHaveLength(requests);
	});

	it('that is no web address is an error of its item', async () => {
		const { error } = await download({}, 'http://%zz');

		expect(error?.message).toBe(
			'The link of the file is not a web address, so file 1 of the image project "a" was not downloaded [item 0]',
		);
	});
});

describe('with a Base URL of https', () => {
	let api: Server;
	let url = '';
	let project: object = {};
	beforeAll(async () => {
		const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
		api = createTlsServer({ key, cert }, (request, response) => {
			if (request.url === '/redirect') {
				response.writeHead(302, { location: `${storage.url}/0-0.png` }).end();
				return;
			}
			response.writeHead(200, { 'content-type': 'application/json' });
			const items = [{ upload_url: `${storage.url}/film.mp4`, file_path: 'api-assets/film.mp4' }];
			response.end(JSON.stringify(request.method === 'POST' ? { items } : project));
		}).listen(0, '127.0.0.1');
		await once(api, 'listening');
		url = `https://127.0.0.1:${(api.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		api.closeAllConnections();
		api.close();
	});

	it.each([
		['a link', () => `${storage.url}/0-0.png`],
		['a redirect', () => `${url}/redirect`],
	])('%s without https is not followed', async (_, linkOf) => {
		project = { id: 'a', status: 'complete', downloads: [{ url: linkOf() }] };
		const { error } = await runMagicHour(
			sandbox(),
			'imageProject',
			'download',
			toItems(withIds('a')),
			{
				parameters: { id: 'a', binaryPropertyName: 'data' },
				credential: { apiKey: sandbox().apiKey, baseUrl: url },
				requestOptions: { allowUnauthorizedCerts: true },
			},
		);

		expect(error?.message).toMatch(/without https.* so file 1 of .* was not downloaded/);
		expect(storage.requests).toEqual([]);
	});

	it('nothing is uploaded without https', async () => {
		const data = { data: 'Zm9v', mimeType: 'video/mp4', fileName: 'film.mp4' };
		const { error } = await runMagicHour(
			sandbox(),
			'file',
			'upload',
			[{ json: {}, binary: { data } }],
			{
				parameters: { inputDataFieldName: 'data' },
				credential: { apiKey: sandbox().apiKey, baseUrl: url },
				requestOptions: { allowUnauthorizedCerts: true },
			},
		);

		expect(error?.message).toMatch(/without https.* so the file "film.mp4" was not uploaded/);
		expect(storage.requests).toEqual([]);
	});
});

/** Downloads a file of a project whose link leads to the storage of the test. */
async function download(settings: NodeSettings, url = `${storage.url}/0-0.png`) {
	const project = { id: 'a', status: 'complete', downloads: [{ url }] };
	sandbox().addFaults({ method: 'GET', fault: { answer: { status: 200, body: project } } });
	return await runMagicHour(sandbox(), 'imageProject', 'download', toItems(withIds('a')), {
		...settings,
		parameters: { id: 'a', binaryPropertyName: 'data' },
	});
}

/** Resolves when the storage has a request, and has had the time to answer a part of it. */
async function whenFlowing(): Promise<void> {
	for (let turns = 0; turns < 50; ) {
		await new Promise(setImmediate);
		if (storage.requests.length > 0) turns++;
	}
}

async function untilClosed(request: FileServer['requests'][number] | undefined): Promise<void> {
	// What is not read hides the end of the connection.
	request?.resume();
	await new Promise<void>((resolve) => {
		if (request?.socket.destroyed !== false) resolve();
		else request.socket.once('close', resolve);
	});
}

async function keepBinaryDataIn(folder: string): Promise<void> {
	Object.assign(Container.get(BinaryDataConfig), { mode: 'filesystem', localStoragePath: folder });
	await Container.get(BinaryDataService).init();
}

function keepBinaryDataInMemory(): void {
	Object.assign(Container.get(BinaryDataService), { managers: {} });
}

async function keep(content: Buffer): Promise<IBinaryData> {
	const location = { type: 'execution' as const, workflowId: 'w', executionId: 'e' };
	const file = { data: '', mimeType: 'video/mp4', fileName: 'film.mp4' };
	return await Container.get(BinaryDataService).store(location, content, file);
}

async function bytesOf(item: INodeExecutionData | undefined): Promise<Buffer> {
	const file = item?.binary?.data ?? { data: '', mimeType: '' };
	return await Container.get(BinaryDataService).getAsBuffer(file);
}
