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
import { factsOf, modelChoices, modelDescription } from '../../fields/models';
import { promptOption } from '../../fields/prompt';
import { showWhen } from '../../fields/showWhen';
import { limits } from '../../input/fieldLimits';
import { allowedValuesBy, notWith, whenChosen } from '../../input/rules';
import { formatDuration, type DurationRange } from '../../messages/validation';
import { createOperation } from '../project';
import {
	formatResolutions,
	upTo1080pFrom480pOption,
	type VideoResolution,
} from '../../fields/videoResolution';
import { videoProjectKind } from '../../api/projectKinds';

const selectionModeField: INodeProperties = {
	displayName: 'Person to Replace',
	name: 'selectionMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Detected Automatically',
			value: 'auto',
			description: 'Let Magic Hour find the person',
		},
		{
			name: 'Marked with Points',
			value: 'point',
			description: 'Mark the person with one or more points',
		},
	],
	default: 'auto',
	description: 'How to select the person in the video',
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
	description: 'Points on the person to replace',
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
					description: 'The distance of the point from the left edge of the video',
					routing: sentInListAs(pointsProperty, 'position_x'),
				},
				{
					displayName: 'Pixels From Top',
					name: 'positionY',
					type: 'number',
					required: true,
					typeOptions: limits({ minValue: 0, numberPrecision: 0 }),
					default: 0,
					description: 'The distance of the point from the top edge of the video',
					routing: sentInListAs(pointsProperty, 'position_y'),
				},
				{
					displayName: 'Time (Seconds)',
					name: 'timeSeconds',
					type: 'number',
					required: true,
					typeOptions: limits({ minValue: 0 }),
					default: 0,
					description: 'When the person is at this point, counted from the beginning of the file',
					routing: sentInListAs(pointsProperty, 'time_seconds'),
				},
			],
		},
	],
};

/**
 * What a model that replaces characters takes, of
 * https://docs.magichour.ai/api-reference/video-projects/character-replace; what is absent is not known.
 */
interface CharacterModel {
	name: string;
	resolutions?: VideoResolution[];
	/** How long the clip may be, in each mode. */
	durations?: { animate: DurationRange; replace: DurationRange };
	/** Whether it always finds the person itself. */
	takesNoPoints?: boolean;
	takesNoPrompt?: boolean;
	/** What else is known of it, in short. */
	notes?: string[];
}

/** What Magic Hour takes where no model is given. */
const defaultModel = 'wan-animate';

/** The models that replace characters, by the value that the API knows them by. */
const characterModels: Record<string, CharacterModel> = {
	'kling-3.0': {
		name: 'Kling 3.0',
		resolutions: ['720p', '1080p'],
		durations: { animate: { min: 3, max: 30 }, replace: { min: 3, max: 10 } },
		takesNoPoints: true,
	},
	'kling-4.0': { name: 'Kling 4.0' },
	'minimax-h3': {
		name: 'MiniMax H3',
		notes: ['supports longer clips', 'points in Replace mode only'],
	},
	[defaultModel]: { name: 'Wan Animate', resolutions: ['480p', '720p'], takesNoPrompt: true },
};

function describeClip({ durations }: CharacterModel): string | undefined {
	if (durations === undefined) return undefined;
	const { animate, replace } = durations;
	return `clips of ${formatDuration(replace)}, up to ${animate.max} in Animate mode`;
}

/** @returns the models of which something is true, by the value that the API knows them by */
function modelsWith(isTrue: (model: CharacterModel) => boolean | undefined): string[] {
	return Object.entries(characterModels).flatMap(([value, model]) =>
		isTrue(model) === true ? [value] : [],
	);
}

const modelOption: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'options',
	options: modelChoices(characterModels, (model) => [
		model.resolutions && formatResolutions(model.resolutions),
		describeClip(model),
		model.takesNoPoints === true ? 'no points' : undefined,
		model.takesNoPrompt === true ? 'no prompt' : undefined,
		...(model.notes ?? []),
	]),
	default: defaultModel,
	description: modelDescription,
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
			description: "Animate the image with the person's movements",
		},
		{
			name: 'Replace',
			value: 'replace',
			description: 'Put the character into the video',
		},
	],
	default: 'replace',
	description: "Which scene to keep: the video's or the image's",
	routing: sentAs('style.mode'),
};

const characterPromptOption = promptOption(
	"Describe the video you want. Some models don't support it.",
);

export const replaceCharacter = createOperation(videoProjectKind, {
	name: 'Replace Character',
	value: 'replaceCharacter',
	action: 'Replace character in video',
	description: 'Replace a person in a video with a character from an image (Character Replace)',
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
		clipDurationWithin(
			modelOption,
			factsOf(characterModels, ({ durations }) => durations?.animate),
		),
		whenChosen(
			modeOption,
			'replace',
			clipDurationWithin(
				modelOption,
				factsOf(characterModels, ({ durations }) => durations?.replace),
			),
		),
		allowedValuesBy(
			modelOption,
			upTo1080pFrom480pOption,
			factsOf(characterModels, ({ resolutions }) => resolutions),
			defaultModel,
		),
		allowedValuesBy(
			modelOption,
			selectionModeField,
			factsOf(characterModels, ({ takesNoPoints }) =>
				takesNoPoints === true ? ['auto'] : undefined,
			),
		),
		notWith(
			modelOption,
			modelsWith(({ takesNoPrompt }) => takesNoPrompt),
			characterPromptOption,
			defaultModel,
		),
	],
});
