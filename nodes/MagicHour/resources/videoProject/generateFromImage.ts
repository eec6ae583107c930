import { imageField } from '../../fields/media';
import { optionalPromptField } from '../../fields/prompt';
import {
	endImageOption,
	videoModelDuration,
	imageModelOptions,
	listVideoModelRules,
} from '../../fields/videoModels';
import { createOperation } from '../project';
import { videoProjectKind } from '../../api/projectKinds';

export const generateFromImage = createOperation(videoProjectKind, {
	name: 'Generate From Image',
	value: 'generateFromImage',
	action: 'Generate a video from an image',
	description: 'Generate a video that begins with an image',
	url: '/v1/image-to-video',
	fields: [imageField, optionalPromptField, videoModelDuration],
	options: [...imageModelOptions, endImageOption],
	rules: listVideoModelRules,
});
