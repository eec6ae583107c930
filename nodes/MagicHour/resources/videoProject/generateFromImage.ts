import { promptOption, sentAs } from '../../fields/fields';
import { optionalFileField } from '../../fields/file';
import { imageField } from '../../fields/media';
import { createOperation } from '../project';
import {
	durationField,
	endImage,
	videoModelOptions,
	videoModelRules,
} from '../../fields/videoModels';
import { videoProjectKind } from './kind';

export const generateFromImage = createOperation(videoProjectKind, {
	name: 'Generate From Image',
	value: 'generateFromImage',
	action: 'Generate a video from an image',
	description: 'Generate a video that begins with an image',
	url: '/v1/image-to-video',
	fields: [imageField, durationField],
	options: [
		...videoModelOptions,
		optionalFileField({
			displayName: endImage.displayName,
			name: 'endImage',
			routing: sentAs(endImage.property),
			kinds: ['image'],
			description: 'The image that the video ends with. Not every model can do that.',
		}),
		promptOption('What happens in the video'),
	],
	rules: videoModelRules,
});
