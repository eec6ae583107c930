import { createHash } from 'node:crypto';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { requestLines, runMagicHour, type NodeSettings } from './magicHour';
import { StoredFiles } from './storedFiles';
import { Deferred, useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

/** @returns a file as n8n keeps a small one */
function fileOf(content: string, fileName: string | undefined, mimeType: string): IBinaryData {
	return { data: Buffer.from(content).toString('base64'), fileName, mimeType };
}

function itemWith(binary: Record<string, IBinaryData>): INodeExecutionData {
	return { json: {}, binary };
}

async function upload(items: INodeExecutionData[], settings: NodeSettings = {}) {
	return await runMagicHour(sandbox(), 'file', 'upload', items, {
		...settings,
		parameters: { inputDataFieldName: 'data', ...settings.parameters },
	});
}

function sha256(content: string): string {
	return createHash('sha256').update(content).digest('hex');
}

/** Files that are none, as an item has them itself, and what is said of them. */
const broken: Array<[string, unknown, string]> = [
	['nothing', '', 'refers to the file "x.png", which is empty'],
	['white space', ' \n', 'refers to the file "x.png", which is empty'],
	['padding', '==', 'refers to the file "x.png", which is empty'],
	[
		'a data URI',
		'data:image/png;base64,iVBORw==',
		'refers to the file "x.png", which is a data URI',
	],
	['text', 'Hello, world!', 'refers to the file "x.png", whose content is not base64'],
	['a length that cannot be', 'aGVsb', 'refers to the file "x.png", whose content is not base64'],
	[
		'something after its end',
		'aGVs=bG8=',
		'refers to the file "x.png", whose content is not base64',
	],
	[
		'a zero-width space',
		'aGVs\u200bbG8=',
		'refers to the file "x.png", whose content is not base64',
	],
	['no text', { type: 'Buffer' }, 'refers to the file "x.png", whose content is not base64'],
	['no content', undefined, 'refers to the file "x.png", whose content is not base64'],
];

describe('a file without content', () => {
	const stored = new StoredFiles();
	const good = fileOf('fine', 'fine.png', 'image/png');
	const isEmpty = 'which is empty';
	const cases: Array<[string, IBinaryData, string]> = [
		...broken.map(([title, data, words]): (typeof cases)[number] => [
			title,
			{ data: data as string, fileName: 'x.png', mimeType: 'image/png' },
			words,
		]),
		['nothing in the storage', stored.add('', 'x.png'), `refers to the file "x.png", ${isEmpty}`],
		[
			'a file that the storage lost',
			stored.add(undefined, 'x.png'),
			'refers to the file "x.png", which n8n can\'t read',
		],
	];

	it.each(cases)('is not uploaded: %s', async (_, bad, words) => {
		for (const inputDataFieldName of ['bad', 'good, bad']) {
			const { error } = await upload([itemWith({ good, bad })], {
				parameters: { inputDataFieldName },
			});
			expect(error?.message).toBe(`The parameter 'Input Data Field Name' ${words} [item 0]`);
			expect(error?.description).toMatch(/^Nothing was sent for this item\. /);
		}
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each(cases)('ends a job before another file is uploaded: %s', async (_, bad, words) => {
		const { error } = await runMagicHour(
			sandbox(),
			'imageProject',
			'swapFace',
			[itemWith({ good, bad })],
			{ parameters: { image: 'good', faceSwapMode: 'all-faces', newFace: 'bad' } },
		);
		expect(error?.message).toBe(`The parameter 'New Face' ${words} [item 0]`);

		const detection = await runMagicHour(sandbox(), 'file', 'detectFaces', [itemWith({ bad })], {
			parameters: { file: 'bad' },
		});
		expect(detection.error?.message).toBe(`The parameter 'Image or Video' ${words} [item 0]`);

		const list = await runMagicHour(sandbox(), 'imageProject', 'edit', [itemWith({ good, bad })], {
			parameters: { images: 'good, bad', prompt: 'A hat' },
		});
		expect(list.error?.message).toBe(`The parameter 'Images' ${words} [item 0]`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('is told of by the beginning of its name, where that is long', async () => {
		const data = { data: '', fileName: `${'x'.repeat(5_000)}.png`, mimeType: 'image/png' };
		const { error } = await upload([itemWith({ data })]);

		expect(error?.message).toContain(
			`refers to the file "${'x'.repeat(200)}…", which is empty [item 0]`,
		);
	});

	it.each([
		['with line breaks', 'aGVs\r\nbG8=\n'],
		['without padding', 'aGVsbG8'],
		['of the form for URLs', '_-_-aGVsbG8='],
		['of one byte', 'aA=='],
	])('is not one whose base64 is %s', async (_, data) => {
		await upload([itemWith({ data: { data, fileName: 'x.png', mimeType: 'image/png' } })]);

		expect([...sandbox().storage.uploads.values()].map(({ content }) => content)).toEqual([
			Buffer.from(data, 'base64'),
		]);
	});

	it('is not one that n8n keeps elsewhere', async () => {
		const { json } = await upload([itemWith({ data: stored.add('a picture', 'x.png') })]);

		expect(sandbox().storage.uploads.get(String(json[0]?.filePath))).toMatchObject({
			sha256: sha256('a picture'),
		});
	});
});

describe('File → Upload', () => {
	it('puts the file into the storage, and gives its path', async () => {
		const { json, items } = await upload([
			itemWith({ data: fileOf('a picture', 'Holiday.PNG', 'image/png') }),
		]);

		expect(json).toEqual([
			{
				filePath: expect.stringMatching(/^api-assets\/.*\.png$/),
				type: 'image',
				extension: 'png',
				fileName: 'Holiday.PNG',
				mimeType: 'image/png',
				inputDataFieldName: 'data',
				uploadUrlExpiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			},
		]);
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
		expect(sandbox().storage.uploads.get(String(json[0]?.filePath))).toMatchObject({
			size: 9,
			sha256: sha256('a picture'),
			contentType: 'image/png',
		});
		const [ask, put] = sandbox().requests;
		expect(ask?.body).toEqual({ items: [{ type: 'image', extension: 'png' }] });
		expect(put?.method).toBe('PUT');
		expect(put?.headers).not.toHaveProperty('authorization');
	});

	it('takes several fields, with an item for each file', async () => {
		const { json, items } = await upload(
			[
				itemWith({
					voice: fileOf('hello', 'voice.wav', 'audio/wav'),
					film: fileOf('film', 'film.mov', 'video/quicktime'),
				}),
			],
			{ parameters: { inputDataFieldName: 'voice, film' } },
		);

		expect(json).toMatchObject([
			{ inputDataFieldName: 'voice', type: 'audio', extension: 'wav' },
			{ inputDataFieldName: 'film', type: 'video', extension: 'mov' },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expect(requestLines(sandbox()).filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});

	it.each([
		['clip.webm', 'video/webm', 'video', 'webm'],
		['song.webm', 'audio/webm', 'audio', 'webm'],
		[undefined, 'image/jpeg', 'image', 'jpeg'],
		[undefined, 'audio/mpeg', 'audio', 'mp3'],
		['no-extension', 'video/mp4', 'video', 'mp4'],
		['photo.heic', 'application/octet-stream', 'image', 'heic'],
		['dance.gif', 'image/gif', 'video', 'gif'],
	])('knows that %s of %s is %s', async (fileName, mimeType, type, extension) => {
		const { json } = await upload([itemWith({ data: fileOf('x', fileName, mimeType) })]);

		expect(json).toMatchObject([{ type, extension }]);
	});

	it('refuses what Magic Hour does not take, before anything is sent', async () => {
		const { error } = await upload([
			itemWith({ data: fileOf('x', 'letter.pdf', 'application/pdf') }),
		]);

		expect(error?.message).toBe(
			'The parameter \'Input Data Field Name\' refers to the file "letter.pdf" (application/pdf), which is not supported here [item 0]',
		);
		expect(error?.description).toContain('Supported: image (png, jpg, jpeg');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([
		[{}, 'The item has no binary fields: add a node before this one that returns a file.'],
		[
			{ picture: fileOf('x', 'x.png', 'image/png') },
			'Use a binary field that the item has: "picture".',
		],
	])('says which fields there are where the named one is not', async (binary, advice) => {
		const { error } = await upload([itemWith(binary)]);

		expect(error?.message).toBe(
			"The parameter 'Input Data Field Name' refers to the binary field \"data\", which the item doesn't have [item 0]",
		);
		expect(error?.description).toContain(advice);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([
		['503', { answer: { status: 503 } }],
		['a reset', { reset: true }],
	])('sends the whole file again after %s', async (_, fault) => {
		sandbox().addFaults({ path: '/uploads/', times: 2, fault });
		const content = 'x'.repeat(200_000);
		const { json } = await upload([itemWith({ data: fileOf(content, 'x.png', 'image/png') })]);

		expect(sandbox().storage.uploads.get(String(json[0]?.filePath))).toMatchObject({
			sha256: sha256(content),
		});
	});

	it.each([
		[{ upload_url: 'ftp://127.0.0.1/x' }],
		[{ upload_url: 'file:///tmp/x' }],
		[{ upload_url: 'http://127.0.0.1:1/\nx' }],
		[{ upload_url: 'x' }],
		[{ file_path: '' }],
		[{ file_path: ' ' }],
		[{ file_path: 'api-assets/a\nb.png' }],
		[{ file_path: 'api-assets/a\u200bb.png' }],
		[{ file_path: 'undefined' }],
		[{ file_path: 7 }],
	])('sends no file to a place such as %j', async (part) => {
		const place = { upload_url: `${sandbox().url}/uploads/x`, file_path: 'api-assets/x.png' };
		const body = { items: [{ ...place, ...part }] };
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 200, body } } });
		const { error } = await upload([itemWith({ data: fileOf('x', 'x.png', 'image/png') })]);

		expect(error?.message).toContain("isn't in Magic Hour's format");
		expect(requestLines(sandbox())).toEqual(['POST /v1/files/upload-urls']);
	});

	it('requests another URL for each file whose own has expired while others were uploaded', async () => {
		const firstFile = new Deferred();
		const arrival = new Deferred();
		sandbox().addFaults({
			path: '/uploads/',
			times: 1,
			fault: {
				get until() {
					arrival.resolve();
					return firstFile.promise;
				},
			},
		});
		const binary = Object.fromEntries(
			['a', 'b', 'c'].map((name) => [name, fileOf(name, `${name}.png`, 'image/png')]),
		);
		const run = upload([itemWith(binary)], { parameters: { inputDataFieldName: 'a, b, c' } });
		await arrival.promise;
		sandbox().projects.advanceClock(25 * 60 * 60 * 1000);
		firstFile.resolve();
		const { json, error } = await run;

		expect(error).toBeUndefined();
		expect(json.map(({ inputDataFieldName: field }) => field)).toEqual(['a', 'b', 'c']);
		for (const { filePath, inputDataFieldName } of json) {
			const { content } = sandbox().storage.uploads.get(String(filePath)) ?? {};
			expect(content?.toString()).toBe(inputDataFieldName);
		}
		const [first, ...renewed] = json.map(({ uploadUrlExpiresAt: at }) => Date.parse(String(at)));
		for (const expiry of renewed)
			expect(expiry).toBeGreaterThan((first ?? 0) + 24 * 60 * 60 * 1000);
		const asked = sandbox().requests.filter(({ method }) => method === 'POST');
		expect(asked.map(({ body }) => (body as { items: object[] }).items.length)).toEqual([3, 1, 1]);
		expect(requestLines(sandbox()).filter((line) => line.startsWith('PUT'))).toHaveLength(5);
	});

	it.each([
		[400, '<Error><Code>ExpiredToken</Code></Error>'],
		[401, ''],
		[403, '<Error><Code>AccessDenied</Code></Error>'],
		[404, ''],
		[410, ''],
	])('requests another URL after one that is answered %i, once', async (status, body) => {
		const data = fileOf('x', 'x.png', 'image/png');
		const answer = { status, body, headers: { 'content-type': 'application/xml' } };
		sandbox().addFaults({ path: '/uploads/', times: 1, fault: { answer } });
		const { json } = await upload([itemWith({ data })]);
		expect(sandbox().storage.uploads.get(String(json[0]?.filePath))).toMatchObject({
			sha256: sha256('x'),
		});

		sandbox().requests.length = 0;
		sandbox().addFaults({ path: '/uploads/', fault: { answer } });
		const { error } = await upload([itemWith({ data })], { onError: 'stopWorkflow' });
		expect(error?.message).toBe(
			`Magic Hour's file storage responded with status ${status}, so the file "x.png" was not uploaded [item 0]`,
		);
		expect(requestLines(sandbox()).map((line) => line.slice(0, 12))).toEqual([
			'POST /v1/fil',
			'PUT /uploads',
			'POST /v1/fil',
			'PUT /uploads',
		]);
	});

	it('of another operation requests another URL, too', async () => {
		const data = fileOf('x', 'x.png', 'image/png');
		sandbox().addFaults({ path: '/uploads/', times: 1, fault: { answer: { status: 403 } } });
		const { json } = await runMagicHour(
			sandbox(),
			'imageProject',
			'colorize',
			[itemWith({ data })],
			{ parameters: { image: 'data', output: 'projectId' } },
		);
		expect(json).toHaveLength(1);
		const { body } = sandbox().requests.at(-1) ?? {};
		const [filePath] = [...sandbox().storage.uploads.keys()];
		expect(body).toMatchObject({ assets: { image_file_path: filePath } });
	});

	it.each([413, 415, 422])(
		'requests no other URL after one that is answered %i',
		async (status) => {
			sandbox().addFaults({ path: '/uploads/', fault: { answer: { status } } });
			const { error } = await upload([itemWith({ data: fileOf('x', 'x.png', 'image/png') })]);

			expect(error?.message).toBe(
				`Magic Hour's file storage responded with status ${status}, so the file "x.png" was not uploaded [item 0]`,
			);
			expect(requestLines(sandbox())).toHaveLength(2);
		},
	);

	it('does not follow a redirect with the file', async () => {
		const headers = { location: `${sandbox().url}/elsewhere` };
		sandbox().addFaults({ path: '/uploads/', fault: { answer: { status: 307, headers } } });
		const { error } = await upload([itemWith({ data: fileOf('x', 'x.png', 'image/png') })]);

		expect(error?.message).toContain("Magic Hour's file storage responded with status 307");
		expect(requestLines(sandbox()).some((line) => line.includes('elsewhere'))).toBe(false);
	});
});
