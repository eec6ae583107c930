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
			description: 'Add some detail',
		},
		{
			name: 'Creative',
			value: 'creative',
			description: 'Invent new detail, guided by an optional prompt',
		},
		{
			name: 'Preserve',
			value: 'preserve',
			description: 'Stay close to the original; faster, at half the credits',
		},
	],
	default: 'balanced',
	description: 'How much detail to add',
	routing: sentAs('style.mode'),
};

const creativePromptOption: INodeProperties = {
	...promptOption('Describe the detail you want. Supported in Creative mode only.'),
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
			description:
				'How much wider and taller the image becomes. Available factors depend on your plan.',
			routing: sentAs('scale_factor'),
		},
	],
	options: [modeOption, creativePromptOption],
	rules: () => [allowedOnlyWhen(creativePromptOption, modeOption, 'creative')],
});
