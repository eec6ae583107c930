import { promptOption } from '../../fields/prompt';
import { imageField } from '../../fields/media';
import { createOperation } from '../project';
import { imageProjectKind } from '../../api/projectKinds';

export const generateHeadshot = createOperation(imageProjectKind, {
	name: 'Generate Headshot',
	value: 'generateHeadshot',
	action: 'Generate headshot',
	description: 'Turn a photo of one person into a professional headshot',
	url: '/v1/ai-headshot-generator',
	fields: [imageField],
	options: [
		{
			...promptOption('Describe the headshot you want. Results are usually best without a prompt.'),
			placeholder: 'e.g. In a dark suit, in front of a bookshelf',
		},
	],
});
