import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import { imageResolutionOption } from '../../fields/imageModels';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';
import { personField } from './person';

export const swapBody = createOperation(imageProjectKind, {
	name: 'Body Swap',
	value: 'swapBody',
	action: 'Body swap photo',
	description: 'Place a person from one image into the scene of another',
	url: '/v1/body-swap',
	fields: [
		personField,
		fileField({
			displayName: 'Scene',
			name: 'scene',
			routing: sentAs('assets.scene_file_path'),
			kinds: ['image'],
			description: 'The image to place the person in',
			default: 'scene',
		}),
		{
			...imageResolutionOption,
			required: true,
			description: 'The length of the longer side. Higher resolutions cost more credits.',
		},
	],
});
