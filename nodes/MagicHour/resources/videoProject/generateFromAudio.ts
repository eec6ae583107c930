import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { optionalPromptField } from '../../fields/prompt';
import { audioField, startImageOption } from '../../fields/media';
import { createOperation } from '../project';
import { upTo1080pOption } from '../../fields/videoResolution';
import { videoProjectKind } from '../../api/projectKinds';

export const generateFromAudio = createOperation(videoProjectKind, {
	name: 'Generate From Audio',
	value: 'generateFromAudio',
	action: 'Generate a video from audio',
	description: 'Generate a video that goes with a song or another sound',
	url: '/v1/audio-to-video',
	fields: [audioField, optionalPromptField, endSecondsField],
	options: [startImageOption, upTo1080pOption, startSecondsField],
	rules: () => [clipEndsAfterStart],
});
