import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './fields';

type Resolution = '480p' | '720p' | '1080p' | '4k';

/** The resolution, as the messages and the request's body name it. */
export const videoResolution = { displayName: 'Resolution', property: 'resolution' };

/** The resolution of operations that make up to 1080p, for the Options collection. */
export const upTo1080pOption = resolutionOption(['480p', '720p', '1080p']);

/** How many lines of pixels the video has, for the Options collection. */
export function resolutionOption(
	resolutions: Resolution[],
	preselected: Resolution = '720p',
): INodeProperties {
	return {
		displayName: videoResolution.displayName,
		name: 'resolution',
		type: 'options',
		options: resolutions.map((value) => ({ name: value.replace('k', 'K'), value })),
		default: preselected,
		description: 'How sharp the video is. Not every model and plan has all of them.',
		routing: sentAs(videoResolution.property),
	};
}
