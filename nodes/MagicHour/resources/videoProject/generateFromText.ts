import { aspectRatioOption } from '../../shared/aspectRatio';
import { promptField } from '../../shared/fields';
import { createOperation } from '../../shared/project';
import { durationField, videoModelOptions, videoModelRules } from '../../shared/videoModels';
import { videoProjectKind } from './kind';

export const generateFromText = createOperation(videoProjectKind, {
	name: 'Generate From Text',
	value: 'generateFromText',
	action: 'Generate a video from a text',
	description: 'Generate a video of what a text says',
	url: '/v1/text-to-video',
	fields: [promptField('What the video shall show', 2000), durationField],
	options: [...videoModelOptions, aspectRatioOption('16:9', '1:1', '9:16')],
	rules: videoModelRules,
});
