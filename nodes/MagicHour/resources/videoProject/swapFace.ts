import { faceMappings, faceSwapMode, newFaceField } from '../../shared/faceSwap';
import { endSecondsField, sentAs, startSecondsField } from '../../shared/fields';
import { createOperation } from '../../shared/project';
import { endAfterStart } from '../../shared/rules';
import { videoSourceFields } from '../../shared/videoSource';
import { youtubeUrlIsAddress } from '../../shared/youtube';
import { videoProjectKind } from './kind';

export const swapFace = createOperation(videoProjectKind, {
	name: 'Swap Face',
	value: 'swapFace',
	action: 'Swap faces in a video',
	description: 'Replace faces in a video',
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
					description: 'Keeps more of the skin, is less like the new face',
				},
				{
					name: 'Version 2',
					value: 'v2',
					description: 'Is more like the new face, faster, and better with hair and glasses',
				},
			],
			default: 'default',
			description: 'Which version of the face swap to use',
			routing: sentAs('style.version'),
		},
	],
	rules: [endAfterStart, youtubeUrlIsAddress],
});
