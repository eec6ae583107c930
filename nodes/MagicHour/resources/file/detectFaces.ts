import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../fields/mergeFields';
import { sentAs } from '../../fields/fields';
import { fileField, inputTypeOption } from '../../fields/file';
import { detectFaces } from './detectFacesJob';
import { transportOptions, waitOptions } from '../../execution/limits';
import { itemPerFace } from './options';
import { faceDetection } from './subject';

const file = fileField({
	displayName: 'Image or Video',
	name: 'file',
	routing: sentAs('assets.target_file_path'),
	kinds: ['image', 'video'],
	description: 'The image or video in which to look for faces',
});

const confidenceScore: INodeProperties = {
	displayName: 'Confidence Score',
	name: 'confidenceScore',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2, multipleOf: 0.05 },
	default: 0.5,
	description:
		'How sure Magic Hour must be of a face, from 0 to 1 in steps of 0.05. A higher score finds fewer faces, with fewer errors.',
	routing: sentAs('confidence_score'),
};

export const fileDetectFaces: Operation = {
	option: {
		name: 'Detect Faces',
		value: 'detectFaces',
		action: 'Detect faces in a file',
		description: 'Find the faces in an image or a video, for use in face swaps',
		routing: {
			request: { method: 'POST', url: '/v1/face-detection' },
			operations: { pagination: detectFaces(faceDetection, [file, confidenceScore]) },
		},
	},
	fields: [file],
	options: [confidenceScore, inputTypeOption, ...transportOptions, itemPerFace, ...waitOptions],
};
