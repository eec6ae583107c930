import { fileField, inputTypeField } from '../../shared/fileInput';
import type { Operation } from '../../shared/describe';
import { detectFaces, transportOptions, waitOptions, type FileParameter } from '../../transport';
import { itemPerFace } from './options';
import { faceDetection } from './subject';

const file: FileParameter = {
	parameter: 'file',
	displayName: 'Image or Video',
	kinds: ['image', 'video'],
};

export const fileDetectFaces: Operation = {
	option: {
		name: 'Detect Faces',
		value: 'detectFaces',
		action: 'Detect faces in a file',
		description: 'Find the faces in an image or a video, for use in face swaps',
		routing: {
			request: { method: 'POST', url: '/v1/face-detection' },
			operations: { pagination: detectFaces(faceDetection, file) },
		},
	},
	fields: [inputTypeField, fileField(file, 'The image or video in which to look for faces')],
	options: [
		{
			displayName: 'Confidence Score',
			name: 'confidenceScore',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			default: 0.5,
			description:
				'How sure Magic Hour must be of a face, from 0 to 1 in steps of 0.05. A higher score finds fewer faces, with fewer errors.',
			routing: { send: { type: 'body', property: 'confidence_score' } },
		},
		...transportOptions,
		itemPerFace,
		...waitOptions,
	],
};
