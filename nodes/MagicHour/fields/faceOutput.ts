import type { INodeProperties } from 'n8n-workflow';
import type { FaceDetection } from '../api/faces';
import type { ItemContext } from '../execution/itemContext';
import type { Output } from '../execution/output';
import { propertiesOf } from '../http/json';
import { readFieldValue, readSwitch } from '../input/fieldValue';
import { outputField } from './output';

/** What Detect Faces returns, and whether it waits for it. */
export const faceDetectionOutputField: INodeProperties = {
	...outputField,
	options: [
		{
			name: 'Detected Faces',
			value: 'completedDetection',
			description: 'Wait for the detection to complete, then return one item with all faces',
		},
		{
			name: 'Face Detection ID Only',
			value: 'detectionId',
			description: 'Return right away without waiting',
		},
		{
			name: 'One Item per Face',
			value: 'faces',
			description: 'Wait for the detection to complete, then return one item per face',
		},
	],
	default: 'completedDetection',
	description: 'What to return, and whether to wait for it',
};

/** What an item returns of a face detection that it has started. */
export type FaceOutputMode = 'detectionId' | 'completedDetection' | 'faces';

/** @throws ItemError where it is none of the choices */
export function readFaceDetectionOutput(item: ItemContext): FaceOutputMode {
	const given = item.parameter(faceDetectionOutputField);
	const value = readFieldValue(faceDetectionOutputField, given);
	return value === 'detectionId' || value === 'faces' ? value : 'completedDetection';
}

/** Whether each face becomes an item of its own, for the Options collection. */
export const itemPerFaceOption: INodeProperties = {
	displayName: 'One Item per Face',
	name: 'itemPerFace',
	type: 'boolean',
	default: false,
	description:
		'Whether to return a separate item for each face. If no faces are found, no items are returned.',
};

/**
 * @returns whether each face becomes an item of its own
 * @throws ItemError where that is neither true nor false
 */
export function readItemPerFace(item: ItemContext): boolean {
	return readSwitch(item, itemPerFaceOption) ?? false;
}

/** @returns the detection with what is useful first, or an output for each face */
export function toFaceOutputs(detection: FaceDetection, itemPerFace: boolean): Output[] {
	const { id, status, faces, ...others } = detection;
	if (!itemPerFace) return [{ json: { id, status, faces, ...others } }];
	return faces.map((face, index) => ({
		json: { ...propertiesOf(face), index, detectionId: id, status },
	}));
}
