import { generate } from '../../../nodes/MagicHour/resources/imageProject/generate';
import { generateMeme } from '../../../nodes/MagicHour/resources/imageProject/generateMeme';
import type { Generator } from './generator';
import { name } from './generator';
import { offeredBy } from './offered';
import { getPath, type Body, type Rule } from './rules';
import {
	choice,
	deprecated,
	file,
	filledText,
	flag,
	integer,
	list,
	number,
	numericChoice,
	object,
	text,
	type Schema,
} from './schema';

interface ImageModel {
	/** What an image costs at least; absent where nobody says. */
	credits?: number;
	/** Absent where nobody says which there are. */
	resolutions?: string[];
	/** How many images it makes at a time; any number where it is left out. */
	counts?: number[];
	/** How many images it can work on. */
	inputs?: number;
}

const upTo1k = ['640px', '1k'];
const upTo2k = [...upTo1k, '2k'];
const upTo4k = [...upTo2k, '4k'];
const upToFour = [1, 2, 3, 4];
const squares = [1, 4, 9, 16];

const generatorModels: Record<string, ImageModel> = {
	'flux-2-klein': { credits: 5, resolutions: upTo2k, counts: [1] },
	'flux-3-klein': {},
	'flux-schnell': { credits: 5, resolutions: upTo2k, counts: upToFour },
	'gpt-image-2': { credits: 50, resolutions: upTo4k, counts: upToFour },
	'gpt-image-2.5-flare': { credits: 100, resolutions: upTo4k, counts: upToFour },
	'krea-2': { credits: 10, resolutions: upTo1k, counts: [1] },
	'nano-banana': { credits: 50, resolutions: upTo1k, counts: upToFour },
	'nano-banana-2': { credits: 100, resolutions: upTo4k, counts: squares },
	'nano-banana-2-lite': { credits: 50, resolutions: upTo1k, counts: upToFour },
	'nano-banana-2.1': { credits: 50, resolutions: upTo4k, counts: squares },
	'nano-banana-pro': { credits: 150, resolutions: ['1k', '2k', '4k'], counts: squares },
	'qwen-image-2.1': { credits: 10, resolutions: upTo2k, counts: upToFour },
	'seedream-v4': { credits: 40, resolutions: upTo4k, counts: upToFour },
	'seedream-v5-pro': { credits: 75, resolutions: upTo2k, counts: upToFour },
	'z-image-turbo': { credits: 5, resolutions: upTo2k, counts: upToFour },
};

const editorModels: Record<string, ImageModel> = {
	'flux-2-klein': { credits: 5, resolutions: upTo2k, inputs: 6 },
	'flux-3-klein': {},
	'gpt-image-2': { credits: 50, resolutions: upTo4k, inputs: 10 },
	'gpt-image-2.5-flare': { credits: 100, resolutions: upTo4k, inputs: 10 },
	'krea-2': { credits: 10, resolutions: upTo1k, inputs: 2 },
	'nano-banana': { credits: 50, resolutions: upTo1k, inputs: 10 },
	'nano-banana-2': { credits: 100, resolutions: upTo4k, inputs: 10 },
	'nano-banana-2-lite': { credits: 50, resolutions: upTo1k, inputs: 10 },
	'nano-banana-2.1': { credits: 50, resolutions: upTo4k, inputs: 10 },
	'nano-banana-pro': { credits: 150, resolutions: ['1k', '2k', '4k'], inputs: 10 },
	'qwen-edit': { credits: 10, resolutions: upTo2k, inputs: 3 },
	'qwen-image-2.1': { credits: 10, resolutions: upTo2k, inputs: 3 },
	'seedream-v4': { credits: 40, resolutions: upTo4k, inputs: 10 },
	'seedream-v4.5': { credits: 50, resolutions: upTo4k, inputs: 10 },
	'seedream-v5-pro': { credits: 75, resolutions: upTo2k, inputs: 10 },
};

function rulesOf(models: Record<string, ImageModel>): Rule[] {
	return Object.entries(models).map(([model, { resolutions, counts, inputs }]) => ({
		when: { model: [model] },
		allows: {
			// Every model takes the deprecated value.
			...(resolutions === undefined ? {} : { resolution: ['auto', ...resolutions] }),
			...(counts === undefined ? {} : { image_count: counts }),
			...(inputs === undefined ? {} : { 'assets.image_file_paths.length': { to: inputs } }),
		},
	}));
}

function countOf({ image_count: count = 1 }: Body): number {
	return Number(count);
}

function creditsBy(models: Record<string, ImageModel>) {
	return (body: Body) => countOf(body) * (models[String(body.model)]?.credits ?? 5);
}

const imageResolution = choice(upTo4k, { deprecatedValues: ['auto'] });
const orientation = deprecated(choice(['landscape', 'portrait', 'square']));
const slider = number({ minimum: -100, maximum: 100, multipleOf: 5, default: 0 });
const sliders = [
	'eyebrow_direction',
	'eye_gaze_horizontal',
	'eye_gaze_vertical',
	'eye_open_ratio',
	'lip_open_ratio',
	'head_roll',
	'mouth_grim',
	'mouth_pout',
	'mouth_purse',
	'mouth_smile',
	'mouth_position_horizontal',
	'mouth_position_vertical',
	'head_pitch',
	'head_yaw',
];

/** How one face is swapped for another; for face swaps of pictures and of videos. */
export const faceMappings: Schema = list(
	object({ original_face: file('face'), new_face: file('image') }),
	5,
);

/** Whether all faces are swapped, or each for one of its own. */
export const faceSwapMode = choice(['all-faces', 'individual-faces'], { default: 'all-faces' });

/**
 * What a face swap needs in each of its modes.
 *
 * @param source the field of the one face for all
 */
export function faceSwapRules(source: string): Rule[] {
	const ofMode = (mode: string, field: string): Rule => ({
		when: { 'assets.face_swap_mode': [mode] },
		needs: [field],
		uses: [field],
	});
	return [ofMode('all-faces', source), ofMode('individual-faces', 'assets.face_mappings')];
}

export const imageGenerators: Record<string, Generator> = {
	'/v1/ai-clothes-changer': {
		kind: 'image',
		type: 'CLOTHES_CHANGER',
		body: object(
			{
				assets: object(
					{ person_file_path: file('image'), garment_file_path: file('image') },
					{
						garment_type: choice(['entire_outfit', 'upper_body', 'lower_body'], {
							deprecatedValues: ['dresses'],
						}),
					},
				),
			},
			{ name },
		),
		credits: () => 25,
	},
	'/v1/ai-face-editor': {
		kind: 'image',
		type: 'FACE_EDITOR',
		body: object(
			{
				assets: object({ image_file_path: file('image') }),
				style: object(
					{},
					{
						enhance_face: flag({ default: false }),
						...Object.fromEntries(sliders.map((field) => [field, slider])),
					},
				),
			},
			{ name },
		),
		credits: () => 1,
	},
	'/v1/ai-gif-generator': {
		kind: 'image',
		type: 'AI_GIF',
		body: object(
			{ style: object({ prompt: filledText({ maxLength: 500 }) }) },
			{ name, output_format: choice(['gif', 'mp4', 'webm'], { default: 'gif' }) },
		),
		credits: () => 50,
		extension: ({ output_format: format = 'gif' }) => String(format),
	},
	'/v1/ai-headshot-generator': {
		kind: 'image',
		type: 'AI_HEADSHOT',
		body: object(
			{ assets: object({ image_file_path: file('image') }) },
			{ name, style: object({}, { prompt: text() }) },
		),
		credits: () => 50,
	},
	'/v1/ai-image-editor': {
		kind: 'image',
		type: 'AI_IMAGE_EDITOR',
		body: object(
			{
				style: object(
					{ prompt: filledText({ maxLength: 15_000 }) },
					{ model: deprecated(choice(['Nano Banana', 'Seedream', 'default'])) },
				),
				assets: object(
					{},
					{
						image_file_paths: list(file('image'), 10),
						image_file_path: deprecated(file('image')),
					},
				),
			},
			{
				name,
				image_count: numericChoice(squares, { default: 1 }),
				model: choice(['default', ...Object.keys(editorModels)]),
				aspect_ratio: choice(['auto', '16:9', '9:16', '4:3', '3:2', '1:1', '4:5', '2:3']),
				resolution: imageResolution,
			},
		),
		rules: rulesOf(editorModels),
		credits: creditsBy(editorModels),
		files: countOf,
	},
	'/v1/ai-image-generator': {
		kind: 'image',
		type: 'AI_IMAGE',
		body: object(
			{
				image_count: integer({ minimum: 1, maximum: 16 }),
				style: object(
					{ prompt: filledText() },
					{
						tool: choice(offeredBy(generate, 'style.tool'), { default: 'general' }),
						quality_mode: deprecated(choice(['pro', 'standard'])),
					},
				),
			},
			{
				name,
				model: choice(['default', ...Object.keys(generatorModels)], {
					deprecatedValues: ['seedream'],
				}),
				aspect_ratio: choice(['1:1', '16:9', '9:16']),
				resolution: imageResolution,
				orientation,
			},
		),
		rules: rulesOf(generatorModels),
		credits: creditsBy(generatorModels),
		files: countOf,
	},
	'/v1/ai-image-upscaler': {
		kind: 'image',
		type: 'IMAGE_UPSCALER',
		body: object(
			{
				scale_factor: numericChoice([2, 4]),
				assets: object({ image_file_path: file('image') }),
			},
			{
				name,
				style: object(
					{},
					{
						mode: choice(['preserve', 'balanced', 'creative'], {
							deprecatedValues: ['pro'],
							default: 'balanced',
						}),
						prompt: text(),
						enhancement: deprecated(choice(['Balanced', 'Creative', 'Resemblance'])),
					},
				),
			},
		),
		rules: [{ when: { 'style.mode': ['creative'] }, uses: ['style.prompt'] }],
		credits: (body) => {
			const isFast = ['preserve', 'pro'].includes(String(getPath(body, 'style.mode')));
			return (isFast ? 25 : 50) * (body.scale_factor === 4 ? 4 : 1);
		},
	},
	'/v1/ai-meme-generator': {
		kind: 'image',
		type: 'AI_MEME',
		body: object(
			{
				style: object(
					{
						topic: filledText({ maxLength: 200 }),
						template: choice(offeredBy(generateMeme, 'style.template')),
					},
					{ searchWeb: flag({ default: false }) },
				),
			},
			{ name },
		),
		credits: () => 10,
	},
	'/v1/ai-qr-code-generator': {
		kind: 'image',
		type: 'QR_CODE',
		body: object({ content: text(), style: object({ art_style: text() }) }, { name }),
		credits: () => 0,
	},
	'/v1/body-swap': {
		kind: 'image',
		type: 'BODY_SWAP',
		body: object(
			{
				resolution: choice(upTo4k),
				assets: object({ person_file_path: file('image'), scene_file_path: file('image') }),
			},
			{ name },
		),
		credits: () => 50,
	},
	'/v1/face-swap-photo': {
		kind: 'image',
		type: 'FACE_SWAP',
		body: object(
			{
				assets: object(
					{ target_file_path: file('image') },
					{
						face_swap_mode: faceSwapMode,
						source_file_path: file('image'),
						face_mappings: faceMappings,
					},
				),
			},
			{ name },
		),
		rules: faceSwapRules('assets.source_file_path'),
		credits: () => 10,
	},
	'/v1/head-swap': {
		kind: 'image',
		type: 'HEAD_SWAP',
		body: object(
			{ assets: object({ body_file_path: file('image'), head_file_path: file('image') }) },
			{ name, max_resolution: integer() },
		),
		credits: () => 10,
	},
	'/v1/image-background-remover': {
		kind: 'image',
		type: 'BACKGROUND_REMOVER',
		body: object(
			{
				assets: object(
					{ image_file_path: file('image') },
					{ background_image_file_path: file('image') },
				),
			},
			{ name },
		),
		credits: () => 5,
	},
	'/v1/photo-colorizer': {
		kind: 'image',
		type: 'PHOTO_COLORIZER',
		body: object({ assets: object({ image_file_path: file('image') }) }, { name }),
		credits: () => 10,
	},
};
