import axios from 'axios';
import fc from 'fast-check';
import { deepCopy } from 'n8n-workflow';
import { generators } from '../sandbox/schemas';
import type { Body } from '../sandbox/schemas/rules';
import type { Schema } from '../sandbox/schemas/schema';
import { bodies, maximalBody, minimalBody } from './generators/bodies';
import { withDetectedFaces } from './generators/faces';
import { useSandbox } from './useSandbox';
import { required } from '../required';

const sandbox = useSandbox();
const picture = 'https://example.com/picture.png';
const film = 'https://example.com/film.mp4';

interface Answer {
	id?: string;
	code?: string;
	message?: string;
	credits_charged?: number;
}

async function post(path: string, body: unknown) {
	const { status, data } = await axios.post<Answer>(`${sandbox().url}${path}`, body, {
		headers: { authorization: `Bearer ${sandbox().apiKey}` },
		validateStatus: () => true,
	});
	return { status, ...data };
}

/** @returns the path of each object in a body whose fields are known, and of each field that it must have */
function partsOf(schema: Schema, body: Body, above: string[] = []) {
	const objects = schema.properties === undefined ? [] : [above];
	const required = (schema.required ?? []).map((name) => [...above, name]);
	for (const [name, part] of Object.entries(schema.properties ?? {})) {
		if (part.type !== 'object' || body[name] === undefined) continue;
		const below = partsOf(part, body[name] as Body, [...above, name]);
		objects.push(...below.objects);
		required.push(...below.required);
	}
	return { objects, required };
}

/** @returns a copy of the body, changed where the path leads */
function changed(body: Body, path: string[], change: (part: Body, name: string) => void): Body {
	const copy = deepCopy(body);
	const part = path.slice(0, -1).reduce((whole, name) => whole[name] as Body, copy);
	change(part, required(path.at(-1), 'field'));
	return copy;
}

describe.each(Object.entries(generators))(
	'POST %s of the sandbox',
	(path, { kind, body: schema }) => {
		it('takes all bodies that are as they should be', async () => {
			const files = withDetectedFaces(sandbox());
			const some = fc.sample(bodies(path, files), { seed: 7, numRuns: 10 });
			for (const body of [minimalBody(path, files), maximalBody(path, files), ...some]) {
				const { id = '', ...answer } = await post(path, body);

				expect({ ...answer, body }).toMatchObject({ status: 200 });
				expect(sandbox().projects.get(kind, id)?.name).toBe(body.name ?? '');
			}
		});

		it('refuses a field that there is not, wherever it is, and a missing one', async () => {
			const body = maximalBody(path, withDetectedFaces(sandbox()));
			const { objects, required } = partsOf(schema, body);
			for (const object of objects) {
				const field = [...object, 'unheard_of'];
				expect(
					await post(
						path,
						changed(body, field, (part, name) => (part[name] = 1)),
					),
				).toEqual({
					status: 400,
					code: 'invalid_request',
					message: `${field.join('.')}: is not a field of this request`,
				});
			}
			for (const field of required) {
				expect(
					await post(
						path,
						changed(body, field, (part, name) => delete part[name]),
					),
				).toEqual({
					status: 400,
					code: 'invalid_request',
					message: `${field.join('.')}: is required`,
				});
			}
			expect(sandbox().projects.ids()).toEqual([]);
		});
	},
);

describe('the sandbox', () => {
	const clip = { start_seconds: 0, end_seconds: 5 };
	const speech = { image_file_path: picture, audio_file_path: 'https://example.com/a.mp3' };

	const reference = (name: string, path: string) => ({ name, file_path: path });

	it.each([
		['/v1/ai-gif-generator', { style: { prompt: 'x'.repeat(501) } }, 'style.prompt'],
		['/v1/ai-gif-generator', { style: { prompt: '' } }, 'style.prompt'],
		['/v1/ai-gif-generator', { style: { prompt: 5 } }, 'style.prompt'],
		['/v1/ai-gif-generator', { style: { prompt: 'x' }, output_format: 'avi' }, 'output_format'],
		['/v1/ai-image-generator', { style: { prompt: 'x' }, image_count: '1' }, 'image_count'],
		['/v1/ai-image-generator', { style: { prompt: 'x' }, image_count: 1.5 }, 'image_count'],
		['/v1/ai-image-generator', { style: { prompt: 'x' }, image_count: 17 }, 'image_count'],
		[
			'/v1/ai-image-upscaler',
			{ assets: { image_file_path: picture }, scale_factor: 3 },
			'scale_factor',
		],
		[
			'/v1/ai-face-editor',
			{ assets: { image_file_path: picture }, style: { head_roll: 7 } },
			'style.head_roll',
		],
		[
			'/v1/ai-image-editor',
			{ style: { prompt: 'x' }, assets: { image_file_paths: Array(11).fill(picture) } },
			'assets.image_file_paths',
		],
	])('refuses for %s what a field cannot be (%#)', async (path, body, field) => {
		const { status, code, message } = await post(path, body);

		expect({ status, code }).toEqual({ status: 400, code: 'invalid_request' });
		expect(message).toMatch(new RegExp(`^${field}: `));
	});

	it.each([
		[
			'/v1/face-swap-photo',
			{ assets: { target_file_path: picture } },
			'assets.source_file_path: is required when assets.face_swap_mode is all-faces',
		],
		[
			'/v1/face-swap-photo',
			{ assets: { target_file_path: picture, face_swap_mode: 'individual-faces' } },
			'assets.face_mappings: is required when assets.face_swap_mode is individual-faces',
		],
		[
			'/v1/face-swap',
			{ ...clip, assets: { video_source: 'youtube', image_file_path: picture } },
			'assets.youtube_url: is required when assets.video_source is youtube',
		],
		[
			'/v1/auto-subtitle-generator',
			{ ...clip, assets: { video_file_path: film }, style: {} },
			'style.template: is required when style.template is left out and style.custom_config is left out',
		],
		[
			'/v1/auto-subtitle-generator',
			{ ...clip, assets: { video_file_path: film }, style: { custom_config: { font: 'x' } } },
			'style.custom_config.text_color: is required when style.template is left out',
		],
		[
			'/v1/ai-talking-photo',
			{ start_seconds: 5, end_seconds: 5, assets: speech },
			'end_seconds: must be greater than start_seconds',
		],
		[
			'/v1/ai-talking-photo',
			{ start_seconds: 5, end_seconds: 51, assets: speech, style: { generation_mode: 'prompted' } },
			'duration: must be 45 or less when style.generation_mode is prompted or standard or expressive',
		],
		[
			'/v1/text-to-video',
			{ end_seconds: 6, model: 'kling-2.6', style: { prompt: 'x' } },
			'end_seconds: must be one of 5, 10 when model is kling-2.6',
		],
		[
			'/v1/text-to-video',
			{ end_seconds: 5, model: 'seedance-2.0-mini', resolution: '4k', style: { prompt: 'x' } },
			'resolution: must be one of 480p, 720p when model is seedance-2.0-mini',
		],
		[
			'/v1/image-to-video',
			{
				end_seconds: 4,
				model: 'wan-2.2',
				assets: { image_file_path: picture, end_image_file_path: picture },
			},
			'assets.end_image_file_path: must be left out when model is wan-2.2',
		],
		[
			'/v1/text-to-video',
			{
				end_seconds: 5,
				model: 'veo3.1',
				style: { prompt: 'x' },
				references: [reference('a', film)],
			},
			'end_seconds: must be one of 4, 6, 8, 16, 24, 32, 40, 48, 56 when model is veo3.1',
		],
		[
			'/v1/text-to-video',
			{
				end_seconds: 8,
				model: 'veo3.1',
				style: { prompt: 'x' },
				references: [reference('a', film)],
			},
			'references: must be left out when model is veo3.1',
		],
		[
			'/v1/text-to-video',
			{
				end_seconds: 8,
				model: 'kling-3.0',
				style: { prompt: 'x' },
				references: [reference('a', film), reference('b', speech.audio_file_path)],
			},
			'references: must be files of the kind image or video when model is kling-3.0',
		],
		[
			'/v1/ai-video-editor',
			{
				end_seconds: 8,
				style: { prompt: 'x' },
				assets: { video_file_path: film },
				references: [reference('a', picture), reference('A', picture)],
			},
			'references: each must have a name of its own',
		],
		[
			'/v1/ai-video-editor',
			{
				end_seconds: 31,
				model: 'ltx-2.5',
				resolution: '1080p',
				style: { prompt: 'x' },
				assets: { video_file_path: film },
			},
			'duration: must be 0.5 or more and 30 or less when model is ltx-2.5 and resolution is 1080p',
		],
		[
			'/v1/character-replace',
			{
				end_seconds: 11,
				model: 'kling-3.0',
				assets: { video_file_path: film, image_file_path: picture },
				style: { mode: 'replace' },
			},
			'duration: must be 3 or more and 10 or less when model is kling-3.0 and style.mode is replace',
		],
		[
			'/v1/character-replace',
			{
				end_seconds: 5,
				assets: { video_file_path: film, image_file_path: picture },
				style: { prompt: 'Sunset' },
			},
			'style.prompt: must be left out when model is wan-animate',
		],
		[
			'/v1/ai-ugc-ad',
			{
				end_seconds: 5,
				model: 'ltx-2.5',
				script: ` ${'x'.repeat(1805)} `,
				assets: { image_file_path: picture },
			},
			'script: must be 1804 characters or less when model is ltx-2.5',
		],
		[
			'/v1/ai-video-translator',
			{ end_seconds: 31, target_language: 'Welsh', assets: { video_file_path: film } },
			'duration: must be 1 or more and 30 or less',
		],
		[
			'/v1/ai-image-editor',
			{
				model: 'qwen-edit',
				style: { prompt: 'x' },
				assets: { image_file_paths: Array(4).fill(picture) },
			},
			'assets.image_file_paths.length: must be 3 or less when model is qwen-edit',
		],
		[
			'/v1/photo-colorizer',
			{ assets: { image_file_path: 'api-assets/never/uploaded.png' } },
			'assets.image_file_path: there is no file at api-assets/never/uploaded.png',
		],
		[
			'/v1/face-swap-photo',
			{
				assets: {
					target_file_path: picture,
					face_swap_mode: 'individual-faces',
					face_mappings: [{ original_face: 'api-assets/x/0-0.png', new_face: picture }],
				},
			},
			'assets.face_mappings.0.original_face: there is no file at api-assets/x/0-0.png',
		],
	])('refuses for %s what does not go together (%#)', async (path, body, message) => {
		const code = 'unprocessable_entity';
		expect(await post(path, body)).toEqual({ status: 422, code, message });
		expect(sandbox().projects.ids()).toEqual([]);
	});

	it.each([
		[
			'a file that was not uploaded',
			'/v1/face-detection',
			{ target_file_path: 'api-assets/x.png' },
		],
		[
			'an extension of another kind',
			'/v1/files/upload-urls',
			[{ type: 'image', extension: 'mp4' }],
		],
	])('answers 422 to %s in the documented form', async (_, path, part) => {
		const body = Array.isArray(part) ? { items: part } : { assets: part };
		const code = 'unprocessable_entity';

		expect(await post(path, body)).toEqual({ status: 422, code, message: expect.any(String) });
	});

	it.each(['/v1/face-detection', '/v1/files/upload-urls', '/v1/ai-image-generator'])(
		'answers 400 in the documented form where %s gets nothing, or no JSON',
		async (path) => {
			const form = { status: 400, code: 'invalid_request', message: expect.any(String) };
			expect(await post(path, {})).toEqual(form);
			const headers = {
				authorization: `Bearer ${sandbox().apiKey}`,
				'content-type': 'application/json',
			};
			const validateStatus = () => true;
			const broken = await axios.post(`${sandbox().url}${path}`, '{', { headers, validateStatus });
			expect({ status: broken.status, ...broken.data }).toEqual(form);
		},
	);

	it('takes what older clients still send', async () => {
		const style = { prompt: 'A lighthouse', quality_mode: 'pro' };
		const body = { image_count: 1, orientation: 'landscape', model: 'seedream', style };

		expect(await post('/v1/ai-image-generator', body)).toMatchObject({ status: 200 });
	});

	it('makes as many files as were asked for, takes the credits, and refuses when they are gone', async () => {
		sandbox().credits = 250;
		const body = { image_count: 2, model: 'nano-banana', style: { prompt: 'A lighthouse' } };
		const gif = { style: { prompt: 'A lighthouse' }, output_format: 'webm' };

		const images = await post('/v1/ai-image-generator', body);
		const animation = await post('/v1/ai-gif-generator', gif);
		expect(sandbox().credits).toBe(100);
		const refused = await post('/v1/ai-image-generator', { ...body, image_count: 3 });

		expect(images).toMatchObject({ status: 200, credits_charged: 100 });
		expect(sandbox().projects.get('image', String(images.id))).toMatchObject({
			files: 2,
			creditsCharged: 100,
		});
		expect(sandbox().projects.get('image', String(animation.id))?.extension).toBe('webm');
		expect(refused).toMatchObject({ status: 402, code: 'insufficient_credits' });
		expect(sandbox().credits).toBe(100);
	});
});
