import type { INodeProperties } from 'n8n-workflow';
import { videoField, videoSource } from './media';
import { sentAs } from './routing';
import { youtubeUrlOf } from './youtube';

const videoSourceField: INodeProperties = {
	...videoSource,
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'File', value: 'file', description: 'Use a binary field, a URL, or a Magic Hour file' },
		{ name: 'YouTube', value: 'youtube', description: 'Use a video from YouTube' },
	],
	default: 'file',
	routing: sentAs('assets.video_source'),
};

/** The video that an operation works on, as a file or from YouTube. */
export const videoSourceFields: INodeProperties[] = [
	videoSourceField,
	videoField,
	youtubeUrlOf(videoSourceField),
];
