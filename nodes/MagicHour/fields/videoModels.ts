import type { INodeProperties } from 'n8n-workflow';
import { allowedValuesBy, requiredWhen, whenGiven, type Rule } from '../input/rules';
import { aspectRatioOption, type AspectRatio } from './aspectRatio';
import { durationField } from './duration';
import { optionalFileField } from './file';
import { factsOf } from './models';
import { sentAs } from './routing';
import { videoResolutionOption, type VideoResolution } from './videoResolution';

/** What a video model makes, of https://docs.magichour.ai/api-reference/video-projects/image-to-video */
interface VideoModel {
	name: string;
	/** How long its videos may be, in seconds. */
	durations: number[];
	resolutions: VideoResolution[];
	/** Absent where it makes all. */
	aspectRatios?: AspectRatio[];
	/** Whether it cannot make sound. */
	isSilent?: boolean;
	/** What it needs to end with a given image; absent where it cannot. */
	endImage?: { resolutions?: VideoResolution[]; maxSeconds?: number };
}

const upTo720p: VideoResolution[] = ['480p', '720p'];
const upTo1080p: VideoResolution[] = ['480p', '720p', '1080p'];
const oneToThirty = [...range(1, 10), 15, 20, 25, 30];
const veo: Omit<VideoModel, 'name'> = {
	durations: [4, 6, 8, 16, 24, 32, 40, 48, 56],
	resolutions: ['720p', '1080p'],
	aspectRatios: ['16:9', '9:16'],
	endImage: { maxSeconds: 8 },
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

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: [
		{ name: 'Default (Recommended)', value: 'default' },
		...Object.entries(videoModels).map(([value, { name }]) => ({ name, value })),
	],
	default: 'default',
	description: 'The AI model that makes the video. They differ in quality and in credits.',
	routing: sentAs('model'),
};

const includeAudioOption: INodeProperties = {
	displayName: 'Include Audio',
	name: 'includeAudio',
	type: 'boolean',
	default: false,
	description: 'Whether the video has sound, which costs more credits with some models',
	routing: sentAs('audio'),
};

const resolutionOption = videoResolutionOption(['480p', '720p', '1080p', '4k']);

/** How long the video of a model becomes. */
export const videoModelDuration = durationField(
	'How many seconds long the video is. Each model makes some lengths only.',
	{
		minValue: 1,
		maxValue: Math.max(...Object.values(videoModels).flatMap(({ durations }) => durations)),
	},
);

/** The model and its settings, for the Options collection. */
export const videoModelOptions = [includeAudioOption, modelOption, resolutionOption];

/** The shape of a video from text. */
export const videoAspectRatioOption = aspectRatioOption('16:9', '1:1', '9:16');

/** The image that a video from an image ends with. */
export const endImageOption = optionalFileField({
	displayName: 'End Image',
	name: 'endImage',
	routing: sentAs('assets.end_image_file_path'),
	kinds: ['image'],
	description: 'The image that the video ends with. Not every model can do that.',
});

/** Refuse what a model does not go with. */
export const videoModelRules: Rule[] = [
	allowedValuesBy(
		modelOption,
		videoModelDuration,
		factsOf(videoModels, ({ durations }) => durations),
	),
	allowedValuesBy(
		modelOption,
		resolutionOption,
		factsOf(videoModels, ({ resolutions }) => resolutions),
	),
	allowedValuesBy(
		modelOption,
		videoAspectRatioOption,
		factsOf(videoModels, ({ aspectRatios }) => aspectRatios),
	),
	allowedValuesBy(
		modelOption,
		includeAudioOption,
		factsOf(videoModels, ({ isSilent }) => (isSilent ? [false] : undefined)),
	),
	allowedValuesBy(
		modelOption,
		endImageOption,
		factsOf(videoModels, ({ endImage }) => (endImage === undefined ? [] : undefined)),
	),
	whenGiven(
		endImageOption,
		allowedValuesBy(
			modelOption,
			videoModelDuration,
			factsOf(videoModels, ({ durations, endImage: { maxSeconds = Infinity } = {} }) =>
				durations.filter((seconds) => seconds <= maxSeconds),
			),
		),
	),
	whenGiven(
		endImageOption,
		allowedValuesBy(
			modelOption,
			resolutionOption,
			factsOf(videoModels, ({ resolutions, endImage }) => endImage?.resolutions ?? resolutions),
		),
	),
	// What Magic Hour takes where no resolution is given is none of theirs.
	whenGiven(
		endImageOption,
		requiredWhen(
			resolutionOption,
			modelOption,
			...Object.keys(videoModels).filter((value) => videoModels[value]?.endImage?.resolutions),
		),
	),
];
