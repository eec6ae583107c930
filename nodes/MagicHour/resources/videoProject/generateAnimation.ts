import type { INodeProperties } from 'n8n-workflow';
import { durationField } from '../../fields/duration';
import { audioField, startImageOption } from '../../fields/media';
import { promptOfPromptType, promptTypeField } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { showWhen } from '../../fields/showWhen';
import { youtubeUrlIsUrl, youtubeUrlOf } from '../../fields/youtube';
import { limits } from '../../input/fieldLimits';
import { allowedOnlyWhen, allowedValuesBy, requiredWhen } from '../../input/rules';
import { createOperation } from '../project';
import { artStyles, cameraEffects } from './animationChoices';
import { videoProjectKind } from '../../api/projectKinds';

const audioSourceField: INodeProperties = {
	displayName: 'Audio Source',
	name: 'audioSource',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'File',
			value: 'file',
			description: 'Use a binary field, a URL, or a Magic Hour file',
		},
		{ name: 'None', value: 'none', description: 'Generate a video without audio' },
		{ name: 'YouTube', value: 'youtube', description: 'Use the audio of a YouTube video' },
	],
	default: 'none',
	routing: sentAs('assets.audio_source'),
};

const artStyleField: INodeProperties = {
	displayName: 'Art Style',
	name: 'artStyle',
	type: 'options',
	options: artStyles,
	default: 'Directed by AI',
	description: 'How the animation looks',
	routing: sentAs('style.art_style'),
};

const customArtStyleField: INodeProperties = {
	displayName: 'Custom Art Style',
	name: 'customArtStyle',
	type: 'string',
	default: '',
	placeholder: 'e.g. Chalk on a blackboard',
	description: 'Describe the art style you want',
	displayOptions: showWhen(artStyleField, 'Custom'),
	routing: sentAs('style.art_style_custom'),
};

const promptTypeOfAnimation = promptTypeField(
	[
		{ name: 'Chosen by AI', value: 'ai_choose', description: 'Requires audio' },
		{ name: 'Custom', value: 'custom', description: 'Write your own prompt' },
		{ name: 'Lyrics', value: 'use_lyrics', description: 'Requires audio with lyrics' },
	],
	'custom',
);

const anyAudio = ['file', 'youtube'];

export const generateAnimation = createOperation(videoProjectKind, {
	name: 'Generate Animation',
	value: 'generateAnimation',
	action: 'Generate animation',
	description: 'Generate an animated video from a prompt, with or without music',
	url: '/v1/animation',
	fields: [
		audioSourceField,
		{ ...audioField, displayOptions: showWhen(audioSourceField, 'file') },
		youtubeUrlOf(audioSourceField),
		promptTypeOfAnimation,
		promptOfPromptType,
		artStyleField,
		customArtStyleField,
		{
			displayName: 'Camera Effect',
			name: 'cameraEffect',
			type: 'options',
			options: cameraEffects,
			default: 'Directed by AI',
			description: 'How the camera moves',
			routing: sentAs('style.camera_effect'),
		},
		{
			displayName: 'Transition Speed',
			name: 'transitionSpeed',
			type: 'number',
			required: true,
			typeOptions: limits({ minValue: 1, maxValue: 10, numberPrecision: 0 }),
			default: 5,
			description: 'How quickly the content changes, from 1 (calm) to 10 (wild)',
			routing: sentAs('style.transition_speed'),
		},
		durationField('The length of the video. Longer videos cost more credits.', { minValue: 0.1 }),
		{
			displayName: 'Width (Pixels)',
			name: 'width',
			type: 'number',
			required: true,
			typeOptions: limits({ minValue: 64, numberPrecision: 0 }),
			default: 960,
			description: 'The width of the video. The maximum depends on your plan.',
			routing: sentAs('width'),
		},
		{
			displayName: 'Height (Pixels)',
			name: 'height',
			type: 'number',
			required: true,
			typeOptions: limits({ minValue: 64, numberPrecision: 0 }),
			default: 512,
			description: 'The height of the video. The maximum depends on your plan.',
			routing: sentAs('height'),
		},
		{
			displayName: 'Frames per Second',
			name: 'fps',
			type: 'number',
			required: true,
			typeOptions: limits({ minValue: 1 }),
			default: 12,
			description: 'How smooth the motion is. More frames cost more credits.',
			routing: sentAs('fps'),
		},
	],
	options: [startImageOption],
	rules: () => [
		youtubeUrlIsUrl,
		allowedValuesBy(promptTypeOfAnimation, audioSourceField, {
			ai_choose: anyAudio,
			use_lyrics: anyAudio,
		}),
		requiredWhen(customArtStyleField, artStyleField, 'Custom'),
		allowedOnlyWhen(customArtStyleField, artStyleField, 'Custom'),
	],
});
