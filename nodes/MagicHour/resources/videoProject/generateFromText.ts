import { aspectRatios, promptField, sentAs } from '../../shared/fields';
import { createOperation } from '../../shared/project';
import {
	aspectRatio,
	durationField,
	videoModelOptions,
	videoModelRules,
} from '../../shared/videoModels';
import { videoProjectKind } from './kind';

export const generateFromText = createOperation(videoProjectKind, {
	name: 'Generate From Text',
	value: 'generateFromText',
	action: 'Generate a video from a text',
	description: 'Generate a video of what a text says',
	url: '/v1/text-to-video',
	fields: [promptField('What the video shall show', 2000), durationField],
	options: [
		...videoModelOptions,
		{
			displayName: aspectRatio.displayName,
			name: 'aspectRatio',
			type: 'options',
			options: aspectRatios,
			default: '16:9',
			description: 'How wide the video is in relation to its height',
			routing: sentAs(aspectRatio.property),
		},
	],
	rules: videoModelRules,
});
