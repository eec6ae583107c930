import { generateAnimation } from '../../../nodes/MagicHour/resources/videoProject/generateAnimation';
import { restyle } from '../../../nodes/MagicHour/resources/videoProject/restyle';
import { translate } from '../../../nodes/MagicHour/resources/videoProject/translate';
import { name, type Generator } from './generator';
import { faceMappings, faceSwapMode, faceSwapRules } from './image';
import { offeredBy } from './offered';
import type { Allowed, Rule } from './rules';
import {
	choice,
	deprecated,
	file,
	filledText,
	flag,
	integer,
	list,
	number,
	object,
	text,
	type Schema,
} from './schema';

/** What a model is known to do; what is left out, nobody tells. */
interface VideoModel {
	/** The lengths of its videos, in seconds. */
	durations?: number[];
	resolutions?: string[];
	aspectRatios?: string[];
	hasAudio?: boolean;
	/** The resolutions at which it can be given the last frame; none where it cannot at all. */
	endImageAt?: string[];
	/** The longest video of which it can be given the last frame. */
	endImageUpTo?: number;
	/** The kinds of references that it takes. */
	references?: string[];
}

const upTo720 = ['480p', '720p'];
const upTo1080 = [...upTo720, '1080p'];
const upTo4k = [...upTo1080, '4k'];
const wideOrTall = ['16:9', '9:16'];
const anyShape = [...wideOrTall, '1:1'];
const anyKind = ['image', 'video', 'audio'];
const veo: VideoModel = {
	durations: [4, 6, 8, 16, 24, 32, 40, 48, 56],
	resolutions: ['720p', '1080p'],
	aspectRatios: wideOrTall,
	hasAudio: true,
	endImageAt: ['720p', '1080p'],
	endImageUpTo: 8,
	references: [],
};

const videoModels: Record<string, VideoModel> = {
	'gemini-omni-1.1': {
		durations: between(3, 10),
		resolutions: ['360p', '720p', '1080p', '4k'],
		aspectRatios: wideOrTall,
		hasAudio: false,
		endImageAt: ['360p', '720p', '1080p', '4k'],
		references: [],
	},
	'kling-2.6': {
		durations: [5, 10],
		resolutions: ['720p', '1080p'],
		aspectRatios: anyShape,
		hasAudio: false,
		endImageAt: ['1080p'],
		references: [],
	},
	'kling-3.0': {
		durations: between(3, 15),
		resolutions: ['720p', '1080p', '4k'],
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: ['720p', '1080p', '4k'],
		references: ['image', 'video'],
	},
	'kling-4.0': { aspectRatios: anyShape },
	'ltx-2.5': {
		durations: between(1, 60),
		resolutions: upTo1080,
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: upTo1080,
		references: [],
	},
	'minimax-h3': {
		durations: between(1, 30),
		resolutions: upTo1080,
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: upTo1080,
		references: anyKind,
	},
	'seedance-1.5': {
		durations: between(4, 12),
		resolutions: upTo1080,
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: upTo1080,
		references: [],
	},
	'seedance-2.0': {
		durations: between(4, 15),
		resolutions: upTo4k,
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: upTo4k,
		references: anyKind,
	},
	'seedance-2.0-fast': { aspectRatios: anyShape },
	'seedance-2.0-mini': {
		durations: between(4, 15),
		resolutions: upTo720,
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: upTo720,
		references: anyKind,
	},
	'seedance-2.5': {
		durations: between(4, 30),
		resolutions: upTo4k,
		aspectRatios: anyShape,
		hasAudio: true,
		// Nobody tells whether it takes one at 4k.
		endImageAt: upTo4k,
		references: anyKind,
	},
	'veo3.1': veo,
	'veo3.1-lite': veo,
	'wan-2.2': {
		durations: [...between(3, 10), 15],
		resolutions: upTo1080,
		aspectRatios: anyShape,
		hasAudio: false,
		endImageAt: [],
		references: [],
	},
	'wan-3.0': {
		durations: [...between(2, 10), 15, 20, 25, 30],
		resolutions: upTo1080,
		aspectRatios: anyShape,
		hasAudio: true,
		endImageAt: upTo1080,
		references: anyKind,
	},
};

const endImage = 'assets.end_image_file_path';

const modelRules: Rule[] = Object.entries(videoModels).flatMap(([model, able]): Rule[] => {
	const { durations, resolutions, aspectRatios, hasAudio, endImageAt, references } = able;
	const { endImageUpTo = Infinity } = able;
	const when = { model: [model] };
	return [
		{
			when,
			allows: known({
				end_seconds: durations,
				resolution: resolutions,
				aspect_ratio: aspectRatios,
				audio: hasAudio === false ? [false] : undefined,
				[endImage]: endImageAt?.length === 0 ? [] : undefined,
				references: references?.length === 0 ? [] : references && { kinds: references },
			}),
		},
		{
			when,
			given: endImage,
			allows: known({
				resolution: endImageAt,
				end_seconds: durations?.filter((seconds) => seconds <= endImageUpTo),
			}),
		},
	];
});

/** @returns what is known of what fields may be */
function known(allowed: Record<string, Allowed | undefined>): Record<string, Allowed> {
	return Object.fromEntries(
		Object.entries(allowed).flatMap(([path, values]) => (values ? [[path, values]] : [])),
	);
}

const deprecatedModels = [
	'sora-2',
	'ltx-2.3',
	'ltx-2',
	'kling-2.5',
	'kling-1.6',
	'seedance',
	'kling-2.5-audio',
	'veo3.1-audio',
];
/** The fields of videos that a model makes from text or from an image. */
const ofModel = {
	name,
	model: choice(['default', ...Object.keys(videoModels)], {
		deprecatedValues: deprecatedModels,
		default: 'default',
	}),
	resolution: choice(['360p', ...upTo4k]),
	audio: flag(),
};
// Lengths that every model the API may choose can make.
const modelDuration = number({ minimum: 1, maximum: 60, examples: between(3, 10) });
/** Files that the prompt calls by their names. */
const references = list(
	object({
		name: filledText({
			pattern: '^[A-Za-z][\\w-]*$',
			examples: ['hero', 'Hero', 'villain', 'song-2', 'the_house', 'X', 'b1-_'],
		}),
		file_path: file('any'),
	}),
	10,
);
const qualityMode = deprecated(choice(['quick', 'studio']));

const start = number({ minimum: 0 });
const end = number({ minimum: 0.1 });
const clip = { start_seconds: start, end_seconds: end };
const optionalStart = { start_seconds: { ...start, default: 0 } };
/** The size that older clients still give. */
const size = { height: deprecated(integer()), width: deprecated(integer()) };

const youtubeUrl: Schema = text({
	format: 'uri',
	examples: ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcQ'],
});
const videoSource = choice(['file', 'youtube']);
const fromFileOrYoutube = { video_file_path: file('video'), youtube_url: youtubeUrl };

/**
 * What each source of a medium needs.
 *
 * @param medium the beginning of the names of its fields
 */
function sourceRules(medium: 'video' | 'audio'): Rule[] {
	const ofSource = (source: string, field: string): Rule => ({
		when: { [`assets.${medium}_source`]: [source] },
		needs: [`assets.${field}`],
		uses: [`assets.${field}`],
	});
	return [ofSource('file', `${medium}_file_path`), ofSource('youtube', 'youtube_url')];
}

/** The models of ads: how long their videos are, in seconds, and how long the script may be. */
const adModels: Record<string, { durations: number[]; characters: number }> = {
	'kling-3.0': { durations: between(3, 15), characters: 2304 },
	'ltx-2.5': {
		durations: [...between(1, 10), 15, 20, 25, 30, 35, 40, 45, 50, 55, 60],
		characters: 1804,
	},
	'veo3.1': {
		durations: [
			4, 6, 8, 15, 22, 29, 36, 43, 50, 57, 64, 71, 78, 85, 92, 99, 106, 113, 120, 127, 134, 141,
		],
		characters: 2500,
	},
};

const colors = ['#FFFFFF', '#FFD500', '#101820'];
const creditsPerVideo = () => 100;

export const videoGenerators: Record<string, Generator> = {
	'/v1/ai-talking-photo': {
		kind: 'video',
		type: 'TALKING_PHOTO',
		body: object(
			{
				...clip,
				assets: object({ image_file_path: file('image'), audio_file_path: file('audio') }),
			},
			{
				name,
				max_resolution: integer(),
				style: object(
					{},
					{
						generation_mode: choice(['realistic', 'prompted'], {
							deprecatedValues: ['pro', 'standard', 'stable', 'expressive'],
							default: 'realistic',
						}),
						prompt: text(),
						intensity: deprecated(number()),
					},
				),
			},
		),
		rules: [
			{
				when: { 'style.generation_mode': ['prompted', 'standard', 'expressive'] },
				allows: { duration: { to: 45 } },
				uses: ['style.prompt'],
			},
			{
				when: { 'style.generation_mode': ['realistic', 'pro', 'stable'] },
				allows: { duration: { to: 300 } },
			},
		],
		credits: creditsPerVideo,
	},
	'/v1/ai-video-editor': {
		kind: 'video',
		type: 'VIDEO_EDITOR',
		body: object(
			{
				end_seconds: end,
				style: object({ prompt: filledText() }),
				assets: object({ video_file_path: file('video') }),
			},
			{
				name,
				...optionalStart,
				model: choice(['gemini-omni-1.1', 'wan-3.0', 'ltx-2.5', 'ltx-2.3'], {
					deprecatedValues: ['gemini-omni'],
				}),
				resolution: choice(['360p', ...upTo1080]),
				references,
			},
		),
		rules: [
			{
				when: { model: ['gemini-omni-1.1'] },
				allows: {
					duration: { from: 3, to: 10 },
					resolution: ['360p', '720p', '1080p'],
					references: { kinds: ['image'] },
				},
			},
			{
				when: { model: ['wan-3.0'] },
				allows: {
					duration: { from: 2, to: 15 },
					resolution: upTo1080,
					references: { kinds: ['image'] },
				},
			},
			{
				when: { model: ['ltx-2.5'] },
				allows: { duration: { from: 0.5, to: 60 }, resolution: upTo1080, references: [] },
			},
			{
				when: { model: ['ltx-2.5'], resolution: ['1080p'] },
				allows: { duration: { from: 0.5, to: 30 } },
			},
			{ distinct: 'references' },
		],
		credits: creditsPerVideo,
	},
	'/v1/ai-ugc-ad': {
		kind: 'video',
		type: 'UGC_AD',
		body: object(
			{
				end_seconds: number({ minimum: 1, maximum: 141, examples: [4, 6, 8, 15] }),
				script: filledText(),
				assets: object({ image_file_path: file('image') }),
			},
			{
				model: choice(Object.keys(adModels)),
				// Which ones there are depends on the model and the plan, and nobody lists them.
				resolution: text({ examples: upTo720 }),
			},
		),
		rules: [
			{ allows: { script: { maxLength: 2500 } } },
			...Object.entries(adModels).map(([model, { durations, characters }]) => ({
				when: { model: [model] },
				allows: { end_seconds: durations, script: { maxLength: characters } },
			})),
		],
		credits: creditsPerVideo,
	},
	'/v1/ai-video-translator': {
		kind: 'video',
		type: 'VIDEO_TRANSLATOR',
		body: object(
			{
				end_seconds: end,
				target_language: choice(offeredBy(translate, 'target_language')),
				assets: object({ video_file_path: file('video') }),
			},
			{ name, ...optionalStart, resolution: choice(upTo1080) },
		),
		rules: [{ allows: { duration: { from: 1, to: 30 } } }],
		credits: creditsPerVideo,
	},
	'/v1/ai-video-upscaler': {
		kind: 'video',
		type: 'VIDEO_UPSCALER',
		body: object(
			{
				end_seconds: end,
				resolution: choice(['720p', '1080p', '2k', '4k']),
				assets: object({ video_file_path: file('video') }),
			},
			{ name, ...optionalStart },
		),
		credits: creditsPerVideo,
	},
	'/v1/animation': {
		kind: 'video',
		type: 'ANIMATION',
		body: object(
			{
				fps: number({ minimum: 1 }),
				end_seconds: end,
				height: integer({ minimum: 64 }),
				width: integer({ minimum: 64 }),
				style: object(
					{
						art_style: choice(offeredBy(generateAnimation, 'style.art_style')),
						camera_effect: choice(offeredBy(generateAnimation, 'style.camera_effect')),
						prompt_type: choice(['custom', 'use_lyrics', 'ai_choose']),
						transition_speed: integer({ minimum: 1, maximum: 10 }),
					},
					{ art_style_custom: text(), prompt: text() },
				),
				assets: object(
					{ audio_source: choice(['none', 'file', 'youtube']) },
					{
						audio_file_path: file('audio'),
						youtube_url: { ...youtubeUrl, minLength: 1 },
						image_file_path: file('image'),
					},
				),
			},
			{ name },
		),
		rules: [
			{
				when: { 'style.art_style': ['Custom'] },
				needs: ['style.art_style_custom'],
				uses: ['style.art_style_custom'],
			},
			{
				when: { 'style.prompt_type': ['custom'] },
				needs: ['style.prompt'],
				uses: ['style.prompt'],
			},
			{
				when: { 'style.prompt_type': ['use_lyrics', 'ai_choose'] },
				allows: { 'assets.audio_source': ['file', 'youtube'] },
			},
			...sourceRules('audio'),
		],
		credits: creditsPerVideo,
	},
	'/v1/audio-to-video': {
		kind: 'video',
		type: 'AUDIO_TO_VIDEO',
		body: object(
			{
				end_seconds: end,
				assets: object({ audio_file_path: file('audio') }, { image_file_path: file('image') }),
			},
			{
				name,
				...optionalStart,
				resolution: choice(upTo1080),
				style: object({}, { prompt: text() }),
			},
		),
		credits: creditsPerVideo,
	},
	'/v1/auto-subtitle-generator': {
		kind: 'video',
		type: 'AUTO_SUBTITLE',
		body: object(
			{
				...clip,
				assets: object({ video_file_path: file('video') }),
				style: object(
					{},
					{
						template: choice(['karaoke', 'cinematic', 'minimalist', 'highlight']),
						custom_config: object(
							{},
							{
								font: text({ examples: ['Noto Sans', 'Roboto'] }),
								font_size: number(),
								font_style: text({ examples: ['normal', 'italic', 'bold'] }),
								text_color: text({ examples: colors }),
								highlighted_text_color: text({ examples: colors }),
								stroke_color: text({ examples: colors }),
								stroke_width: number(),
								vertical_position: text({ examples: ['top', 'center', 'bottom'] }),
								horizontal_position: text({ examples: ['left', 'center', 'right'] }),
							},
						),
					},
				),
			},
			{ name },
		),
		rules: [
			{
				when: { 'style.template': [undefined], 'style.custom_config': [undefined] },
				needs: ['style.template'],
			},
			{
				when: { 'style.template': [undefined] },
				needs: ['font', 'text_color', 'vertical_position', 'horizontal_position'].map(
					(field) => `style.custom_config.${field}`,
				),
			},
		],
		credits: creditsPerVideo,
	},
	'/v1/character-replace': {
		kind: 'video',
		type: 'CHARACTER_REPLACE',
		body: object(
			{
				end_seconds: end,
				assets: object({ video_file_path: file('video'), image_file_path: file('image') }),
			},
			{
				name,
				...optionalStart,
				model: choice(['wan-animate', 'kling-3.0', 'minimax-h3', 'kling-4.0'], {
					default: 'wan-animate',
				}),
				resolution: choice(upTo1080),
				style: object(
					{},
					{
						mode: choice(['replace', 'animate']),
						prompt: text(),
						selection_mode: choice(['auto', 'point'], { default: 'auto' }),
						points: list(
							object({
								position_x: integer({ minimum: 0 }),
								position_y: integer({ minimum: 0 }),
								time_seconds: number({ minimum: 0 }),
							}),
						),
					},
				),
			},
		),
		rules: [
			{
				when: { 'style.selection_mode': ['point'] },
				needs: ['style.points'],
				uses: ['style.points'],
			},
			{
				when: { model: ['wan-animate'] },
				allows: { resolution: upTo720, 'style.prompt': [] },
			},
			{
				when: { model: ['kling-3.0'] },
				allows: {
					resolution: ['720p', '1080p'],
					duration: { from: 3, to: 30 },
					'style.selection_mode': ['auto'],
					'style.points': [],
				},
			},
			{
				when: { model: ['kling-3.0'], 'style.mode': ['replace'] },
				allows: { duration: { from: 3, to: 10 } },
			},
			{
				when: { model: ['minimax-h3'], 'style.mode': ['animate'] },
				allows: { 'style.selection_mode': ['auto'], 'style.points': [] },
			},
		],
		credits: creditsPerVideo,
	},
	'/v1/face-swap': {
		kind: 'video',
		type: 'FACE_SWAP',
		body: object(
			{
				...clip,
				assets: object(
					{ video_source: videoSource },
					{
						...fromFileOrYoutube,
						face_swap_mode: faceSwapMode,
						image_file_path: file('image'),
						face_mappings: faceMappings,
					},
				),
			},
			{ name, style: object({}, { version: choice(['v1', 'v2', 'default']) }), ...size },
		),
		rules: [...sourceRules('video'), ...faceSwapRules('assets.image_file_path')],
		credits: creditsPerVideo,
	},
	'/v1/image-to-video': {
		kind: 'video',
		type: 'IMAGE_TO_VIDEO',
		body: object(
			{
				end_seconds: modelDuration,
				assets: object({ image_file_path: file('image') }, { end_image_file_path: file('image') }),
			},
			{
				...ofModel,
				style: object(
					{},
					{
						prompt: text(),
						high_quality: deprecated(flag()),
						quality_mode: qualityMode,
					},
				),
				...size,
			},
		),
		rules: modelRules,
		credits: creditsPerVideo,
	},
	'/v1/lip-sync': {
		kind: 'video',
		type: 'LIP_SYNC',
		body: object(
			{
				...clip,
				assets: object(
					{ audio_file_path: file('audio'), video_source: videoSource },
					fromFileOrYoutube,
				),
			},
			{
				name,
				max_fps_limit: number({ minimum: 1 }),
				style: object(
					{},
					{ generation_mode: choice(['lite', 'standard', 'pro'], { default: 'lite' }) },
				),
				...size,
			},
		),
		rules: sourceRules('video'),
		credits: creditsPerVideo,
	},
	'/v1/text-to-video': {
		kind: 'video',
		type: 'TEXT_TO_VIDEO',
		body: object(
			{
				end_seconds: modelDuration,
				style: object({ prompt: filledText({ maxLength: 20_000 }) }, { quality_mode: qualityMode }),
			},
			{
				...ofModel,
				references,
				aspect_ratio: choice(anyShape),
				orientation: deprecated(choice(['landscape', 'portrait', 'square'])),
			},
		),
		rules: modelRules,
		credits: creditsPerVideo,
	},
	'/v1/video-to-video': {
		kind: 'video',
		type: 'VIDEO_TO_VIDEO',
		body: object(
			{
				...clip,
				style: object(
					{ art_style: choice(offeredBy(restyle, 'style.art_style')) },
					{
						version: choice(['v1', 'v2', 'v3', 'default'], { default: 'default' }),
						prompt_type: choice(['default', 'custom', 'append_default'], {
							default: 'default',
						}),
						prompt: text({ nullable: true }),
						model: choice(
							[
								'Dreamshaper',
								'Absolute Reality',
								'Flat 2D Anime',
								'Soft Anime',
								'Kaywaii',
								'Western Anime',
								'3D Anime',
								'default',
							],
							{ default: 'default' },
						),
					},
				),
				assets: object(
					{ video_source: videoSource },
					{ ...fromFileOrYoutube, initial_image_path: file('image') },
				),
			},
			{
				name,
				fps_resolution: choice(['FULL', 'HALF'], { default: 'HALF' }),
				fps: number({ default: 30 }),
				height: integer({ minimum: 1, nullable: true }),
				width: deprecated(integer()),
			},
		),
		rules: [
			{ when: { 'style.version': ['v3'] }, needs: ['assets.initial_image_path', 'height'] },
			{ when: { 'style.version': ['v3', 'default'] }, uses: ['height'] },
			{
				when: { 'style.prompt_type': ['custom', 'append_default'] },
				needs: ['style.prompt'],
				uses: ['style.prompt'],
			},
			...sourceRules('video'),
		],
		credits: creditsPerVideo,
	},
};

function between(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
