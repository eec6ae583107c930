import type { INodeProperties } from 'n8n-workflow';
import { formatSome } from './models';
import { sentAs } from './routing';

const videoResolutions = ['360p', '480p', '720p', '1080p', '2k', '4k'] as const;

export type VideoResolution = (typeof videoResolutions)[number];

function nameOf(resolution: VideoResolution): string {
	return resolution.replace('k', 'K');
}

/**
 * @param all those of the operation
 * @returns resolutions in short, for example "480p to 1080p"
 */
export function formatResolutions(
	resolutions: VideoResolution[],
	all: VideoResolution[] = [...videoResolutions],
): string {
	return formatSome(resolutions, all, nameOf);
}

/** How many lines of pixels the video has, for the Options collection. */
export function videoResolutionOption(
	resolutions: VideoResolution[],
	preset: VideoResolution = '720p',
): INodeProperties {
	return {
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: resolutions.map((value) => ({ name: nameOf(value), value })),
		default: preset,
		description: 'Available resolutions depend on the model and your plan',
		routing: sentAs('resolution'),
	};
}

/** The resolution of operations that go up to 1080p. */
export const upTo1080pOption = videoResolutionOption(['480p', '720p', '1080p']);

/** The same, where the lowest one is what Magic Hour takes unless told otherwise. */
export const upTo1080pFrom480pOption = videoResolutionOption(['480p', '720p', '1080p'], '480p');
