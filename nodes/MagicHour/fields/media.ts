import type { INodeProperties } from 'n8n-workflow';
import { sentAs } from './routing';
import { fileField, optionalFileField } from './file';
import { hideWhen } from './showWhen';

/** The field that asks where a video comes from, in operations that also take one from YouTube. */
export const videoSource = { displayName: 'Video Source', name: 'videoSource' };

/** The video that an operation works on. */
export const videoField: INodeProperties = {
	...fileField({
		displayName: 'Video',
		name: 'video',
		routing: sentAs('assets.video_file_path'),
		kinds: ['video'],
		description: 'The source video',
	}),
	displayOptions: hideWhen(videoSource, 'youtube'),
};

/** The sound that a video gets, or is made from. */
export const audioField = fileField({
	displayName: 'Audio',
	name: 'audio',
	routing: sentAs('assets.audio_file_path'),
	kinds: ['audio'],
	description: 'The speech, music, or other audio for the video',
	default: 'audio',
});

/** The image that an operation starts from. */
export const imageField = fileField({
	displayName: 'Image',
	name: 'image',
	routing: sentAs('assets.image_file_path'),
	kinds: ['image'],
	description: 'The source image',
});

/** The image that a video begins with, for the Options collection. */
export const startImageOption = optionalFileField({
	displayName: 'Start Image',
	name: 'startImage',
	routing: sentAs('assets.image_file_path'),
	kinds: ['image'],
	description: 'The image that the video starts with',
});
