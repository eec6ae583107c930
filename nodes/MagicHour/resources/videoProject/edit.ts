import type { INodeProperties } from 'n8n-workflow';
import {
	clipDurationWithin,
	clipEndsAfterStart,
	endSecondsField,
	startSecondsField,
} from '../../fields/clip';
import { videoField } from '../../fields/media';
import { factsOf } from '../../fields/models';
import { promptField } from '../../fields/prompt';
import {
	referenceNamesAreDistinct,
	referencesOfModel,
	referencesOption,
} from '../../fields/references';
import { sentAs } from '../../fields/routing';
import { videoResolutionOption, type VideoResolution } from '../../fields/videoResolution';
import { allowedValuesBy, whenChosen } from '../../input/rules';
import type { DurationRange } from '../../messages/validation';
import { createOperation } from '../project';
import { videoProjectKind, type FileKind } from '../../api/projectKinds';

/**
 * What an editing model takes, of https://docs.magichour.ai/api-reference/video-projects/ai-video-editor;
 * what is absent is not known.
 */
interface EditingModel {
	name: string;
	description?: string;
	duration?: DurationRange;
	resolutions?: VideoResolution[];
	/** The kinds of references that it takes. */
	references?: FileKind[];
}

/** The models that edit videos, by the value that the API knows them by. */
const editingModels: Record<string, EditingModel> = {
	'gemini-omni-1.1': {
		name: 'Gemini Omni 1.1',
		description: 'Clips of 3 to 10 seconds',
		duration: { min: 3, max: 10 },
		resolutions: ['360p', '720p', '1080p'],
		references: ['image'],
	},
	'ltx-2.3': { name: 'LTX 2.3' },
	'ltx-2.5': {
		name: 'LTX 2.5',
		description: 'Clips of up to 60 seconds, or up to 30 in 1080p; no references',
		duration: { min: 0.5, max: 60 },
		resolutions: ['480p', '720p', '1080p'],
		references: [],
	},
	'wan-3.0': {
		name: 'Wan 3.0',
		description: 'Clips of 2 to 15 seconds; requires a paid plan',
		duration: { min: 2, max: 15 },
		resolutions: ['480p', '720p', '1080p'],
		references: ['image'],
	},
};

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: Object.entries(editingModels).map(([value, { name, description }]) => ({
		name,
		value,
		description,
	})),
	default: 'gemini-omni-1.1',
	description: 'The AI model to use. The default depends on your plan.',
	routing: sentAs('model'),
};

const resolutionOption = videoResolutionOption(['360p', '480p', '720p', '1080p']);

export const edit = createOperation(videoProjectKind, {
	name: 'Edit',
	value: 'edit',
	action: 'Edit a video',
	description: 'Change a video as a text says',
	url: '/v1/ai-video-editor',
	fields: [
		videoField,
		{ ...promptField('What shall be changed'), placeholder: 'e.g. Let it snow' },
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
			clipDurationWithin(modelOption, { 'ltx-2.5': { min: 0.5, max: 30 } }),
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
