import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { selfSigned } from '../sandbox/certificate';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { drip, FileServer, readSlowly } from './fileServer';
import { runMagicHour, toItems, withIds, type NodeSettings } from './magicHour';
import { keepBinaryDataIn, keepBinaryDataInMemory } from './storedFiles';
import { Deferred } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const piece = Buffer.alloc(10_000, 'a piece of a picture ');
/** A limit that is shorter than a whole transfer, and longer than the wait between two pieces. */
const timeout = 300;
/** More than the buffers of a connection hold. */
const largeSize = 12_000_000;

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
			const pieces = 12;
			storage.handler = async (_, response) => {
				response.writeHead(200, { 'content-type': 'image/png' });
				await drip(response, piece, pieces);
			};
			const { items } = await download({ requestOptions: { timeout } });

			const whole = Buffer.concat(Array.from({ length: pieces }, () => piece));
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
				/^The file is larger than 'Max File Size \(MB\)' allows \(2.5\), so file 1 of .* was not downloaded \[item 0\]$/,
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

			expect(larger.error?.message).toContain("The file is larger than 'Max File Size");
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
				expect(error?.message).toMatch(
					/(whole|complete).* so file 1 of .* was not downloaded \[item 0\]$/,
				);
				expect(storage.requests).toHaveLength(status === 206 ? 2 : 1);
				expect(error?.description).not.toContain('No response');
				expect(error?.description?.includes('(Failed after 1 retry)')).toBe(status === 206);
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
			const { items, error } = await uploadFilm(largeSize, { requestOptions: { timeout } });

			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(read).toBe(largeSize);
			expect(storage.requests[0]?.headers).toMatchObject({
				'content-length': String(largeSize),
				'content-type': 'video/mp4',
			});
		});

		it.each([100, 20_000])('ends when nobody reads its %i bytes', async (size) => {
			storage.handler = () => {};
			const { error } = await uploadFilm(size, {
				requestOptions: { timeout },
				options: { maxRetries: 0 },
			});

			expect(error?.message).toMatch(/^The request to 127.0.0.1:\d+ timed out, so the file/);
			await untilClosed(storage.requests[0]);
		});

		it.each([100, largeSize])(
			'of %i bytes that nobody reads ends with the execution',
			async (size) => {
				storage.handler = () => {};
				const { status } = await uploadFilm(size, {
					onStart: (cancel) => {
						void whenFlowing().then(cancel);
					},
				});

				expect(status).toBe('canceled');
				await untilClosed(storage.requests[0]);
			},
		);
	});

	describe('at a Timeout of 1 s, with all retries', () => {
		const settings = { requestOptions: { timeout: 1_000 } };
		const steadyMs = 3_000;

		it('a download that flows for 3 s arrives at the first attempt', async () => {
			storage.handler = async (_, response) => {
				response.writeHead(200, { 'content-type': 'image/png' });
				await drip(response, piece, 30, steadyMs / 30);
			};
			const { items } = await download(settings);

			expect(await bytesOf(items[0])).toHaveLength(30 * piece.length);
			expect(storage.requests).toHaveLength(1);
		});

		// A file that the network's buffers hold as a whole, and one that they do not.
		it.each([150_000, largeSize])(
			'an upload of %i bytes that flows for 3 s arrives at the first attempt',
			async (size) => {
				let read = 0;
				storage.handler = (request, response) => {
					const startedAt = Date.now();
					request.on('data', (part: Buffer) => {
						read += part.length;
						const dueAt = startedAt + (steadyMs * read) / size;
						request.pause();
						void sleep(Math.max(dueAt - Date.now(), 0)).then(() => request.resume());
					});
					request.on('end', () => response.end());
				};
				const { items, error } = await uploadFilm(size, settings);

				expect(error).toBeUndefined();
				expect(items).toHaveLength(1);
				expect(read).toBe(size);
				expect(storage.requests).toHaveLength(1);
			},
		);

		it('a download that stalls is requested again, and arrives', async () => {
			storage.handler = (_, response) => {
				response.writeHead(200, { 'content-type': 'image/png' });
				if (storage.requests.length === 1) response.write(piece);
				else response.end(piece);
			};
			const { items } = await download(settings);

			expect((await bytesOf(items[0])).equals(piece)).toBe(true);
			expect(storage.requests).toHaveLength(2);
		});

		it('an upload that stalls is sent again, and arrives', async () => {
			storage.handler = async (request, response) => {
				if (storage.requests.length === 1) return;
				await readSlowly(request, 0);
				response.end();
			};
			const { items } = await uploadFilm(1_000, settings);

			expect(items).toHaveLength(1);
			expect(storage.requests).toHaveLength(2);
		});
	});

	/** @returns the files of n8n that are not whole */
	async function halfFiles(): Promise<string[]> {
		const names = await readdir(folder, { recursive: true });
		return names.filter((name) => name.includes('.tmp.'));
	}

	async function uploadFilm(size: number, settings: NodeSettings) {
		return await upload(await keep(Buffer.alloc(size, 'film')), settings);
	}
});

describe('the name of a file', () => {
	beforeEach(() => {
		storage.handler = (_, response) => {
			response.writeHead(200, { 'content-type': 'image/png', 'content-length': 3 });
			response.end('png');
		};
	});

	it.each([
		['a.webp', '/0-0.webp'],
		['a.webp', '/caf%C3%A9%20am%20Meer.webp'],
		['a.ini', '/..%5C..%5Cwin.ini'],
		['a.png', '/..%2F..%2F..%2Fetc%2Fpasswd'],
		['a.png', '/%2e%2e%2f%2e%2e%2f'],
		['a.png', '/'],
		['a.png', '/...'],
		['a.png', '/a%0Ab%00c%0D.p%0Ang'],
		['a.exe', '/a%E2%80%AEgnp.exe'],
		['a.png', '/nul'],
		['a.webp', '/a.webp%20.'],
		['a.webp', '/%zz.webp'],
		['a.webp', '/.webp'],
		['a.png', '/a.%3Cscript%3E'],
		['a.png', `/a.${'x'.repeat(1_000)}`],
	])('is %s for the URL %s', async (name, path) => {
		const { items, error } = await download({}, `${storage.url}${path}`);

		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toMatchObject({ fileName: name });
		expect(items[0]?.binary?.data).not.toHaveProperty('directory');
	});

	const file = '/file.png';

	it.each([
		[
			'cm6pvghix03bvyz0zwash6noj',
			['cm6pvghix03bvyz0zwash6noj.png', 'cm6pvghix03bvyz0zwash6noj-2.png'],
		],
		['nul', ['_nul.png', 'nul-2.png']],
		['.hidden', ['hidden.png', 'hidden-2.png']],
		['a:b|c*d', ['a_b_c_d.png', 'a_b_c_d-2.png']],
		['é'.repeat(150), [`${'é'.repeat(98)}.png`, `${'é'.repeat(97)}-2.png`]],
		['...', ['file.png', 'file-2.png']],
	])('is made of the ID %s, of ordinary characters alone', async (id, names) => {
		const urls = [`${storage.url}${file}`, `${storage.url}${file}`];
		const { items, error } = await download({}, urls, sandbox(), id);

		expect(error).toBeUndefined();
		expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual(names);
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
		['by ever more redirects', '/again', 6, "Magic Hour's file storage responded with status 302"],
		['nowhere', 'http://%zz', 1, "Magic Hour's file storage responded with status 302"],
		['into the file system', 'file:///etc/passwd', 1, 'The URL of the file is not valid'],
	])('that leads %s is an error', async (_, location, requests, words) => {
		storage.handler = (__, response) => void response.writeHead(302, { location }).end();
		const { error } = await download({}, `${storage.url}/0`);

		expect(error?.message).toContain(`${words}, so file 1 of the image project "a" was not`);
		expect(storage.requests).toHaveLength(requests);
	});

	it('that is no web address is an error of its item', async () => {
		const { error } = await download({}, 'http://%zz');

		expect(error?.message).toBe(
			'The URL of the file is not valid, so file 1 of the image project "a" was not downloaded [item 0]',
		);
	});
});

describe('with a Base URL of https', () => {
	let api: Sandbox;
	beforeAll(async () => {
		api = await startSandbox({ tls: await selfSigned() });
	});
	beforeEach(() => api.reset());
	afterAll(async () => await api.close());
	const settings = { requestOptions: { allowUnauthorizedCerts: true } };

	it.each([
		['a link', () => `${storage.url}/0-0.png`],
		['a redirect', () => `${api.url}/downloads/0-0.png`],
	])('%s without https is not followed', async (_, linkOf) => {
		const location = `${storage.url}/0-0.png`;
		api.addFaults({
			path: '/downloads/',
			fault: { answer: { status: 302, headers: { location } } },
		});
		const { error } = await download(settings, linkOf(), api);

		expect(error?.message).toBe(
			`The file's URL leads to ${new URL(storage.url).host} without https, although 'Base URL' uses https, so file 1 of the image project "a" was not downloaded [item 0]`,
		);
		expect(error?.description).toBe('If you run that host yourself, enable https on it.');
		expect(storage.requests).toEqual([]);
	});

	it('nothing is uploaded without https', async () => {
		const film = { data: 'Zm9v', mimeType: 'video/mp4', fileName: 'film.mp4' };
		const { error } = await upload(film, settings, api);

		expect(error?.message).toMatch(/without https.* so the file "film.mp4" was not uploaded/);
		expect(storage.requests).toEqual([]);
	});
});

/** Downloads a file of a project whose link leads to the storage of the test. */
async function download(
	settings: NodeSettings,
	urls: string | string[] = `${storage.url}/0-0.png`,
	api: Sandbox = sandbox(),
	id = 'a',
) {
	const project = { id, status: 'complete', downloads: [urls].flat().map((url) => ({ url })) };
	api.addFaults({ method: 'GET', fault: { answer: { status: 200, body: project } } });
	return await runMagicHour(api, 'imageProject', 'download', toItems(withIds(id)), {
		...settings,
		parameters: { id, binaryPropertyName: 'data' },
	});
}

/** Uploads a file to the storage of the test. */
async function upload(data: IBinaryData, settings: NodeSettings, api: Sandbox = sandbox()) {
	const items = [{ upload_url: `${storage.url}/film.mp4`, file_path: 'api-assets/film.mp4' }];
	api.addFaults({ method: 'POST', fault: { answer: { status: 200, body: { items } } } });
	return await runMagicHour(api, 'file', 'upload', [{ json: {}, binary: { data } }], {
		...settings,
		parameters: { inputDataFieldName: 'data' },
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

async function keep(content: Buffer): Promise<IBinaryData> {
	const location = { type: 'execution' as const, workflowId: 'w', executionId: 'e' };
	const file = { data: '', mimeType: 'video/mp4', fileName: 'film.mp4' };
	return await Container.get(BinaryDataService).store(location, content, file);
}

async function bytesOf(item: INodeExecutionData | undefined): Promise<Buffer> {
	const file = item?.binary?.data ?? { data: '', mimeType: '' };
	return await Container.get(BinaryDataService).getAsBuffer(file);
}
