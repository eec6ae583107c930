import { promptField } from '../../fields/prompt';
import { sentAs } from '../../fields/routing';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const generateGif = createOperation(imageProjectKind, {
	name: 'Generate GIF',
	value: 'generateGif',
	action: 'Generate GIF',
	description: 'Generate a short animation from a text prompt',
	url: '/v1/ai-gif-generator',
	fields: [promptField('Describe the animation you want, in up to 500 characters', 500)],
	options: [
		{
			displayName: 'Output Format',
			name: 'outputFormat',
			type: 'options',
			options: [
				{ name: 'GIF', value: 'gif' },
				{ name: 'MP4', value: 'mp4' },
				{ name: 'WebM', value: 'webm' },
			],
			default: 'gif',
			routing: sentAs('output_format'),
		},
	],
});
