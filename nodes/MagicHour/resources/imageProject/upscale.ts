import type { INodeProperties } from 'n8n-workflow';
import { imageField } from '../../fields/media';
import { promptOption } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { allowedOnlyWhen } from '../../input/rules';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

const modeOption: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Balanced',
			value: 'balanced',
			description: 'Adds some detail',
		},
		{
			name: 'Creative',
			value: 'creative',
			description: 'Invents detail, which a prompt can guide',
		},
		{
			name: 'Preserve',
			value: 'preserve',
			description: 'Stays close to the image, is fast, and costs half as many credits',
		},
	],
	default: 'balanced',
	description: 'How freely to add detail',
	routing: sentAs('style.mode'),
};

const creativePromptOption: INodeProperties = {
	...promptOption('What the detail shall look like, with the mode Creative'),
	placeholder: 'e.g. Fine wrinkles and gray hair',
};

export const upscale = createOperation(imageProjectKind, {
	name: 'Upscale',
	value: 'upscale',
	action: 'Upscale image',
	description: 'Enlarge an image and add detail (AI Image Upscaler)',
	url: '/v1/ai-image-upscaler',
	fields: [
		imageField,
		{
			displayName: 'Scale Factor',
			name: 'scaleFactor',
			type: 'options',
			required: true,
			options: [
				{ name: '2x', value: 2 },
				{ name: '4x', value: 4 },
			],
			default: 2,
			description: 'How much wider and higher the image becomes. Not every plan has all of them.',
			routing: sentAs('scale_factor'),
		},
	],
	options: [modeOption, creativePromptOption],
	rules: () => [allowedOnlyWhen(creativePromptOption, modeOption, 'creative')],
});
