import { aspectRatioOption } from '../../fields/aspectRatio';
import { fileField } from '../../fields/file';
import { byImageModel, imageModelOption, imageResolutionOption } from '../../fields/imageModels';
import { promptField } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { allowedValuesBy, maxFilesBy } from '../../input/rules';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

const imagesField = fileField({
	displayName: 'Images',
	name: 'images',
	routing: sentAs('assets.image_file_paths'),
	kinds: ['image'],
	description: 'The image to edit, and up to nine others to use with it',
	maxItems: 10,
});

const modelOption = imageModelOption('edit');

export const edit = createOperation(imageProjectKind, {
	name: 'Edit',
	value: 'edit',
	action: 'Edit image',
	description: 'Edit or combine images based on a prompt (AI Image Editor)',
	url: '/v1/ai-image-editor',
	fields: [
		imagesField,
		{
			...promptField('Describe the changes you want', 15000),
			placeholder: 'e.g. Replace the sky with a starry night',
		},
	],
	options: [
		aspectRatioOption('auto', '1:1', '16:9', '2:3', '3:2', '4:3', '4:5', '9:16'),
		modelOption,
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
			description: 'How many images to generate. Supported numbers depend on the model.',
			routing: sentAs('image_count'),
		},
		imageResolutionOption,
	],
	rules: () => [
		allowedValuesBy(
			modelOption,
			imageResolutionOption,
			byImageModel(({ resolutions }) => resolutions),
		),
		maxFilesBy(
			modelOption,
			imagesField,
			byImageModel(({ moreImages }) => (moreImages === undefined ? undefined : moreImages + 1)),
		),
	],
});
