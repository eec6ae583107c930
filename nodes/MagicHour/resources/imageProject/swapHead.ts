import { maxResolutionOption } from '../../fields/maxResolution';
import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const swapHead = createOperation(imageProjectKind, {
	name: 'Head Swap',
	value: 'swapHead',
	action: 'Head swap photo',
	description: 'Replace the head in an image with one from another image',
	url: '/v1/head-swap',
	fields: [
		fileField({
			displayName: 'Body',
			name: 'body',
			routing: sentAs('assets.body_file_path'),
			kinds: ['image'],
			description: 'An image of the person whose head to replace',
		}),
		fileField({
			displayName: 'Head',
			name: 'head',
			routing: sentAs('assets.head_file_path'),
			kinds: ['image'],
			description: 'An image of the new head',
			default: 'head',
		}),
	],
	options: [maxResolutionOption],
});
