import { sentAs } from '../../fields/routing';
import { optionalFileField } from '../../fields/file';
import { imageField } from '../../fields/media';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const removeBackground = createOperation(imageProjectKind, {
	name: 'Remove Background',
	value: 'removeBackground',
	action: 'Remove image background',
	description: 'Remove or replace the background of an image',
	url: '/v1/image-background-remover',
	fields: [imageField],
	options: [
		optionalFileField({
			displayName: 'Background Image',
			name: 'backgroundImage',
			routing: sentAs('assets.background_image_file_path'),
			kinds: ['image'],
			description: 'The new background, ideally about the same size as the image',
		}),
	],
});
