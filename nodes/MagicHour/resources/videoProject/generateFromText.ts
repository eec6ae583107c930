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
	name: 'Generate From Text',
	value: 'generateFromText',
	action: 'Generate a video from a text',
	description: 'Generate a video of what a text says',
	url: '/v1/text-to-video',
	fields: [promptField('Describe the video you want', 20_000), videoModelDuration],
	options: [...textModelOptions, videoAspectRatioOption, referencesOption],
	rules: () => [...listVideoModelRules(), referenceNamesAreNames],
});
