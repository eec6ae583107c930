import { imageField } from '../../shared/mediaFields';
import { createOperation } from '../../shared/project';
import { imageProjectKind } from './kind';

export const colorize = createOperation(imageProjectKind, {
	name: 'Colorize',
	value: 'colorize',
	action: 'Colorize an image',
	description: 'Give a black and white image its colors',
	url: '/v1/photo-colorizer',
	fields: [imageField],
});
