import { faceMappings, faceSwapMode, newFaceField } from '../../fields/faceSwap';
import { sentAs } from '../../fields/routing';
import { fileField } from '../../fields/file';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const swapFace = createOperation(imageProjectKind, {
	name: 'Face Swap',
	value: 'swapFace',
	action: 'Face swap photo',
	description: 'Replace one or more faces in an image with new ones',
	url: '/v1/face-swap-photo',
	fields: [
		fileField({
			displayName: 'Image',
			name: 'image',
			routing: sentAs('assets.target_file_path'),
			kinds: ['image'],
			description: 'The image with the faces to replace',
		}),
		faceSwapMode,
		newFaceField('assets.source_file_path'),
		faceMappings,
	],
});
