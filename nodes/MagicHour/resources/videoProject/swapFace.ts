import { faceMappings, faceSwapMode, newFaceField } from '../../fields/faceSwap';
import { clipEndsAfterStart, endSecondsField, startSecondsField } from '../../fields/clip';
import { sentAs } from '../../fields/routing';
import { createOperation } from '../project';
import { videoSourceFields } from '../../fields/videoSource';
import { youtubeUrlIsUrl } from '../../fields/youtube';
import { videoProjectKind } from '../../api/projectKinds';

export const swapFace = createOperation(videoProjectKind, {
	name: 'Face Swap',
	value: 'swapFace',
	action: 'Face swap video',
	description: 'Replace one or more faces in a video with new ones',
	url: '/v1/face-swap',
	fields: [
		...videoSourceFields,
		faceSwapMode,
		newFaceField('assets.image_file_path'),
		faceMappings,
		startSecondsField,
		endSecondsField,
	],
	options: [
		{
			displayName: 'Version',
			name: 'version',
			type: 'options',
			options: [
				{ name: 'Default (Recommended)', value: 'default' },
				{
					name: 'Version 1',
					value: 'v1',
					description: 'More skin detail, with less likeness to the new face',
				},
				{
					name: 'Version 2',
					value: 'v2',
					description: 'Faster, with more likeness to the new face and better hair and glasses',
				},
			],
			default: 'default',
			description: 'How the faces are swapped',
			routing: sentAs('style.version'),
		},
	],
	rules: () => [clipEndsAfterStart, youtubeUrlIsUrl],
});
