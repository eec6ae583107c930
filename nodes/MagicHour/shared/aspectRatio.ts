import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './fields';

const names: Record<string, string> = {
	auto: 'Automatic',
	'1:1': '1:1 (Square)',
	'16:9': '16:9 (Landscape)',
	'2:3': '2:3 (Portrait)',
	'3:2': '3:2 (Landscape)',
	'4:3': '4:3 (Landscape)',
	'4:5': '4:5 (Portrait)',
	'9:16': '9:16 (Portrait)',
};

/**
 * The shape of images, for the Options collection.
 *
 * @param preset what they are like by default
 * @param others what they may be like as well
 */
export function aspectRatioOption(preset: string, ...others: string[]): INodeProperties {
	return {
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: [preset, ...others].map((value) => ({ name: names[value], value })),
		default: preset,
		description: 'How wide the images are in relation to their height',
		routing: sentAs('aspect_ratio'),
	};
}
