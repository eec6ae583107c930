import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour, toItems, type NodeSettings } from './magicHour';
import { keepBinaryDataIn, keepBinaryDataInMemory, StoredFiles } from './storedFiles';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const stored = new StoredFiles();
const url = 'https://example.com/a.png';
const cloudinary = 'https://res.cloudinary.com/demo/image/upload/w_100,h_100/a.png';
const fetched =
	'https://res.cloudinary.com/demo/image/fetch/w_100,h_100/https://example.com/b.png?c=1,2';

function fileOf(content: string, fileName = 'a.png', mimeType = 'image/png'): IBinaryData {
	const data = Buffer.from(content).toString('base64');
	return { data, fileName, mimeType, fileSize: `${content.length} B`, bytes: content.length };
}

async function upscale(image: string, items: INodeExecutionData[], settings: NodeSettings = {}) {
	return await runMagicHour(sandbox(), 'imageProject', 'upscale', items, {
		...settings,
		parameters: { image, scaleFactor: 2, output: 'projectId', ...settings.parameters },
	});
}

async function upload(files: INodeParameters[string], items: INodeExecutionData[]) {
	return await runMagicHour(sandbox(), 'file', 'upload', items, {
		parameters: { inputDataFieldName: files } as INodeParameters,
	});
}

async function edit(images: string, items: INodeExecutionData[] = [{ json: {} }]) {
	return await runMagicHour(sandbox(), 'imageProject', 'edit', items, {
		parameters: { images, prompt: 'A hat', output: 'projectId' },
	});
}

/** @returns the path of a file that is in Magic Hour's storage */
async function uploadedPath(): Promise<string> {
	const { json } = await upload('data', [{ json: {}, binary: { data: fileOf('an earlier one') } }]);
	sandbox().requests.length = 0;
	return String(json[0]?.filePath);
}

/** @returns the content of the files that were uploaded, in their order */
function uploads(): string[] {
	return [...sandbox().storage.uploads.values()].map(({ content }) => String(content));
}

/** @returns where the files of the one project that was created were said to be */
function filesOfBody(): unknown {
	const bodies = sandbox()
		.requests.filter(({ method, url: path }) => method === 'POST' && !path.endsWith('upload-urls'))
		.map(({ body }) => body as { assets: Record<string, unknown> });
	expect(bodies).toHaveLength(1);
	const [asset] = Object.values(bodies[0]?.assets ?? {});
	return asset;
}

describe('a file by expression', () => {
	const inMemory = { photo: fileOf('a photo'), other: fileOf('another', 'b.png') };
	const outside = { photo: stored.add('a photo', 'a.png'), other: stored.add('another', 'b.png') };

	describe.each([
		['in the item', inMemory],
		['in n8n’s storage', outside],
	])('%s', (_, binary) => {
		const items = [{ json: { id: 1 }, binary }];

		it.each([
			['={{ $binary.photo }}'],
			["={{ $('Start').item.binary.photo }}"],
			["={{ $('Start').first().binary.photo }}"],
			['={{ $input.item.binary.photo }}'],
			['={{ [$binary.photo] }}'],
		])('%s is that file', async (image) => {
			expect((await upscale(image, items)).error).toBeUndefined();
			expect(uploads()).toEqual(['a photo']);
			expect(filesOfBody()).toBe([...sandbox().storage.uploads.keys()][0]);
		});

		it('is uploaded by Upload, which names its field', async () => {
			const { json } = await upload('={{ $binary.photo }}', items);

			expect(json).toMatchObject([{ fileName: 'a.png', inputDataFieldName: 'photo' }]);
			expect(uploads()).toEqual(['a photo']);
		});

		it.each([
			'={{ Object.values($binary) }}',
			'={{ $binary }}',
			'={{ [[$binary.photo], "other"] }}',
		])('%s is a list', async (files) => {
			await edit(files, items);
			expect(filesOfBody()).toHaveLength(2);
			expect(uploads()).toEqual(['a photo', 'another']);

			const { json } = await upload(files, items);
			expect(json.map(({ inputDataFieldName }) => inputDataFieldName)).toEqual(['photo', 'other']);
		});

		it('is one of several, where one is wanted', async () => {
			const { error } = await upscale('={{ $binary }}', items);

			expect(error?.message).toBe("The parameter 'Image' takes one file, but has 2 [item 0]");
			expect(requestLines(sandbox())).toEqual([]);
		});
	});

	it('is refused where it may be one of several', async () => {
		const binary = { one: fileOf('one'), two: fileOf('two') };
		const { error } = await upscale('={{ $binary.two }}', [{ json: {}, binary }]);

		expect(error?.message).toBe(
			"The parameter 'Image' describes a file without its content, which could be any of 2 files of the item [item 0]",
		);
		expect(error?.description).toContain('instead: "one", "two".');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('of another item is found only with its content', async () => {
		const items = [
			{ json: {}, binary: { data: fileOf('one', 'one.png') } },
			{ json: {}, binary: { data: fileOf('two', 'two.png') } },
		];
		const { error } = await upscale('={{ $("Start").last().binary.data }}', items.slice(0, 1));
		expect(error).toBeUndefined();
		const other = { mimeType: 'image/png', fileName: 'c.png', fileSize: '3 B' };
		const bad = await upscale('={{ $json.file }}', [{ ...items[0], json: { file: other } }]);

		expect(bad.error?.message).toContain('describes a file without its content');
		expect(bad.error?.description).toContain("$('Node name').item.binary.data");
	});

	it.each([
		{ url },
		{ url, expires_at: '2026-01-01' },
		{ url, mimeType: 'image/png' },
		{ url, mimeType: 'image/png', id: '1AbC' },
		{ filePath: 'a path' },
		{ file_path: 'a path' },
		{ filePath: 'a path', mimeType: 'image/png', type: 'image', fileName: 'a.png' },
	])('%j stands for its URL or path', async (file) => {
		const path = await uploadedPath();
		const json = JSON.parse(JSON.stringify(file).replace('a path', path)) as IDataObject;
		const { error } = await upscale('={{ $json }}', toItems([json]));

		expect(error).toBeUndefined();
		expect(filesOfBody()).toBe('url' in file ? url : path);
	});

	it.each([
		[{}, 'is an empty object, which is not a file'],
		[{ a: 1, b: 2 }, 'is an object with a, b, which is not a file'],
		[
			{ file_path: 'x/y', filePath: 'x/z' },
			'is an object with file_path, filePath, which is not a file',
		],
		// As Google Drive describes a file.
		[
			{ kind: 'drive#file', id: '1AbC', name: 'a.png', mimeType: 'image/png' },
			"describes a file without its content, and this item doesn't have that file",
		],
	])('%j is refused by what it is', async (file, words) => {
		const { error } = await upscale('={{ $json.file }}', toItems([{ file }]));

		expect(error?.message).toBe(`The parameter 'Image' ${words} [item 0]`);
		const ofUpload = await upload('={{ $json.file }}', toItems([{ file }]));
		expect(ofUpload.error?.message).toContain("The parameter 'Input Data Field Name' ");
		expect(ofUpload.error?.message).not.toContain('[object');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('within text is told by the word that it leaves', async () => {
		const items = [{ json: {}, binary: inMemory }];
		for (const { error } of [
			await upscale('={{ $binary.photo }} ', items),
			await upload('={{ $binary.photo }} ', items),
		]) {
			expect(error?.message).toContain('is "[object Object]", which an expression returns');
		}
	});

	it('may lack its type, where its name tells', async () => {
		const data = { ...fileOf('a photo'), mimeType: undefined } as unknown as IBinaryData;
		const { json } = await upload('data', [{ json: {}, binary: { data } }]);

		expect(json).toMatchObject([{ type: 'image', extension: 'png' }]);
	});
});

describe('with the Binary Mode "combined"', () => {
	const workflowSettings = { binaryMode: 'combined' };
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'combined-'));
		await keepBinaryDataIn(folder);
	});
	afterAll(async () => {
		keepBinaryDataInMemory();
		await rm(folder, { recursive: true });
	});

	/** @returns items as n8n hands them to the next node */
	async function downloaded(): Promise<INodeExecutionData[]> {
		const id = sandbox().projects.create({ kind: 'image', isFinished: true });
		const { items } = await runMagicHour(sandbox(), 'imageProject', 'download', toItems([{ id }]), {
			parameters: { id: '={{ $json.id }}' },
			workflowSettings,
		});
		sandbox().requests.length = 0;
		expect(items[0]?.binary).toBeUndefined();
		expect(items[0]?.json._files).toMatchObject({ data: { mimeType: 'image/png' } });
		return items;
	}

	it.each([
		'data',
		'_files.data',
		'_files["data"]',
		'={{ $json._files.data }}',
		"={{ $('Start').item._files.data }}",
		'={{ $json._files }}',
	])('a downloaded file goes on as %s', async (image) => {
		const items = await downloaded();
		expect((await upscale(image, items, { workflowSettings })).error).toBeUndefined();
		expect(uploads()).toHaveLength(1);

		const { json, error } = await runMagicHour(sandbox(), 'file', 'upload', items, {
			parameters: { inputDataFieldName: image },
			workflowSettings,
		});
		expect(json[0]?._files).toEqual(items[0]?.json._files);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ type: 'image', extension: 'png' }]);
	});

	it.each(['some.path[0]', 'some["path"][0]', 'some.path.0'])(
		'a typed path %s works',
		async (image) => {
			const [item] = await downloaded();
			const files = item?.json._files as { data: IBinaryData };
			const json = { data: 'no file', some: { path: [files.data] } };
			const { error } = await upscale(image, [{ json } as unknown as INodeExecutionData], {
				workflowSettings,
			});

			expect(error).toBeUndefined();
			expect(uploads()).toHaveLength(1);
		},
	);

	it.each(['photo', 'data.png', '_files'])(
		'%s is refused with the names that there are',
		async (image) => {
			const items = await downloaded();
			for (const settings of [{}, { options: { inputType: 'binaryField' } }]) {
				const { error } = await upscale(image, items, { workflowSettings, ...settings });
				expect(`${error?.message} ${error?.description}`).toContain('"_files.data"');
			}
			const { error } = await runMagicHour(sandbox(), 'file', 'upload', items, {
				parameters: { inputDataFieldName: image },
				workflowSettings,
			});
			expect(`${error?.message} ${error?.description}`).toContain('"_files.data"');
		},
	);

	it('a file that n8n leaves in the item works as well', async () => {
		const items = [{ json: {}, binary: { data: fileOf('a photo') } }];
		expect((await upscale('data', items, { workflowSettings })).error).toBeUndefined();
		expect(uploads()).toEqual(['a photo']);
	});
});

describe('lists of files', () => {
	const binary = { photo: fileOf('a photo'), 'my, photo': fileOf('mine', 'm.png') };
	const two = ['https://a.example/1.png', 'https://a.example/2.png'];

	it.each<[string, string[]]>([
		[two.join(','), two],
		[two.join(', '), two],
		[two.join('\n'), two],
		[two.join('\r\n\r\n'), two],
		[two.join(';'), two],
		[two.join('; '), two],
		[two.join(' '), two],
		[`${two.join(',')},`, two],
		[`, ${two.join(', ,')}`, two],
		[JSON.stringify(two), two],
		[JSON.stringify([two, [], null, ' ']), two],
		[JSON.stringify(two.map((one) => ({ url: one }))), two],
		[`[${two.join(', ')}]`, two],
		[`['${two.join("', '")}']`, two],
		[`"${two.join('","')}"`, two],
		[`{"${two.join('","')}"}`, two],
		[`{${two.join(',')}}`, two],
		[two.join('|'), two],
		[two.join(' | '), two],
		[two.join(',,'), two],
		[two.join(';;'), two],
		[two.join(',"",'), two],
		['={{ $json.two[0] }},{{ "" }},{{ $json.two[1] }}', two],
		[`- ${two.join('\n- ')}`, two],
		[`1. ${two.join('\n2. ')}`, two],
		['={{ $json.two }}', two],
		['={{ $json.two }} ', two],
		['={{ $json.objects }}', two],
		['={{ [$json.two, "", null] }}', two],
		[cloudinary, [cloudinary]],
		[fetched, [fetched]],
		[`${cloudinary},${fetched}`, [cloudinary, fetched]],
		[`${fetched};${cloudinary}`, [fetched, cloudinary]],
		[`${url}?ids=1,photo;2`, [`${url}?ids=1,photo;2`]],
		[
			`${url}?of=https://b.example/1,https://b.example/2`,
			[`${url}?of=https://b.example/1,https://b.example/2`],
		],
	])('%s', async (images, wanted) => {
		const json = { two, objects: two.map((one) => ({ url: one })) };
		const { error } = await edit(images, [{ json, binary }]);

		expect(error).toBeUndefined();
		expect(filesOfBody()).toEqual(wanted);
	});

	it.each([
		`photo,${cloudinary},${url}`,
		`photo, ${cloudinary}, ${url}`,
		`["photo","${cloudinary}","${url}"]`,
	])('mix names and URLs: %s', async (images) => {
		await edit(images, [{ json: {}, binary }]);
		expect(filesOfBody()).toEqual([expect.stringMatching(/^api-assets\//), cloudinary, url]);
	});

	it('take paths among URLs', async () => {
		const [one, other] = [await uploadedPath(), await uploadedPath()];
		await edit(`${one},${cloudinary},${other};${url}`);

		expect(filesOfBody()).toEqual([one, cloudinary, other, url]);
	});

	it('take a library URL among others', async () => {
		const id = sandbox().projects.create({ kind: 'image', isFinished: true });
		const libraryUrl = `https://magichour.ai/my-library?imageId=${id}`;
		await edit(`${libraryUrl},${url}`);

		expect(filesOfBody()).toEqual([libraryUrl, url]);
	});

	it.each(['undefined', 'null'])('tell of an entry without a value: %s', async (nothing) => {
		const { error } = await edit(two.join(`,${nothing},`));
		expect(error?.message).toContain(`The parameter 'Images' is "${nothing}"`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([`"${two[0]}`, `${two[0]}\\n${two[1]}`, 'data:image/png;base64,AAAA/BBBB'])(
		'are refused before anything is sent where they hold what is no URL: %s',
		async (images) => {
			expect((await edit(images)).error?.message).toContain("The parameter 'Images' is ");
			expect(requestLines(sandbox())).toEqual([]);
		},
	);

	it.each(['my, photo', '["my, photo"]'])('know a name with a comma: %s', async (images) => {
		await edit(images, [{ json: {}, binary }]);
		expect(uploads()).toEqual(['mine']);
	});

	it.each(['[]', ' , ', '={{ [] }}', '={{ [null, ""] }}', '[null]'])(
		'are empty as %s',
		async (images) => {
			expect((await edit(images)).error?.message).toBe("The parameter 'Images' is empty [item 0]");
			expect((await upload(images, toItems([{}]))).error?.message).toBe(
				"The parameter 'Input Data Field Name' is empty [item 0]",
			);
		},
	);

	it.each([`["${url}"]`, `${url},`, `={{ ["${url}"] }}`, cloudinary, `"${url}"`])(
		'of one are taken by a field for one: %s',
		async (image) => {
			expect((await upscale(image, toItems([{}]))).error).toBeUndefined();
			expect([url, cloudinary]).toContain(filesOfBody());
		},
	);

	it.each([two.join(','), JSON.stringify(two), `photo\n${url}`, '={{ $json.two }}'])(
		'of several are refused by a field for one: %s',
		async (image) => {
			const { error } = await upscale(image, [{ json: { two }, binary }]);
			expect(error?.message).toBe("The parameter 'Image' takes one file, but has 2 [item 0]");
			expect(requestLines(sandbox())).toEqual([]);
		},
	);

	it.each([
		'photo,my photo',
		'photo;my photo',
		'photo\nmy photo',
		'["photo", "my photo"]',
		'={{ ["photo", "my photo"] }}',
	])('of binary fields are read by Upload: %s', async (files) => {
		const items = [{ json: {}, binary: { photo: fileOf('1'), 'my photo': fileOf('2') } }];
		const { json } = await upload(files, items);
		expect(json.map(({ inputDataFieldName }) => inputDataFieldName)).toEqual(['photo', 'my photo']);
	});
});

describe('a file that does not say what it is', () => {
	const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
	const mp3 = Buffer.from('fffb9064000000', 'hex');
	const webm = Buffer.from('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm A_OPUS', 'latin1');
	const octets = 'application/octet-stream';

	it.each<[string, Buffer, string | undefined, string, object]>([
		['without a name', png, undefined, octets, { type: 'image', extension: 'png' }],
		[
			'named by an ID',
			png,
			'4f1c.9a0b',
			'binary/octet-stream',
			{ type: 'image', extension: 'png' },
		],
		['with another extension', mp3, 'voice.dat', octets, { type: 'audio', extension: 'mp3' }],
		['with n8n’s own guess', webm, 'file', 'text/plain', { type: 'audio', extension: 'webm' }],
		[
			'of an unknown kind of sound',
			mp3,
			undefined,
			'audio/x-strange',
			{ type: 'audio', extension: 'mp3' },
		],
		['of an alias', Buffer.from('x'), undefined, 'audio/mpga', { type: 'audio', extension: 'mp3' }],
		[
			'of an alias of an image',
			Buffer.from('x'),
			'a',
			'image/pjpeg',
			{ type: 'image', extension: 'jpg' },
		],
		[
			'of an alias with x-',
			Buffer.from('x'),
			'a',
			'image/x-ms-bmp',
			{ type: 'image', extension: 'bmp' },
		],
		['that does say, wrongly', png, 'a.webp', octets, { type: 'image', extension: 'webp' }],
	])(
		'is known by its first bytes, or keeps its say: %s',
		async (_, content, fileName, mimeType, format) => {
			const inItem = { data: content.toString('base64'), fileName, mimeType };
			const outside = stored.add(content, fileName, mimeType);
			for (const data of [inItem, outside]) {
				const { json, error } = await upload('data', [{ json: {}, binary: { data } }]);
				expect(error).toBeUndefined();
				expect(json).toMatchObject([format]);
			}
		},
	);

	it('is read no further than it must, and only if it must', async () => {
		const large = Buffer.concat([png, Buffer.alloc(1_000_000)]);
		stored.streams.length = 0;
		const image = stored.add(large, undefined, octets);
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 400 } } });
		await upload('data', [{ json: {}, binary: { data: image } }]);
		expect(stored.streams.map(({ bytesRead }) => bytesRead <= 32_768)).toEqual([true]);
		expect(stored.streams.every(({ stream }) => stream.destroyed)).toBe(true);

		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 400 } } });
		await upload('data', [{ json: {}, binary: { data: stored.add(large, 'a.png', octets) } }]);
		expect(stored.streams).toHaveLength(1);
	});

	it.each<[Buffer, string, string]>([
		[
			Buffer.from('%PDF-1.7'),
			octets,
			"whose name, type, and content don't show a supported format",
		],
		[mp3, octets, 'whose content is mp3, which is not supported here'],
	])('is refused with what to do: %s', async (content, mimeType, words) => {
		const inItem = { data: content.toString('base64'), fileName: 'a', mimeType };
		const outside = stored.add(content, 'a', mimeType);
		for (const data of [inItem, outside]) {
			const { error } = await upscale('data', [{ json: {}, binary: { data } }]);
			expect(error?.message).toBe(
				`The parameter 'Image' refers to the file "a", ${words} [item 0]`,
			);
			expect(error?.description).toContain('Supported: image (png, ');
			if (content !== mp3) expect(error?.description).toContain('add the extension to its name');
		}
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('is refused at once where its type says that it is something else', async () => {
		stored.streams.length = 0;
		const data = stored.add(png, 'letter.pdf', 'application/pdf');
		const { error } = await upscale('data', [{ json: {}, binary: { data } }]);

		expect(error?.message).toContain('(application/pdf), which is not supported');
		expect(stored.streams).toEqual([]);
	});
});

describe('a file that n8n’s storage lacks', () => {
	const maxRetries = 2;

	it('is told before anything is sent', async () => {
		const data = stored.add(undefined, 'a.png');
		const { error } = await upscale('data', [{ json: {}, binary: { data } }]);

		expect(error?.message).toBe(
			"The parameter 'Image' refers to the file \"a.png\", which n8n can't read [item 0]",
		);
		expect(error?.description).toContain('pruned');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each(['ENOENT', 'EACCES'])('is told of when it is lost in between: %s', async (code) => {
		const data = stored.add(Buffer.alloc(300_000), 'a.png');
		stored.failReading(data, code);
		stored.streams.length = 0;
		const { error } = await upscale('data', [{ json: {}, binary: { data } }], {
			options: { maxRetries },
		});

		expect(error?.message).toBe(
			`n8n couldn't read the file from its storage (${code}), so the file "a.png" was not uploaded [item 0]`,
		);
		expect(error?.description).toContain('It may have been pruned');
		expect(stored.streams).toHaveLength(1);
		expect(requestLines(sandbox())).not.toContain('POST /v1/ai-image-upscaler');
	});

	it('is read again where its storage may be able to', async () => {
		const data = stored.add(Buffer.alloc(300_000), 'a.png');
		stored.failReading(data, 'ECONNRESET');
		stored.streams.length = 0;
		const { error } = await upscale('data', [{ json: {}, binary: { data } }], {
			options: { maxRetries },
		});

		expect(error?.message).toContain("n8n couldn't read the file from its storage (ECONNRESET)");
		expect(stored.streams).toHaveLength(maxRetries + 1);
	});

	it('is not confused with a fault of the network', async () => {
		const data = stored.add(Buffer.alloc(3_000_000), 'a.png');
		sandbox().addFaults({ path: '/uploads/', times: 9, fault: { reset: true } });
		const { error } = await upscale('data', [{ json: {}, binary: { data } }], {
			options: { maxRetries },
		});

		expect(error?.message).toMatch(/^The (connection|request) to 127\.0\.0\.1:\d+ /);
	});
});

describe('a download that n8n cannot store', () => {
	const id = () => sandbox().projects.create({ kind: 'image', isFinished: true });
	const service = Container.get(BinaryDataService);
	const { store } = service;
	afterEach(() => Object.assign(service, { store }));

	it.each([
		[
			Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' }),
			'ENOSPC',
			false,
		],
		[Object.assign(new Error('denied'), { code: 'EACCES', syscall: 'open' }), 'EACCES', false],
		[new Error('The bucket is full'), 'The bucket is full', true],
	])('is told with the reason of the storage: %s', async (fault, reason, readsAll) => {
		let attempts = 0;
		const failingStore: typeof store = async (_, content) => {
			attempts++;
			if (readsAll && content instanceof Readable) for await (const chunk of content) void chunk;
			throw fault;
		};
		Object.assign(service, { store: failingStore });
		const { error } = await runMagicHour(
			sandbox(),
			'imageProject',
			'download',
			toItems([{ id: id() }]),
			{ parameters: { id: '={{ $json.id }}' } },
		);

		expect(error?.message).toContain(`n8n couldn't store the file (${reason}), so file 1 of`);
		expect(error?.description).toContain('free space');
		expect(attempts).toBe(1);
	});
});
