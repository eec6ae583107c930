import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { sentAs } from '../../fields/routing';
import { audioField } from '../../fields/media';
import { limits } from '../../input/fieldLimits';
import { createOperation } from '../project';
import { videoSourceFields } from '../../fields/videoSource';
import { youtubeUrlIsUrl } from '../../fields/youtube';
import { videoProjectKind } from '../../api/projectKinds';

export const syncLips = createOperation(videoProjectKind, {
	name: 'Lip Sync',
	value: 'syncLips',
	action: 'Lip sync video',
	description: 'Match the lip movements in a video to an audio file',
	url: '/v1/lip-sync',
	fields: [...videoSourceFields, audioField, startSecondsField, endSecondsField],
	options: [
		{
			displayName: 'Generation Mode',
			name: 'generationMode',
			type: 'options',
			options: [
				{ name: 'Lite', value: 'lite', description: 'Fast, for simple videos' },
				{
					name: 'Standard',
					value: 'standard',
					description: 'More natural; the mouth must move in the first few seconds of the video',
				},
				{
					name: 'Pro',
					value: 'pro',
					description:
						'Best quality at twice the credits; requires the Creator, Pro, or Business plan',
				},
			],
			default: 'lite',
			description: 'How to balance speed, quality, and credits',
			routing: sentAs('style.generation_mode'),
		},
		{
			displayName: 'Max Frames per Second',
			name: 'maxFps',
			type: 'number',
			typeOptions: limits({ minValue: 1 }),
			default: 30,
			description: 'The highest frame rate of the output. Fewer frames cost fewer credits.',
			routing: sentAs('max_fps_limit'),
		},
	],
	rules: () => [clipEndsAfterStart, youtubeUrlIsUrl],
});
