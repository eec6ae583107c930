import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { promptOption } from '../../fields/prompt';
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
	fields: [audioField, endSecondsField],
	options: [
		startImageOption,
		promptOption('What the video shall show'),
		upTo1080pOption,
		startSecondsField,
	],
	rules: () => [clipEndsAfterStart],
});
