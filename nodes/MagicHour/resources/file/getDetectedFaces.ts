import type { INodeProperties } from 'n8n-workflow';
import { faceDetectionKind, fetchFaces } from '../../api/faces';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import { itemPerFaceOption, readItemPerFace, toFaceOutputs } from '../../fields/faceOutput';
import type { Operation } from '../../fields/mergeFields';
import { readWaitOptions, waitOptions } from '../../fields/wait';
import { resolveId } from '../../input/resourceId';
import { lookingUp } from '../../messages/operations';

const idField: INodeProperties = {
	displayName: 'Face Detection ID',
	name: 'id',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6f2c8c1e-53a1-4d7e-9b0c-1f5f0f6a7d21',
	hint: "The 'id' that Detect Faces returns",
};

const runLookup = paginationHook({
	operation: lookingUp(faceDetectionKind.noun),
	identifiedBy: idField,
	validate: (item) => ({
		lookup: {
			kind: faceDetectionKind,
			...resolveId(item, idField, faceDetectionKind),
			wait: readWaitOptions(item),
		},
		itemPerFace: readItemPerFace(item),
	}),
	execute: async (item, { lookup, itemPerFace }) =>
		toFaceOutputs(await fetchFaces(item, lookup), itemPerFace),
});

/** Gives the faces that an earlier face detection has found, and may wait for them. */
export const getDetectedFaces: Operation = {
	option: {
		name: 'Get Detected Faces',
		value: 'getDetectedFaces',
		action: 'Get detected faces',
		description: 'Retrieve the results of a face detection',
		routing: {
			request: { method: 'GET', url: `${faceDetectionKind.path}/{id}` },
			operations: {
				pagination: runLookup,
			},
		},
	},
	fields: [idField],
	options: [...limitOptions, itemPerFaceOption, ...waitOptions],
};
