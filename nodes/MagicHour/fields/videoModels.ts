import type { INodeProperties } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { allowedValuesBy, notWith, requiredBy, whenGiven, type Rule } from '../input/rules';
import { aspectRatioOption, type AspectRatio } from './aspectRatio';
import { durationField } from './duration';
import { optionalFileField } from './file';
import { formatAlternatives } from '../messages/text';
import { factsOf, modelChoices, modelDescription, range } from './models';
import { describeReferences, referencesOfModel } from './references';
import { sentAs } from './routing';
import { formatResolutions, videoResolutionOption, type VideoResolution } from './videoResolution';

/**
 * What a video model makes, of https://docs.magichour.ai/api-reference/video-projects/image-to-video;
 * what is absent is not limited, or not known.
 */
interface VideoModel {
	name: string;
	/** How long its videos may be, in seconds. */
	durations?: number[];
	resolutions?: VideoResolution[];
	aspectRatios?: AspectRatio[];
	/** Whether it cannot make sound. */
	isSilent?: boolean;
	/** What it needs to end with a given image; null where it cannot. */
	endImage?: { resolutions?: VideoResolution[]; maxSeconds?: number } | null;
	/** The kinds of references that it takes, with a prompt alone. */
	references?: FileKind[];
}

const upTo720p: VideoResolution[] = ['480p', '720p'];
const upTo1080p: VideoResolution[] = [...upTo720p, '1080p'];
const from720p: VideoResolution[] = ['720p', '1080p'];
const wideOrTall: AspectRatio[] = ['16:9', '9:16'];
const anyKind: FileKind[] = ['image', 'video', 'audio'];
const veo: Omit<VideoModel, 'name'> = {
	durations: [4, 6, 8, 16, 24, 32, 40, 48, 56],
	resolutions: from720p,
	aspectRatios: wideOrTall,
	endImage: { maxSeconds: 8 },
	references: [],
};

/** The models that make videos from text or an image, by the value that the API knows them by. */
const videoModels: Record<string, VideoModel> = {
	'gemini-omni-1.1': {
		name: 'Gemini Omni 1.1',
		durations: range(3, 10),
		resolutions: ['360p', '720p', '1080p', '4k'],
		aspectRatios: wideOrTall,
		isSilent: true,
		references: [],
	},
	'kling-2.6': {
		name: 'Kling 2.6',
		durations: [5, 10],
		resolutions: from720p,
		isSilent: true,
		endImage: { resolutions: ['1080p'] },
		references: [],
	},
	'kling-3.0': {
		name: 'Kling 3.0',
		durations: range(3, 15),
		resolutions: [...from720p, '4k'],
		references: ['image', 'video'],
	},
	'kling-4.0': { name: 'Kling 4.0' },
	'ltx-2.5': {
		name: 'LTX 2.5',
		durations: range(1, 60),
		resolutions: upTo1080p,
		references: [],
	},
	'minimax-h3': {
		name: 'MiniMax H3',
		durations: range(1, 30),
		resolutions: upTo1080p,
		references: anyKind,
	},
	'seedance-1.5': {
		name: 'Seedance 1.5',
		durations: range(4, 12),
		resolutions: upTo1080p,
		references: [],
	},
	'seedance-2.0': {
		name: 'Seedance 2.0',
		durations: range(4, 15),
		resolutions: [...upTo1080p, '4k'],
		references: anyKind,
	},
	'seedance-2.0-fast': { name: 'Seedance 2.0 Fast' },
	'seedance-2.0-mini': {
		name: 'Seedance 2.0 Mini',
		durations: range(4, 15),
		resolutions: upTo720p,
		references: anyKind,
	},
	'seedance-2.5': {
		name: 'Seedance 2.5',
		durations: range(4, 30),
		resolutions: [...upTo1080p, '4k'],
		references: anyKind,
	},
	'veo3.1': { name: 'Veo 3.1', ...veo },
	'veo3.1-lite': { name: 'Veo 3.1 Lite', ...veo },
	'wan-2.2': {
		name: 'Wan 2.2',
		durations: [...range(3, 10), 15],
		resolutions: upTo1080p,
		isSilent: true,
		endImage: null,
		references: [],
	},
	'wan-3.0': {
		name: 'Wan 3.0',
		durations: [...range(2, 10), 15, 20, 25, 30],
		resolutions: upTo1080p,
		references: anyKind,
	},
};

const resolutions: VideoResolution[] = ['360p', '480p', '720p', '1080p', '4k'];

/** @param describe tells what else is known of a model */
function modelOptionWith(describe: (model: VideoModel) => string | undefined): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'options',
		options: [
			{
				name: 'Default (Recommended)',
				value: 'default',
				description: 'Kling 3.0 on paid plans, LTX 2.5 on the free plan',
			},
			...modelChoices(videoModels, (model) => [
				model.resolutions && formatResolutions(model.resolutions, resolutions),
				model.durations && `${formatAlternatives(model.durations)} seconds`,
				describeAudio(model),
				describe(model),
			]),
		],
		default: 'default',
		description: modelDescription,
		routing: sentAs('model'),
	};
}

/** Of a model whose other limits are known, it is known as well where it has no audio. */
function describeAudio({ durations, isSilent = false }: VideoModel): string | undefined {
	if (durations === undefined) return undefined;
	return isSilent ? 'no audio' : 'with audio';
}

function describeEndImage({ endImage }: VideoModel): string | undefined {
	if (endImage === null) return 'no end image';
	if (endImage?.resolutions !== undefined) {
		return `end image in ${formatResolutions(endImage.resolutions, resolutions)} only`;
	}
	const { maxSeconds } = endImage ?? {};
	return maxSeconds === undefined ? undefined : `end image up to ${maxSeconds} seconds`;
}

const modelOfText = modelOptionWith(
	({ references }) => references && describeReferences(references),
);
const modelOfImage = modelOptionWith(describeEndImage);
/** Both have the same choices. */
const modelOption = modelOfText;

const includeAudioOption: INodeProperties = {
	displayName: 'Include Audio',
	name: 'includeAudio',
	type: 'boolean',
	default: false,
	description:
		"Whether to generate audio with the video. Some models don't support it, and some charge more credits for it.",
	routing: sentAs('audio'),
};

const resolutionOption = videoResolutionOption(resolutions);

/** How long the video of a model becomes. */
export const videoModelDuration = durationField(
	'The length of the video. Supported durations depend on the model.',
	{ minValue: 1, maxValue: 60 },
);

/** The model of a video from text and its settings, for the Options collection. */
export const textModelOptions = [includeAudioOption, modelOfText, resolutionOption];

/** The model of a video from an image and its settings, for the Options collection. */
export const imageModelOptions = [includeAudioOption, modelOfImage, resolutionOption];

/** The shape of a video from text. */
export const videoAspectRatioOption = aspectRatioOption('16:9', '1:1', '9:16');

/** The image that a video from an image ends with. */
export const endImageOption = optionalFileField({
	displayName: 'End Image',
	name: 'endImage',
	routing: sentAs('assets.end_image_file_path'),
	kinds: ['image'],
	description: "The image that the video ends with. Some models don't support it.",
});

/** @returns what refuses that with which a model does not go */
export const listVideoModelRules = (): Rule[] => [
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
	notWith(
		modelOption,
		modelsWith(({ endImage }) => endImage === null),
		endImageOption,
	),
	whenGiven(
		endImageOption,
		allowedValuesBy(
			modelOption,
			videoModelDuration,
			factsOf(videoModels, ({ durations, endImage }) =>
				durations?.filter((seconds) => seconds <= (endImage?.maxSeconds ?? Infinity)),
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
		requiredBy(
			modelOption,
			resolutionOption,
			factsOf(videoModels, ({ endImage }) => endImage?.resolutions),
		),
	),
	...referencesOfModel(
		modelOption,
		factsOf(videoModels, ({ references }) => references),
	),
];

/** @returns the models of which something is true, by the value that the API knows them by */
function modelsWith(isTrue: (model: VideoModel) => boolean): string[] {
	return Object.entries(videoModels).flatMap(([value, model]) => (isTrue(model) ? [value] : []));
}
