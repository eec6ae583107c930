import type { Operation } from '../../fields/mergeFields';
import { getDetectedFaces } from './getDetectedFacesJob';
import { transportOptions, waitOptions } from '../../execution/limits';
import { itemPerFace } from './options';
import { faceDetection } from './subject';

export const fileGetDetectedFaces: Operation = {
	option: {
		name: 'Get Detected Faces',
		value: 'getDetectedFaces',
		action: 'Get detected faces',
		description: 'Get the faces that a face detection has found',
		routing: {
			request: { method: 'GET', url: '/v1/face-detection/{id}' },
			operations: { pagination: getDetectedFaces(faceDetection) },
		},
	},
	fields: [
		{
			displayName: faceDetection.idDisplayName,
			name: faceDetection.idParameter,
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6f2c8c1e-53a1-4d7e-9b0c-1f5f0f6a7d21',
			description: 'The ID that Detect Faces gave',
		},
	],
	options: [...transportOptions, itemPerFace, ...waitOptions],
};
