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
			description: 'Has more detail, and follows the prompt more closely',
		},
		{ name: 'Version 2', value: 'v2', description: 'Is faster, calmer and more even' },
		{
			name: 'Version 3',
			value: 'v3',
			description: 'Takes the style from an image; needs Initial Image and Height',
		},
	],
	default: 'default',
	description: 'Which version of the art style to use',
	routing: sentAs('style.version'),
};

const initialImageOption = optionalFileField({
	displayName: 'Initial Image',
	name: 'initialImage',
	routing: sentAs('assets.initial_image_path'),
	kinds: ['image'],
	description: 'The image whose style the video takes on. Version 3 requires it.',
});

const heightOption: INodeProperties = {
	displayName: 'Height (Pixels)',
	name: 'height',
	type: 'number',
	typeOptions: limits({ minValue: 1, numberPrecision: 0 }),
	default: 720,
	description:
		'The height of the source video in pixels. Version 3 requires it, and versions 1 and 2 ignore it.',
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
			description: 'What the video becomes',
			routing: sentAs('style.art_style'),
		},
		promptTypeField(
			[
				{
					name: 'Art Style',
					value: 'default',
					description: 'The prompt that Magic Hour recommends for the art style',
				},
				{ name: 'Custom', value: 'custom', description: 'You write it' },
				{
					name: 'Custom and Art Style',
					value: 'append_default',
					description: 'What you write, and after it the prompt of the art style',
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
					description: 'As many frames per second as the original',
				},
				{ name: 'Half', value: 'HALF', description: 'Half as many as the original' },
			],
			default: 'HALF',
			description: 'How many frames per second the video has',
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
			description:
				'How many frames per second the source video has. Version 3 estimates the credits from it.',
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
