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

/** The field, as the messages and the request's body name it. */
export const aspectRatio = { displayName: 'Aspect Ratio', property: 'aspect_ratio' };

/**
 * The shape of images and videos, for the Options collection.
 *
 * @param preset what it is by default
 * @param others what it may be as well
 */
export function aspectRatioOption(preset: string, ...others: string[]): INodeProperties {
	return {
		displayName: aspectRatio.displayName,
		name: 'aspectRatio',
		type: 'options',
		options: [preset, ...others].map((value) => ({ name: names[value], value })),
		default: preset,
		description: 'How wide it is in relation to its height',
		routing: sentAs(aspectRatio.property),
	};
}
