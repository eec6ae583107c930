import type { INodeProperties } from 'n8n-workflow';
import {
	clipDurationWithin,
	clipEndsAfterStart,
	endSecondsField,
	startSecondsField,
} from '../../fields/clip';
import { sentAs, sentInListAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import { videoField } from '../../fields/media';
import { promptOption } from '../../fields/prompt';
import { showWhen } from '../../fields/showWhen';
import { limits } from '../../input/fieldLimits';
import { allowedValuesBy, notWith, whenChosen } from '../../input/rules';
import { createOperation } from '../project';
import { upTo1080pFrom480pOption } from '../../fields/videoResolution';
import { videoProjectKind } from '../../api/projectKinds';

const selectionModeField: INodeProperties = {
	displayName: 'Person to Replace',
	name: 'selectionMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Found Automatically',
			value: 'auto',
			description: 'Magic Hour finds a person in the video',
		},
		{ name: 'Marked by Points', value: 'point', description: 'You say where the person is' },
	],
	default: 'auto',
	description: 'Which person in the video the character replaces',
	routing: sentAs('style.selection_mode'),
};

const pointsProperty = 'style.points';

const pointsField: INodeProperties = {
	displayName: 'Points',
	name: 'points',
	type: 'fixedCollection',
	required: true,
	typeOptions: limits({ multipleValues: true }),
	placeholder: 'Add Point',
	default: {},
	description: 'Where the person is seen in the video',
	displayOptions: showWhen(selectionModeField, 'point'),
	options: [
		{
			displayName: 'Point',
			name: 'point',
			values: [
				{
					displayName: 'Pixels From Left',
					name: 'positionX',
					type: 'number',
					required: true,
					typeOptions: limits({ minValue: 0, numberPrecision: 0 }),
					default: 0,
					description: 'How many pixels the point is away from the left edge',
					routing: sentInListAs(pointsProperty, 'position_x'),
				},
				{
					displayName: 'Pixels From Top',
					name: 'positionY',
					type: 'number',
					required: true,
					typeOptions: limits({ minValue: 0, numberPrecision: 0 }),
					default: 0,
					description: 'How many pixels the point is away from the top edge',
					routing: sentInListAs(pointsProperty, 'position_y'),
				},
				{
					displayName: 'Seconds',
					name: 'timeSeconds',
					type: 'number',
					required: true,
					typeOptions: limits({ minValue: 0 }),
					default: 0,
					description: 'When the person is there, in seconds from the beginning of the file',
					routing: sentInListAs(pointsProperty, 'time_seconds'),
				},
			],
		},
	],
};

/** What Magic Hour takes where no model is given. */
const defaultModel = 'wan-animate';

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: [
		{
			name: 'Kling 3.0',
			value: 'kling-3.0',
			description: 'Finds the person automatically; clips of 3 to 10 seconds, or 30 with Animate',
		},
		{ name: 'Kling 4.0', value: 'kling-4.0' },
		{
			name: 'MiniMax H3',
			value: 'minimax-h3',
			description: 'Longer clips; takes points with the mode Replace only',
		},
		{ name: 'Wan Animate', value: defaultModel, description: 'In 480p and 720p, without a prompt' },
	],
	default: defaultModel,
	description: 'The AI model to use',
	routing: sentAs('model'),
};

const modeOption: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Animate',
			value: 'animate',
			description: 'The image moves as the person in the video does',
		},
		{
			name: 'Replace',
			value: 'replace',
			description: 'The video stays, with the character in it',
		},
	],
	default: 'replace',
	description: 'Whether the video or the image stays as it is',
	routing: sentAs('style.mode'),
};

const characterPromptOption = promptOption(
	'Describe the video you want. Supported by some models only.',
);

export const replaceCharacter = createOperation(videoProjectKind, {
	name: 'Replace Character',
	value: 'replaceCharacter',
	action: 'Replace a character in a video',
	description: 'Put a character from an image in the place of a person in a video',
	url: '/v1/character-replace',
	fields: [
		videoField,
		fileField({
			displayName: 'Character',
			name: 'character',
			routing: sentAs('assets.image_file_path'),
			kinds: ['image'],
			description: 'An image of the new character',
			default: 'character',
		}),
		selectionModeField,
		pointsField,
		endSecondsField,
	],
	options: [
		modeOption,
		modelOption,
		characterPromptOption,
		upTo1080pFrom480pOption,
		startSecondsField,
	],
	rules: () => [
		clipEndsAfterStart,
		clipDurationWithin(modelOption, { 'kling-3.0': { min: 3, max: 30 } }),
		whenChosen(
			modeOption,
			'replace',
			clipDurationWithin(modelOption, { 'kling-3.0': { min: 3, max: 10 } }),
		),
		allowedValuesBy(
			modelOption,
			upTo1080pFrom480pOption,
			{ 'kling-3.0': ['720p', '1080p'], [defaultModel]: ['480p', '720p'] },
			defaultModel,
		),
		allowedValuesBy(modelOption, selectionModeField, { 'kling-3.0': ['auto'] }),
		notWith(modelOption, [defaultModel], characterPromptOption, defaultModel),
	],
});
