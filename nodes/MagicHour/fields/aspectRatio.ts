import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './routing';

const names = {
	auto: 'Automatic',
	'1:1': '1:1 (Square)',
	'16:9': '16:9 (Landscape)',
	'2:3': '2:3 (Portrait)',
	'3:2': '3:2 (Landscape)',
	'4:3': '4:3 (Landscape)',
	'4:5': '4:5 (Portrait)',
	'9:16': '9:16 (Portrait)',
};

export type AspectRatio = keyof typeof names;

/**
 * The shape of images and videos, for the Options collection.
 *
 * @param preset the default
 * @param others the other choices
 */
export function aspectRatioOption(preset: AspectRatio, ...others: AspectRatio[]): INodeProperties {
	return {
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: [preset, ...others].map((value) => ({ name: names[value], value })),
		default: preset,
		description: 'The shape of the output, as width to height',
		routing: sentAs('aspect_ratio'),
	};
}
