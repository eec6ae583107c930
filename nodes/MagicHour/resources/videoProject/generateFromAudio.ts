import { endSecondsField, promptOption, startSecondsField } from '../../shared/fields';
import { audioField, startImageOption } from '../../shared/mediaFields';
import { createOperation } from '../../shared/project';
import { endAfterStart } from '../../shared/rules';
import { resolutionOption } from '../../shared/videoResolution';
import { videoProjectKind } from './kind';

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
		resolutionOption(['480p', '720p', '1080p']),
		startSecondsField,
	],
	rules: [endAfterStart],
});
