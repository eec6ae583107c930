import { loadImage, createCanvas } from '@napi-rs/canvas';
import axios from 'axios';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { videoFormat } from '../sandbox/media/media';
import { projectKinds, type ProjectKind, type ProjectSetting } from '../sandbox/projects';
import { contentOf } from '../sandbox/storage';
import { useSandbox } from './useSandbox';
import { required } from '../required';

const sandbox = useSandbox();

interface Served {
	status: number;
	type: unknown;
	length: unknown;
	bytes: Buffer;
}

async function serve(url: string): Promise<Served> {
	const { status, headers, data } = await axios.get<ArrayBuffer>(url, {
		responseType: 'arraybuffer',
		validateStatus: () => true,
	});
	const { 'content-type': type, 'content-length': length } = headers;
	return { status, type, length: Number(length), bytes: Buffer.from(data) };
}

async function askApi<Answer>(path: string, body?: object): Promise<Answer> {
	const { data } = await axios.request<Answer>({
		url: `${sandbox().url}${path}`,
		method: body === undefined ? 'GET' : 'POST',
		data: body,
		headers: { authorization: `Bearer ${sandbox().apiKey}` },
	});
	return data;
}

/** @returns the files of a complete project */
async function filesOf(kind: ProjectKind, id: string): Promise<Served[]> {
	sandbox().projects.advanceClock(60_000);
	const { downloads } = await askApi<{ downloads: Array<{ url: string }> }>(
		`/v1/${kind}-projects/${id}`,
	);
	return await Promise.all(downloads.map(async ({ url }) => await serve(url)));
}

/** Generates as a client does. */
async function generate(kind: ProjectKind, path: string, body: object): Promise<Served[]> {
	const { id } = await askApi<{ id: string }>(path, body);
	return await filesOf(kind, id);
}

async function fileOf(setting: ProjectSetting): Promise<Served> {
	const id = sandbox().projects.create({ isFinished: true, ...setting });
	return required((await filesOf(setting.kind ?? 'image', id))[0], 'file');
}

/** @returns the size of a picture, and its pixels */
async function look({ bytes }: Served) {
	const picture = await loadImage(bytes);
	const { width, height } = picture;
	const context = createCanvas(width, height).getContext('2d');
	context.drawImage(picture, 0, 0);
	return { width, height, pixels: Buffer.from(context.getImageData(0, 0, width, height).data) };
}

/** @returns what a file of sound or moving pictures says about itself */
async function play({ bytes }: Served) {
	const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
	const [track] = await input.getTracks();
	const { packetCount } = await required(track, 'track').computePacketStats();
	return {
		mimeType: (await input.getMimeType()).replace(/;.*/, ''),
		codec: track?.codec,
		duration: await input.computeDuration(),
		packetCount,
		...(track?.isVideoTrack() === true
			? { width: track.displayWidth, height: track.displayHeight }
			: {}),
	};
}

function countListeners(event: string): number {
	return process.listenerCount(event);
}

async function images(prompt: string, count = 1): Promise<Served[]> {
	return await generate('image', '/v1/ai-image-generator', {
		image_count: count,
		style: { prompt },
	});
}

describe('the files of the sandbox', () => {
	it('are pictures that differ by what was asked for, and from each other', async () => {
		const served = [...(await images('A lighthouse', 2)), ...(await images('A castle'))];

		const seen = await Promise.all(served.map(look));
		for (const [index, { width, height, pixels }] of seen.entries()) {
			expect({ ...served[index], bytes: undefined }).toEqual({
				status: 200,
				type: 'image/png',
				length: served[index]?.bytes.length,
			});
			expect([width, height, pixels.length]).toEqual([480, 480, 480 * 480 * 4]);
		}
		expect(new Set(seen.map(({ pixels }) => pixels.toString('base64'))).size).toBe(3);
	});

	it('are small, however long the prompt is', async () => {
		const [served] = await images('Ein schöner Bär, 東京, 😀, \ud800. '.repeat(300));
		expect(served?.bytes.length).toBeLessThan(200_000);
	});

	it('show something else for each project, whatever that is called', async () => {
		const settings: ProjectSetting[] = [{}, {}, { name: 'a' }, { type: 'QR_CODE' }, { name: '\n' }];
		const served = await Promise.all(settings.map(fileOf));
		expect(new Set(served.map(({ bytes }) => bytes.toString('base64'))).size).toBe(5);
	});

	it('are the same at every download', async () => {
		const id = sandbox().projects.create({ kind: 'audio', isFinished: true });
		const [first] = await filesOf('audio', id);
		const [second] = await filesOf('audio', id);

		expect(second?.bytes).toEqual(first?.bytes);
		expect(await sandbox().storage.fileOf('audio', id)).toEqual(first?.bytes);
	});

	it('are videos in H.264 of the length and size that the project tells', async () => {
		const [served] = await generate('video', '/v1/text-to-video', {
			end_seconds: 5,
			style: { prompt: 'A lighthouse' },
		});
		const file = required(served, 'file');
		const { seconds, framesPerSecond, width, height } = videoFormat;

		expect(file).toMatchObject({ type: 'video/mp4', length: file.bytes.length });
		expect(await play(file)).toEqual({
			mimeType: 'video/mp4',
			codec: 'avc',
			duration: expect.closeTo(seconds, 1),
			packetCount: seconds * framesPerSecond,
			width,
			height,
		});
		const [id = ''] = sandbox().projects.ids('video');
		expect(await askApi(`/v1/video-projects/${id}`)).toMatchObject({
			...{ width, height, fps: framesPerSecond, start_seconds: 0, end_seconds: seconds },
		});
	});

	it('are tunes, one for each project', async () => {
		const served = [await fileOf({ kind: 'audio' }), await fileOf({ kind: 'audio' })];

		for (const file of served) {
			expect(file).toMatchObject({ type: 'audio/mpeg', length: file.bytes.length });
			const { mimeType, codec, duration } = await play(file);
			expect([mimeType, codec]).toEqual(['audio/mpeg', 'mp3']);
			expect(duration).toBeCloseTo(3.1, 0);
		}
		expect(served[0]?.bytes).not.toEqual(served[1]?.bytes);
	});

	it.each(['gif', 'mp4', 'webm'])('are %s where that was asked for', async (format) => {
		const [served] = await generate('image', '/v1/ai-gif-generator', {
			style: { prompt: 'A lighthouse' },
			output_format: format,
		});
		const file = required(served, 'file');

		if (format === 'gif') {
			expect(file.type).toBe('image/gif');
			expect(await look(file)).toMatchObject({ width: 320, height: 320 });
			return;
		}
		expect(file.type).toBe(`video/${format}`);
		expect(await play(file)).toMatchObject({
			mimeType: `video/${format}`,
			codec: format === 'mp4' ? 'avc' : 'vp8',
			duration: expect.closeTo(videoFormat.seconds, 1),
			width: videoFormat.width,
		});
	});

	it('leave it to the process what ends it', async () => {
		const listeners = () => ['uncaughtException', 'unhandledRejection'].map(countListeners);
		const before = listeners();
		for (const kind of projectKinds) await fileOf({ kind });
		expect(listeners()).toEqual(before);
	});

	it('are bytes of a size where one is set', async () => {
		const id = sandbox().projects.create({ isFinished: true, fileSize: 1_000 });
		const [served] = await filesOf('image', id);

		expect(served).toMatchObject({ type: 'image/png', length: 1_000 });
		expect(served?.bytes).toEqual(contentOf(id, 0, 1_000));
	});
});

describe('the pictures of faces', () => {
	it('show each face that was found, and no other', async () => {
		sandbox().faces.count = 3;
		const { id } = await askApi<{ id: string }>('/v1/face-detection', {
			assets: { target_file_path: 'https://example.com/picture.png' },
		});
		sandbox().projects.advanceClock(60_000);
		const { faces } = await askApi<{ faces: Array<{ url: string }> }>(`/v1/face-detection/${id}`);
		const served = await Promise.all(faces.map(async ({ url }) => await serve(url)));

		expect(served.map(({ status, type }) => [status, type])).toEqual(
			Array.from({ length: 3 }, () => [200, 'image/png']),
		);
		const seen = await Promise.all(served.map(look));
		expect(new Set(seen.map(({ pixels }) => pixels.toString('base64'))).size).toBe(3);
		const strange = [`${id}/3-0.png`, `${id}/0-0.jpg`, 'other/0-0.png'];
		for (const path of strange) {
			expect((await serve(`${sandbox().url}/faces/${path}`)).status).not.toBe(200);
		}
	});
});

describe('the assets of saved items', () => {
	it.each([
		['reference', 'image/png'],
		['voice', 'audio/mpeg'],
	] as const)('are real files: those of a %s', async (type, contentType) => {
		sandbox().savedItems.add({ type, name: 'A lighthouse', assets: 2 });
		const { items } = await askApi<{ items: Array<{ assets: Array<{ url: string }> }> }>(
			'/v1/saved-items',
		);
		const urls = items.flatMap(({ assets }) => assets.map(({ url }) => url));
		const served = await Promise.all(urls.map(serve));

		expect(served.map((file) => [file.status, file.type])).toEqual([
			[200, contentType],
			[200, contentType],
		]);
		expect(served[0]?.bytes).not.toEqual(served[1]?.bytes);
		const missing = await serve(required(urls[0], 'URL').replace('/0.', '/2.'));
		expect(missing.status).toBe(404);
	});
});
