import type { INodeProperties } from 'n8n-workflow';
import {
	clipDurationWithin,
	clipEndsAfterStart,
	endSecondsField,
	startSecondsField,
} from '../../fields/clip';
import { videoField } from '../../fields/media';
import { factsOf, modelChoices, modelDescriptionByPlan } from '../../fields/models';
import { promptField } from '../../fields/prompt';
import {
	describeReferences,
	referenceNamesAreDistinct,
	referencesOfModel,
	referencesOption,
} from '../../fields/references';
import { sentAs } from '../../fields/routing';
import {
	formatResolutions,
	videoResolutionOption,
	type VideoResolution,
} from '../../fields/videoResolution';
import { allowedValuesBy, whenChosen } from '../../input/rules';
import { formatDuration, type DurationRange } from '../../messages/validation';
import { createOperation } from '../project';
import { videoProjectKind, type FileKind } from '../../api/projectKinds';

/**
 * What an editing model takes, of https://docs.magichour.ai/api-reference/video-projects/ai-video-editor;
 * what is absent is not known.
 */
interface EditingModel {
	name: string;
	duration?: DurationRange;
	resolutions?: VideoResolution[];
	/** How long the clip may be in 1080p, where that is less. */
	durationAt1080p?: DurationRange;
	/** Whether the free plan lacks it. */
	isPaid?: boolean;
	/** The kinds of references that it takes. */
	references?: FileKind[];
}

/** The models that edit videos, by the value that the API knows them by. */
const editingModels: Record<string, EditingModel> = {
	'gemini-omni-1.1': {
		name: 'Gemini Omni 1.1',
		duration: { min: 3, max: 10 },
		resolutions: ['360p', '720p', '1080p'],
		references: ['image'],
	},
	'ltx-2.3': { name: 'LTX 2.3' },
	'ltx-2.5': {
		name: 'LTX 2.5',
		duration: { min: 0.5, max: 60 },
		durationAt1080p: { min: 0.5, max: 30 },
		resolutions: ['480p', '720p', '1080p'],
		references: [],
	},
	'wan-3.0': {
		name: 'Wan 3.0',
		duration: { min: 2, max: 15 },
		isPaid: true,
		resolutions: ['480p', '720p', '1080p'],
		references: ['image'],
	},
};

function describeClip({ duration, durationAt1080p }: EditingModel): string | undefined {
	if (duration === undefined) return undefined;
	const words = `clips of ${formatDuration(duration)}`;
	return durationAt1080p === undefined ? words : `${words}, up to ${durationAt1080p.max} in 1080p`;
}

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: modelChoices(editingModels, (model) => [
		model.resolutions && formatResolutions(model.resolutions),
		describeClip(model),
		model.references && describeReferences(model.references),
		model.isPaid === true ? 'requires a paid plan' : undefined,
	]),
	default: 'gemini-omni-1.1',
	description: modelDescriptionByPlan,
	routing: sentAs('model'),
};

const resolutionOption = videoResolutionOption(['360p', '480p', '720p', '1080p']);

export const edit = createOperation(videoProjectKind, {
	name: 'Edit',
	value: 'edit',
	action: 'Edit video',
	description: 'Edit a video based on a prompt (AI Video Editor)',
	url: '/v1/ai-video-editor',
	fields: [
		videoField,
		{ ...promptField('Describe the changes you want'), placeholder: 'e.g. Let it snow' },
		endSecondsField,
	],
	options: [startSecondsField, modelOption, resolutionOption, referencesOption],
	rules: () => [
		clipEndsAfterStart,
		clipDurationWithin(
			modelOption,
			factsOf(editingModels, ({ duration }) => duration),
		),
		whenChosen(
			resolutionOption,
			'1080p',
			clipDurationWithin(
				modelOption,
				factsOf(editingModels, ({ durationAt1080p }) => durationAt1080p),
			),
		),
		allowedValuesBy(
			modelOption,
			resolutionOption,
			factsOf(editingModels, ({ resolutions }) => resolutions),
		),
		...referencesOfModel(
			modelOption,
			factsOf(editingModels, ({ references }) => references),
		),
		referenceNamesAreDistinct,
	],
});
