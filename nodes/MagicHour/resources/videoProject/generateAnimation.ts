import { promptOfPromptType, sentAs } from '../../fields/fields';
import { audioField, startImageOption } from '../../fields/media';
import { createOperation } from '../project';
import { allowedBy, neededWhere, onlyWhere } from '../../input/rules';
import { youtubeUrlField, youtubeUrlIsAddress } from '../../fields/youtube';
import { artStyles, cameraEffects } from './animationChoices';
import { videoProjectKind } from './kind';

const audioSource = { displayName: 'Audio Source', property: 'assets.audio_source' };
const promptType = { displayName: 'Prompt Type', property: 'style.prompt_type' };
const artStyle = { displayName: 'Art Style', property: 'style.art_style' };
const customArtStyle = { displayName: 'Custom Art Style', property: 'style.art_style_custom' };
const anyAudio = { [audioSource.property]: ['file', 'youtube'] };

export const generateAnimation = createOperation(videoProjectKind, {
	name: 'Generate Animation',
	value: 'generateAnimation',
	action: 'Generate an animation',
	description: 'Generate a video that flows from image to image, with or without music',
	url: '/v1/animation',
	fields: [
		{
			displayName: audioSource.displayName,
			name: 'audioSource',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'File',
					value: 'file',
					description: 'A binary field, a URL or a Magic Hour file',
				},
				{ name: 'None', value: 'none', description: 'The video has no sound' },
				{ name: 'YouTube', value: 'youtube', description: 'The sound of a video on YouTube' },
			],
			default: 'none',
			description: 'Where the sound of the video comes from',
			routing: sentAs(audioSource.property),
		},
		{ ...audioField, displayOptions: { show: { audioSource: ['file'] } } },
		youtubeUrlField('audioSource'),
		{
			displayName: promptType.displayName,
			name: 'promptType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Chosen by AI', value: 'ai_choose', description: 'Needs a sound' },
				{ name: 'Custom', value: 'custom', description: 'You write it' },
				{ name: 'Lyrics', value: 'use_lyrics', description: 'Needs a sound with words' },
			],
			default: 'custom',
			description: 'Where the prompt comes from, which says what the video shows',
			routing: sentAs(promptType.property),
		},
		promptOfPromptType,
		{
			displayName: artStyle.displayName,
			name: 'artStyle',
			type: 'options',
			options: artStyles,
			default: 'Directed by AI',
			description: 'How the images are drawn',
			routing: sentAs(artStyle.property),
		},
		{
			displayName: customArtStyle.displayName,
			name: 'customArtStyle',
			type: 'string',
			default: '',
			placeholder: 'e.g. Chalk on a blackboard',
			description: 'How the images are drawn, in your own words',
			displayOptions: { show: { artStyle: ['Custom'] } },
			routing: sentAs(customArtStyle.property),
		},
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
			typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
			default: 5,
			description: 'How quickly one image becomes the next, from 1 (calm) to 10 (wild)',
			routing: sentAs('style.transition_speed'),
		},
		{
			displayName: 'Duration',
			name: 'durationSeconds',
			type: 'number',
			required: true,
			typeOptions: { minValue: 0.1 },
			default: 5,
			description: 'How many seconds long the video is',
			routing: sentAs('end_seconds'),
		},
		{
			displayName: 'Width',
			name: 'width',
			type: 'number',
			required: true,
			typeOptions: { minValue: 64, numberPrecision: 0 },
			default: 960,
			description: 'How many pixels wide the video is. Your plan says how many it may be.',
			routing: sentAs('width'),
		},
		{
			displayName: 'Height',
			name: 'height',
			type: 'number',
			required: true,
			typeOptions: { minValue: 64, numberPrecision: 0 },
			default: 512,
			description: 'How many pixels high the video is. Your plan says how many it may be.',
			routing: sentAs('height'),
		},
		{
			displayName: 'Frames per Second',
			name: 'fps',
			type: 'number',
			required: true,
			typeOptions: { minValue: 1 },
			default: 12,
			description: 'How many images each second has. More of them cost more credits.',
			routing: sentAs('fps'),
		},
	],
	options: [startImageOption],
	rules: [
		youtubeUrlIsAddress,
		allowedBy(promptType, [audioSource], { ai_choose: anyAudio, use_lyrics: anyAudio }),
		neededWhere(customArtStyle, artStyle, 'Custom'),
		onlyWhere(customArtStyle, artStyle, 'Custom'),
	],
});
