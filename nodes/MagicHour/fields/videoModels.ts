import type { INodeProperties } from 'n8n-workflow';
import { aspectRatio } from './aspectRatio';
import { sentAs } from './fields';
import { allowedBy, neededWhere, whereGiven } from '../input/rules';
import { resolutionOption, videoResolution } from './videoResolution';

/** What a video model makes, of https://docs.magichour.ai/api-reference/video-projects/image-to-video */
interface VideoModel {
	name: string;
	/** How long its videos may be, in seconds. */
	durations: number[];
	resolutions: string[];
	/** Absent where it makes all. */
	aspectRatios?: string[];
	/** Whether it cannot make sound. */
	isSilent?: boolean;
	/** What it needs to end with a given image; absent where it cannot. */
	endImage?: { resolutions?: string[]; longest?: number };
}

const upTo720p = ['480p', '720p'];
const upTo1080p = ['480p', '720p', '1080p'];
const oneToThirty = [...range(1, 10), 15, 20, 25, 30];
const veo = {
	durations: [4, 6, 8, 16, 24, 32, 40, 48, 56],
	resolutions: ['720p', '1080p'],
	aspectRatios: ['16:9', '9:16'],
	endImage: { longest: 8 },
};

/** The models that make videos from text or an image, by the value that the API knows them by. */
const videoModels: Record<string, VideoModel> = {
	'kling-2.6': {
		name: 'Kling 2.6',
		durations: [5, 10],
		resolutions: ['720p', '1080p'],
		isSilent: true,
		endImage: { resolutions: ['1080p'] },
	},
	'kling-3.0': {
		name: 'Kling 3.0',
		durations: range(3, 15),
		resolutions: ['720p', '1080p', '4k'],
		endImage: {},
	},
	'ltx-2.3': {
		name: 'LTX 2.3',
		durations: oneToThirty,
		resolutions: upTo1080p,
		endImage: {},
	},
	'minimax-h3': { name: 'MiniMax H3', durations: oneToThirty, resolutions: upTo1080p },
	'seedance-1.5': {
		name: 'Seedance 1.5',
		durations: range(4, 12),
		resolutions: upTo1080p,
		endImage: {},
	},
	'seedance-2.0': {
		name: 'Seedance 2.0',
		durations: range(4, 15),
		resolutions: upTo720p,
		endImage: {},
	},
	'seedance-2.0-mini': {
		name: 'Seedance 2.0 Mini',
		durations: range(4, 15),
		resolutions: upTo720p,
		endImage: {},
	},
	'seedance-2.5': {
		name: 'Seedance 2.5',
		durations: range(4, 30),
		resolutions: upTo720p,
		endImage: {},
	},
	'sora-2': {
		name: 'Sora 2',
		durations: [4, 8, 12, 24, 36, 48, 60],
		resolutions: ['720p'],
		aspectRatios: ['16:9', '9:16'],
	},
	'veo3.1': { name: 'Veo 3.1', ...veo },
	'veo3.1-lite': { name: 'Veo 3.1 Lite', ...veo },
	'wan-2.2': {
		name: 'Wan 2.2',
		durations: [...range(3, 10), 15],
		resolutions: upTo1080p,
		isSilent: true,
	},
};

function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The fields whose values depend on the model, where an operation has them. */
const model = { displayName: 'Model', property: 'model' };
const duration = { displayName: 'Duration', property: 'end_seconds' };
const audio = { displayName: 'Include Audio', property: 'audio' };
export const endImage = { displayName: 'End Image', property: 'assets.end_image_file_path' };

/** How long the video becomes that a model makes. */
export const durationField: INodeProperties = {
	displayName: duration.displayName,
	name: 'durationSeconds',
	type: 'number',
	required: true,
	typeOptions: { minValue: 1, maxValue: 60 },
	default: 5,
	description: 'How many seconds long the video is. Each model makes some lengths only.',
	routing: sentAs(duration.property),
};

/** The model, and what it may be told, for the Options collection. */
export const videoModelOptions: INodeProperties[] = [
	{
		displayName: audio.displayName,
		name: 'includeAudio',
		type: 'boolean',
		default: false,
		description: 'Whether the video has sound, which costs more credits with some models',
		routing: sentAs(audio.property),
	},
	{
		displayName: model.displayName,
		name: 'model',
		type: 'options',
		options: [
			{ name: 'Default (Recommended)', value: 'default' },
			...Object.entries(videoModels).map(([value, { name }]) => ({ name, value })),
		],
		default: 'default',
		description: 'The AI model that makes the video. They differ in quality and in credits.',
		routing: sentAs(model.property),
	},
	resolutionOption(['480p', '720p', '1080p', '4k']),
];

/** What the models do not go with. */
export const videoModelRules = [
	allowedBy(
		model,
		[duration, videoResolution, aspectRatio, audio, endImage],
		byModel(({ durations, resolutions, aspectRatios, isSilent, endImage: end }) => ({
			[duration.property]: durations,
			[videoResolution.property]: resolutions,
			...(aspectRatios && { [aspectRatio.property]: aspectRatios }),
			...(isSilent && { [audio.property]: [false] }),
			...(end === undefined && { [endImage.property]: [] }),
		})),
	),
	whereGiven(
		endImage,
		allowedBy(
			model,
			[duration, videoResolution],
			byModel(
				({ durations, resolutions, endImage: { resolutions: ofEnd, longest = 60 } = {} }) => ({
					[duration.property]: durations.filter((seconds) => seconds <= longest),
					[videoResolution.property]: ofEnd ?? resolutions,
				}),
			),
		),
	),
	// What Magic Hour takes where no resolution is given is none of theirs.
	whereGiven(
		endImage,
		neededWhere(
			videoResolution,
			model,
			...Object.keys(videoModels).filter((value) => videoModels[value].endImage?.resolutions),
		),
	),
];

function byModel<Value>(read: (model: VideoModel) => Value): Record<string, Value> {
	return Object.fromEntries(Object.entries(videoModels).map(([value, one]) => [value, read(one)]));
}
