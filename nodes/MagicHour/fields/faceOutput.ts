import type { INodeProperties } from 'n8n-workflow';
import type { FaceDetection } from '../api/faces';
import type { ItemContext } from '../execution/itemContext';
import type { Output } from '../execution/output';
import { readSwitch } from '../input/fieldValue';

/** Whether each face becomes an item of its own, for the Options collection. */
export const itemPerFaceOption: INodeProperties = {
	displayName: 'One Item per Face',
	name: 'itemPerFace',
	type: 'boolean',
	default: false,
	description:
		'Whether each face becomes an item of its own. Where no face was found, there is no item.',
};

/**
 * @returns whether each face becomes an item of its own
 * @throws ItemError where that is neither true nor false
 */
export function readItemPerFace(item: ItemContext): boolean {
	return readSwitch(item, itemPerFaceOption) ?? false;
}

/** @returns the detection as Magic Hour describes it, or an output for each face */
export function toFaceOutputs(detection: FaceDetection, itemPerFace: boolean): Output[] {
	if (!itemPerFace) return [{ json: detection }];
	const { id, status, faces } = detection;
	return faces.map((face, index) => ({ json: { ...face, index, detectionId: id, status } }));
}
