import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { aspectRatioOption } from '../../fields/aspectRatio';
import { byImageModel, imageModelOption, imageResolutionOption } from '../../fields/imageModels';
import { promptField } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { limits } from '../../input/fieldLimits';
import { allowedValuesBy } from '../../input/rules';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

const styles: INodePropertyOptions[] = [
	{ name: 'Album Cover', value: 'album-cover-generator' },
	{ name: 'Animated Characters', value: 'animated-characters-generator' },
	{ name: 'Anime', value: 'ai-anime-generator' },
	{ name: 'Architecture', value: 'architecture-generator' },
	{ name: 'Art', value: 'ai-art-generator' },
	{ name: 'Background', value: 'ai-background-generator' },
	{ name: 'Book Cover', value: 'book-cover-generator' },
	{ name: 'Character', value: 'ai-character-generator' },
	{ name: 'Comic Book', value: 'comic-book-generator' },
	{ name: 'D&D Art', value: 'dnd-ai-art-generator' },
	{ name: 'Dark Fantasy', value: 'dark-fantasy-ai' },
	{ name: 'Disney', value: 'disney-ai-generator' },
	{ name: 'Emoji', value: 'emoji-generator' },
	{ name: 'Face', value: 'ai-face-generator' },
	{ name: 'Fantasy Map', value: 'fantasy-map-generator' },
	{ name: 'Fashion', value: 'ai-fashion-generator' },
	{ name: 'General', value: 'general' },
	{ name: 'Graffiti', value: 'graffiti-generator' },
	{ name: 'Icon', value: 'ai-icon-generator' },
	{ name: 'Illustration', value: 'ai-illustration-generator' },
	{ name: 'Interior Design', value: 'ai-interior-design-generator' },
	{ name: 'Landscape', value: 'ai-landscape-generator' },
	{ name: 'Logo', value: 'ai-logo-generator' },
	{ name: 'Manga', value: 'ai-manga-generator' },
	{ name: 'Movie Poster', value: 'movie-poster-generator' },
	{ name: 'Optical Illusion', value: 'optical-illusion-generator' },
	{ name: 'Outfit', value: 'ai-outfit-generator' },
	{ name: 'Pattern', value: 'ai-pattern-generator' },
	{ name: 'Photo', value: 'ai-photo-generator' },
	{ name: 'Pokémon', value: 'pokemon-generator' },
	{ name: 'Sketch', value: 'ai-sketch-generator' },
	{ name: 'South Park Character', value: 'south-park-character-generator' },
	{ name: 'Superhero', value: 'superhero-generator' },
	{ name: 'Tattoo', value: 'ai-tattoo-generator' },
	{ name: 'Thumbnail', value: 'thumbnail-maker' },
];

const imageCountField: INodeProperties = {
	displayName: 'Number of Images',
	name: 'imageCount',
	type: 'number',
	required: true,
	typeOptions: limits({ minValue: 1, maxValue: 16, numberPrecision: 0 }),
	default: 1,
	description: 'How many images to generate. Most models generate up to 4 at a time.',
	routing: sentAs('image_count'),
};

const modelOption = imageModelOption('generate');

export const generate = createOperation(imageProjectKind, {
	name: 'Generate',
	value: 'generate',
	action: 'Generate image',
	description: 'Generate images from a text prompt (AI Image Generator)',
	url: '/v1/ai-image-generator',
	fields: [promptField('Describe the images you want'), imageCountField],
	options: [
		aspectRatioOption('1:1', '16:9', '9:16'),
		modelOption,
		imageResolutionOption,
		{
			displayName: 'Style',
			name: 'style',
			type: 'options',
			options: styles,
			default: 'general',
			description: 'The type of image to generate',
			routing: sentAs('style.tool'),
		},
	],
	rules: () => [
		allowedValuesBy(
			modelOption,
			imageResolutionOption,
			byImageModel(({ resolutions }) => resolutions),
		),
		allowedValuesBy(
			modelOption,
			imageCountField,
			byImageModel(({ counts }) => counts),
		),
	],
});
