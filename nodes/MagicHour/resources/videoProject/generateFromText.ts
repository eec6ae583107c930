import { promptField } from '../../fields/prompt';
import { referenceNamesAreNames, referencesOption } from '../../fields/references';
import {
	videoAspectRatioOption,
	videoModelDuration,
	textModelOptions,
	listVideoModelRules,
} from '../../fields/videoModels';
import { createOperation } from '../project';
import { videoProjectKind } from '../../api/projectKinds';

export const generateFromText = createOperation(videoProjectKind, {
	name: 'Text to Video',
	value: 'generateFromText',
	action: 'Text to video',
	description: 'Generate a video from a text prompt',
	url: '/v1/text-to-video',
	fields: [promptField('Describe the video you want', 20_000), videoModelDuration],
	options: [...textModelOptions, videoAspectRatioOption, referencesOption],
	rules: () => [...listVideoModelRules(), referenceNamesAreNames],
});
