import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './fields';
import { videoField } from './media';
import { youtubeUrlField } from './youtube';

/** The video that an operation works on, as a file or from YouTube. */
export const videoSourceFields: INodeProperties[] = [
	{
		displayName: 'Video Source',
		name: 'videoSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'File', value: 'file', description: 'A binary field, a URL or a Magic Hour file' },
			{ name: 'YouTube', value: 'youtube', description: 'A video on YouTube' },
		],
		default: 'file',
		description: 'Where the video comes from',
		routing: sentAs('assets.video_source'),
	},
	{ ...videoField, displayOptions: { show: { videoSource: ['file'] } } },
	youtubeUrlField('videoSource'),
];
