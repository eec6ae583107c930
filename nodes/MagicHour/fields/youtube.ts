import type { INodeProperties } from 'n8n-workflow';
import { webUrl } from '../input/rules';
import { sentAs } from './routing';
import { showWhen } from './showWhen';

const youtubeUrlField: INodeProperties = {
	displayName: 'YouTube URL',
	name: 'youtubeUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://www.youtube.com/watch?v=aqz-KE-bpKQ',
	routing: sentAs('assets.youtube_url'),
};

/**
 * Asks for the URL of a video on YouTube.
 *
 * @param sourceField the field that says whether it is used
 */
export function youtubeUrlOf(sourceField: INodeProperties): INodeProperties {
	return { ...youtubeUrlField, displayOptions: showWhen(sourceField, 'youtube') };
}

/** Refuses a YouTube URL that is none. */
export const youtubeUrlIsUrl = webUrl(youtubeUrlField);
