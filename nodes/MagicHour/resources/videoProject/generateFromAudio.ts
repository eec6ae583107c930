import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { optionalPromptField } from '../../fields/prompt';
import { audioField, startImageOption } from '../../fields/media';
import { createOperation } from '../project';
import { upTo1080pOption } from '../../fields/videoResolution';
import { videoProjectKind } from '../../api/projectKinds';

export const generateFromAudio = createOperation(videoProjectKind, {
	name: 'Audio to Video',
	value: 'generateFromAudio',
	action: 'Audio to video',
	description: 'Generate a video from music, speech, or other audio',
	url: '/v1/audio-to-video',
	fields: [audioField, optionalPromptField, endSecondsField],
	options: [startImageOption, upTo1080pOption, startSecondsField],
	rules: () => [clipEndsAfterStart],
});
