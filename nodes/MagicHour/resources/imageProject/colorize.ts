import { imageField } from '../../fields/media';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const colorize = createOperation(imageProjectKind, {
	name: 'Colorize',
	value: 'colorize',
	action: 'Colorize an image',
	description: 'Give a black and white image its colors',
	url: '/v1/photo-colorizer',
	fields: [imageField],
});
