import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './fields';
import { webAddress } from '../input/rules';

const youtubeUrl = { displayName: 'YouTube URL', property: 'assets.youtube_url' };

/**
 * The address of a video on YouTube.
 *
 * @param source name of the parameter that says whether it is used
 */
export function youtubeUrlField(source: string): INodeProperties {
	return {
		displayName: youtubeUrl.displayName,
		name: 'youtubeUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.youtube.com/watch?v=aqz-KE-bpKQ',
		description: 'The address of the video on YouTube',
		displayOptions: { show: { [source]: ['youtube'] } },
		routing: sentAs(youtubeUrl.property),
	};
}

/** Refuses a YouTube URL that is none. */
export const youtubeUrlIsAddress = webAddress(youtubeUrl);
