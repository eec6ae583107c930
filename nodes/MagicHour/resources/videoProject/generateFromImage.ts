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
	name: 'Image to Video',
	value: 'generateFromImage',
	action: 'Image to video',
	description: 'Generate a video from a starting image',
	url: '/v1/image-to-video',
	fields: [imageField, optionalPromptField, videoModelDuration],
	options: [...imageModelOptions, endImageOption],
	rules: listVideoModelRules,
});
