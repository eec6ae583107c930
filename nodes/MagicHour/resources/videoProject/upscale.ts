import { videoProjectKind } from '../../api/projectKinds';
import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { videoField } from '../../fields/media';
import { videoResolutionOption } from '../../fields/videoResolution';
import { createOperation } from '../project';

export const upscale = createOperation(videoProjectKind, {
	name: 'Upscale',
	value: 'upscale',
	action: 'Upscale video',
	description: 'Enlarge a video and add detail (AI Video Upscaler). Requires a paid plan.',
	url: '/v1/ai-video-upscaler',
	fields: [
		videoField,
		{
			...videoResolutionOption(['720p', '1080p', '2k', '4k'], '1080p'),
			required: true,
			description:
				'The size of the output. 720p and 1080p set the shorter side, and 2K and 4K set the longer side.',
		},
		endSecondsField,
	],
	options: [startSecondsField],
	rules: () => [clipEndsAfterStart],
});
