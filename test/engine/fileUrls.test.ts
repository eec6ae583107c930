import axios from 'axios';
import { deepCopy, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { generators } from '../sandbox/schemas';
import { bodiesWith, choicesOf, maximalBody, minimalBody } from './generators/bodies';
import { parametersFor } from './generators/parameters';
import { placeFor, send } from './generators/send';
import { requestLines, runMagicHour, toItems } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const library = 'https://magichour.ai/my-library';
const { description } = new MagicHour();

async function run(operation: string, parameters: INodeParameters, json: IDataObject = {}) {
	const [resource = '', name = ''] = operation.split(' ');
	return await runMagicHour(sandbox(), resource, name, toItems([json]), {
		parameters: { output: 'projectId', ...parameters },
	});
}

async function colorize(image: string, json: IDataObject = {}) {
	return await run('imageProject colorize', { image }, json);
}

async function detect(file: string, json: IDataObject = {}) {
	return await run('file detectFaces', { file, output: 'detectionId' }, json);
}

async function edit(images: string, json: IDataObject = {}) {
	return await run('imageProject edit', { images, prompt: 'A hat' }, json);
}

/** @returns the files of the one request that arrived */
function sentFiles(): unknown {
	expect(sandbox().requests).toHaveLength(1);
	const body = sandbox().requests[0]?.body as { assets?: object } | undefined;
	return Object.values(body?.assets ?? {})[0];
}

describe('a library URL', () => {
	const finished = (kind: 'image' | 'video' | 'audio') =>
		sandbox().projects.create({ kind, isFinished: true });

	it('goes to the API as it is, without a request before', async () => {
		for (const url of [
			`${library}?imageId=${finished('image')}`,
			`${library}/?imageId=${finished('image')}&tab=all#top`,
			`HTTPS://www.magichour.ai/my-library?imageId=${finished('image')}`,
		]) {
			sandbox().requests.length = 0;
			expect((await colorize(` ${url}\n`)).error).toBeUndefined();
			expect(sentFiles()).toBe(url);
		}
	});

	it('does so wherever a file is taken', async () => {
		const [image, video] = [finished('image'), finished('video')];
		await detect(`${library}?videoId=${video}`);
		expect(sentFiles()).toBe(`${library}?videoId=${video}`);

		sandbox().requests.length = 0;
		await edit('={{ $json.files }}', {
			files: [`${library}?imageId=${image}`, { url: `${library}?imageId=${image}` }],
		});
		expect(sentFiles()).toEqual([`${library}?imageId=${image}`, `${library}?imageId=${image}`]);
	});

	it.each([
		[`${library}?videoId=x`, 'is the URL of a video project, which is not supported here'],
		[`${library}?imageId=x&videoId=y`, "is a library URL that doesn't contain"],
		[`${library}?id=x`, "is a library URL that doesn't contain the ID of one project"],
		[`${library}?imageId=`, 'is empty'],
		[`${library}?imageId=a%2Fb`, "contains a character that IDs can't have"],
		[`${library}?imageId=..`, 'is "..", which is not a valid ID'],
	])('is refused where it cannot be right: %s', async (url, words) => {
		const { error } = await colorize(url);

		expect(error?.message).toContain(`The parameter 'Image' ${words}`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each<[string, () => string]>([
		['does not exist', () => 'gone'],
		['is not complete', () => sandbox().projects.create()],
		['has failed', () => sandbox().projects.create({ outcome: 'error', isFinished: true })],
		['was deleted', () => sandbox().projects.create({ enabled: false, isFinished: true })],
		['is of another kind', () => finished('video')],
	])('of a project that %s is rejected by the API, in words', async (_, create) => {
		const id = create();
		const { error } = await colorize(`${library}?imageId=${id}`);

		expect(error?.message).toBe(
			`Magic Hour rejected the request ("assets.image_file_path: there is no file at ${library}?imageId=${id}"), so the image project was not created [item 0]`,
		);
		expect(requestLines(sandbox())).toEqual(['POST /v1/photo-colorizer']);
	});
});

const withExtension = [
	'https://example.com/a.png',
	'https://example.com/a.xyz',
	'https://example.com/a.PNG?size=2#top',
	'https://example.com/a%2Epng',
	'https://example.com/v/b%2Fa.png?alt=media',
	'https://example.com/my%20photo.png',
	'https://example.com/100%.png',
	'https://example.com/a.png;v=1',
	'https://example.com/.png',
	'http://[::1]/a.png',
];
const withoutExtension = [
	'https://example.com',
	'https://example.com/',
	'https://example.com/photo',
	'https://example.com/photo/',
	'https://example.com/a.png/',
	'https://example.com/a.png/download',
	'https://example.com/photo.',
	'https://example.com/photo?file=a.png',
	'https://example.com/photo#a.png',
	'https://example.com/v1.2%2Fphoto',
	'https://example.com/100%',
	'https://drive.google.com/uc?export=download&id=1AbC',
	'https://www.youtube.com/watch?v=aqz-KE-bpKQ',
	'https://youtu.be/aqz-KE-bpKQ',
	'https://magichour.ai/photo',
];

describe('a URL', () => {
	it.each(withExtension)('with an extension is let through: %s', async (url) => {
		expect((await colorize(url)).error).toBeUndefined();
		expect(sentFiles()).toBe(url);
	});

	it.each(withoutExtension)('without one is refused before anything is sent: %s', async (url) => {
		for (const { error } of [
			await colorize(url),
			await colorize('={{ $json }}', { url }),
			await edit(`https://example.com/a.png, ${url}`),
			await edit('={{ $json.files }}', { files: ['https://example.com/a.png', { url }] }),
			await detect(url),
		]) {
			expect(error?.message).toMatch(
				/^The parameter 'Images?(?: or Video)?' is a URL without a file extension in its path, which Magic Hour rejects \[item 0\]$/,
			);
			expect(error?.description).toContain("'HTTP Request' node");
			expect(error?.description).toContain('binary field');
		}
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each(['api-assets/id/photo', 'saved-items/id/photo', 'saved-items/v1.2/photo'])(
		'is not meant by a path of Magic Hour: %s',
		async (path) => {
			const { error } = await colorize(path);

			expect(error?.message).toContain(`there is no file at ${path}`);
			expect(sentFiles()).toBe(path);
		},
	);
});

describe.each(Object.keys(generators))('the files of the operation that posts to %s', (path) => {
	/** @returns the places of the files on the web */
	function filesIn(value: unknown, above: string[] = []): string[][] {
		if (typeof value === 'string') {
			const isFile = value.startsWith('https://files.example.com/');
			return isFile ? [above] : [];
		}
		return Object.entries(Object(value) as object).flatMap(([name, part]) =>
			filesIn(part, [...above, name]),
		);
	}

	function withUrl(body: object, place: string[], url: string): Record<string, unknown> {
		const copy = deepCopy(body) as Record<string, unknown>;
		const last = place.at(-1) ?? '';
		const holder = place.slice(0, -1).reduce<unknown>((part, name) => Object(part)[name], copy);
		Object.assign(Object(holder) as object, { [last]: url });
		return copy;
	}

	it('are refused without an extension, each of them', async () => {
		const bodies = [minimalBody(path), maximalBody(path), ...bodiesWith(path, choicesOf(path))];
		const tried = new Set<string>();
		for (const body of bodies) {
			for (const place of filesIn(body)) {
				const name = place.join('.').replace(/\.\d+/g, '');
				if (tried.has(name)) continue;
				tried.add(name);
				const wanted = withUrl(body, place, 'https://files.example.com/file');
				const parameters = parametersFor(description, placeFor(description, path), wanted);
				const { error, requests } = await send(sandbox(), parameters);

				expect({ name, error, requests }).toEqual({
					name,
					error: expect.stringContaining('is a URL without a file extension'),
					requests: [],
				});
			}
		}
	});
});

describe('the sandbox', () => {
	it.each([...withoutExtension, `${library}?imageId=gone`])(
		'has no file at %s',
		async (target_file_path) => {
			const { status, data } = await axios.post<{ message: string }>(
				`${sandbox().url}/v1/face-detection`,
				{ assets: { target_file_path } },
				{
					headers: { authorization: `Bearer ${sandbox().apiKey}` },
					validateStatus: () => true,
				},
			);

			expect(status).toBe(422);
			expect(data.message).toContain('no file at');
		},
	);
});
