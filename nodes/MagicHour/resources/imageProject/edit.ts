import { aspectRatioOption } from '../../fields/aspectRatio';
import { promptField, sentAs } from '../../fields/fields';
import { fileField } from '../../fields/file';
import {
	byImageModel,
	imageModel,
	imageModelOption,
	imageResolution,
	imageResolutionOption,
} from '../../fields/imageModels';
import { createOperation } from '../project';
import { allowedBy, atMostBy } from '../../input/rules';
import { imageProjectKind } from './kind';

const images = { displayName: 'Images', property: 'assets.image_file_paths' };

export const edit = createOperation(imageProjectKind, {
	name: 'Edit',
	value: 'edit',
	action: 'Edit an image',
	description: 'Change an image, or combine several, as a text says',
	url: '/v1/ai-image-editor',
	fields: [
		fileField({
			displayName: images.displayName,
			name: 'images',
			routing: sentAs(images.property),
			kinds: ['image'],
			description: 'The image to change, and up to nine others to use with it',
			maxItems: 10,
		}),
		{
			...promptField('What shall be changed', 15000),
			placeholder: 'e.g. Replace the sky with a starry night',
		},
	],
	options: [
		aspectRatioOption('auto', '1:1', '16:9', '2:3', '3:2', '4:3', '4:5', '9:16'),
		imageModelOption(({ moreImages }) => moreImages !== undefined),
		{
			displayName: 'Number of Images',
			name: 'imageCount',
			type: 'options',
			options: [
				{ name: '1', value: 1 },
				{ name: '4', value: 4 },
				{ name: '9', value: 9 },
				{ name: '16', value: 16 },
			],
			default: 1,
			description: 'How many images to make. Not every model makes all of these numbers.',
			routing: sentAs('image_count'),
		},
		imageResolutionOption,
	],
	rules: [
		allowedBy(
			imageModel,
			[imageResolution],
			byImageModel(({ resolutions }) => ({ [imageResolution.property]: resolutions })),
		),
		atMostBy(
			imageModel,
			images,
			byImageModel(({ moreImages = 0 }) => moreImages + 1),
		),
	],
});
