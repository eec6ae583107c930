import { aspectRatioOption } from '../../fields/aspectRatio';
import { promptField } from '../../fields/fields';
import { createOperation } from '../project';
import { durationField, videoModelOptions, videoModelRules } from '../../fields/videoModels';
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
