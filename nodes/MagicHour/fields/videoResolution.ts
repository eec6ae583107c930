import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './routing';

export type VideoResolution = '480p' | '720p' | '1080p' | '4k';

/** How many lines of pixels the video has, for the Options collection. */
export function videoResolutionOption(
	resolutions: VideoResolution[],
	preset: VideoResolution = '720p',
): INodeProperties {
	return {
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: resolutions.map((value) => ({ name: value.replace('k', 'K'), value })),
		default: preset,
		description: 'How sharp the video is. Not every model and plan has all of them.',
		routing: sentAs('resolution'),
	};
}

/** The resolution of operations that go up to 1080p. */
export const upTo1080pOption = videoResolutionOption(['480p', '720p', '1080p']);
