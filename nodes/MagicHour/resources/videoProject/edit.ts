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
import { sentAs } from '../../fields/routing';
import { upTo1080pOption, type VideoResolution } from '../../fields/videoResolution';
import { allowedValuesBy } from '../../input/rules';
import type { DurationRange } from '../../messages/validation';
import { createOperation } from '../project';
import { videoProjectKind } from '../../api/projectKinds';

/** What an editing model takes, of https://docs.magichour.ai/api-reference/video-projects/ai-video-editor */
interface EditingModel {
	name: string;
	description: string;
	duration: DurationRange;
	/** Absent where it makes all. */
	resolutions?: VideoResolution[];
}

/** The models that edit videos, by the value that the API knows them by. */
const editingModels: Record<string, EditingModel> = {
	'gemini-omni': {
		name: 'Gemini Omni',
		description: '3 to 10 seconds, in 720p only',
		duration: { min: 3, max: 10 },
		resolutions: ['720p'],
	},
	'ltx-2.3': {
		name: 'LTX 2.3',
		description: 'Up to 45 seconds',
		duration: { min: 0.5, max: 45 },
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
	default: 'gemini-omni',
	description: 'The AI model that edits the video. Without it, it depends on your plan.',
	routing: sentAs('model'),
};

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
	options: [startSecondsField, modelOption, upTo1080pOption],
	rules: [
		clipEndsAfterStart,
		clipDurationWithin(
			modelOption,
			factsOf(editingModels, ({ duration }) => duration),
		),
		allowedValuesBy(
			modelOption,
			upTo1080pOption,
			factsOf(editingModels, ({ resolutions }) => resolutions),
		),
	],
});
