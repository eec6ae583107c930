import type { INodeProperties } from 'n8n-workflow';
import { choices } from '../../fields/choices';
import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { optionalFileField } from '../../fields/file';
import { modelDescription } from '../../fields/models';
import { promptOfPromptType, promptTypeField } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { limits } from '../../input/fieldLimits';
import { requiredWhen } from '../../input/rules';
import { createOperation } from '../project';
import { videoSourceFields } from '../../fields/videoSource';
import { youtubeUrlIsUrl } from '../../fields/youtube';
import { videoProjectKind } from '../../api/projectKinds';

const artStyles = choices(
	'3D Render',
	'Airbender',
	'Android',
	'Anime Warrior',
	'Armored Knight',
	"Assassin's Creed",
	'Avatar',
	'Black Spiderman',
	'Boba Fett',
	'Bold Anime',
	'Celestial Skin',
	'Chinese Swordsmen',
	'Clay',
	'Comic',
	'Cyberpunk',
	'Cypher',
	'Dark Fantasy',
	'Dragonball Z',
	'Future Bot',
	'Futuristic Fantasy',
	'Ghibli Anime',
	'Ghost',
	'GTA',
	'Gundam',
	'Hologram',
	'Illustration',
	'Impressionism',
	'Ink',
	'Ink Poster',
	'Jinx',
	'Knight',
	'Lego',
	'Link',
	'Marble',
	'Mario',
	'Master Chief',
	'Mech',
	'Minecraft',
	'Mystique',
	'Naruto',
	'Neon Dream',
	'No Art Style',
	'Oil Painting',
	'On Fire',
	'Origami',
	'Painterly Anime',
	'Pixar',
	'Pixel',
	'Power Armor',
	'Power Ranger',
	'Radiant Anime',
	'Realistic Anime',
	'Realistic Pixar',
	'Retro Anime',
	'Retro Sci-Fi',
	'Samurai',
	'Samurai Bot',
	'Sharp Anime',
	'Soft Anime',
	'Solid Snake',
	'Spartan',
	'Starfield',
	'Street Fighter',
	'Studio Ghibli',
	'Sub-Zero',
	'The Void',
	'Tomb Raider',
	'Underwater',
	'Van Gogh',
	'Viking',
	'Watercolor',
	'Western Anime',
	'Wu Kong',
	'Wuxia Anime',
	'Zelda',
);

const versionOption: INodeProperties = {
	displayName: 'Version',
	name: 'version',
	type: 'options',
	options: [
		{ name: 'Default (Recommended)', value: 'default' },
		{
			name: 'Version 1',
			value: 'v1',
			description: 'More detail, and closer to the prompt',
		},
		{ name: 'Version 2', value: 'v2', description: 'Faster, smoother, and more consistent' },
		{
			name: 'Version 3',
			value: 'v3',
			description: 'Style taken from an image; needs Initial Image and Height',
		},
	],
	default: 'default',
	description: 'How the art style is applied',
	routing: sentAs('style.version'),
};

const initialImageOption = optionalFileField({
	displayName: 'Initial Image',
	name: 'initialImage',
	routing: sentAs('assets.initial_image_path'),
	kinds: ['image'],
	description: 'The image to take the style from. Required for Version 3.',
});

const heightOption: INodeProperties = {
	displayName: 'Height (Pixels)',
	name: 'height',
	type: 'number',
	typeOptions: limits({ minValue: 1, numberPrecision: 0 }),
	default: 720,
	description:
		'The height of the source video. Required for Version 3, and ignored by Versions 1 and 2.',
	routing: sentAs('height'),
};

export const restyle = createOperation(videoProjectKind, {
	name: 'Video to Video',
	value: 'restyle',
	action: 'Video to video',
	description: 'Restyle a video in a different art style',
	url: '/v1/video-to-video',
	fields: [
		...videoSourceFields,
		{
			displayName: 'Art Style',
			name: 'artStyle',
			type: 'options',
			options: artStyles,
			default: 'Studio Ghibli',
			description: 'The style to apply to the video',
			routing: sentAs('style.art_style'),
		},
		promptTypeField(
			[
				{
					name: 'Art Style',
					value: 'default',
					description: 'Use the recommended prompt for the art style',
				},
				{ name: 'Custom', value: 'custom', description: 'Write your own prompt' },
				{
					name: 'Custom and Art Style',
					value: 'append_default',
					description: 'Write a prompt, and add the prompt of the art style',
				},
			],
			'default',
		),
		promptOfPromptType,
		startSecondsField,
		endSecondsField,
	],
	options: [
		{
			displayName: 'Frame Rate',
			name: 'frameRate',
			type: 'options',
			options: [
				{
					name: 'Full',
					value: 'FULL',
					description: 'Same frame rate as the original',
				},
				{ name: 'Half', value: 'HALF', description: 'Half the frame rate of the original' },
			],
			default: 'HALF',
			description: 'How smooth the motion is',
			routing: sentAs('fps_resolution'),
		},
		{
			displayName: 'Model',
			name: 'model',
			type: 'options',
			options: [
				{ name: 'Default (Recommended)', value: 'default' },
				...choices(
					'3D Anime',
					'Absolute Reality',
					'Dreamshaper',
					'Flat 2D Anime',
					'Kaywaii',
					'Soft Anime',
					'Western Anime',
				),
			],
			default: 'default',
			description: modelDescription,
			routing: sentAs('style.model'),
		},
		{
			displayName: 'Source Frames per Second',
			name: 'fps',
			type: 'number',
			default: 30,
			description: 'The frame rate of the source video. Version 3 uses it to estimate credits.',
			routing: sentAs('fps'),
		},
		heightOption,
		initialImageOption,
		versionOption,
	],
	rules: () => [
		clipEndsAfterStart,
		youtubeUrlIsUrl,
		requiredWhen(initialImageOption, versionOption, 'v3'),
		requiredWhen(heightOption, versionOption, 'v3'),
	],
});
