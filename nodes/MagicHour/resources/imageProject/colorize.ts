import { imageField } from '../../fields/media';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const colorize = createOperation(imageProjectKind, {
	name: 'Colorize',
	value: 'colorize',
	action: 'Colorize photo',
	description: 'Add color to a black-and-white photo (Photo Colorizer)',
	url: '/v1/photo-colorizer',
	fields: [imageField],
});
