import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { ItemError } from '../execution/itemError';
import { isObject } from '../http/json';
import { faceDetectionNoun } from '../messages/operations';
import { describeFacesFailed, describeTimeout } from '../messages/projects';
import { forgetCreated } from './createOnce';
import { fetchResource, hasComeToNothing, type Lookup, type Progress } from './fetchResource';
import { isId } from './ids';
import type { ResourceKind } from './projectKinds';

/** Face detections, as the API and the messages name them. */
export const faceDetectionKind: ResourceKind = {
	noun: faceDetectionNoun,
	path: '/v1/face-detection',
	chargesCredits: false,
	pollInterval: { initialMs: 1_000, maxMs: 10_000 },
};

/** The faces that Magic Hour has found so far, as it describes them. */
export interface FaceDetection extends Progress {
	id: string;
	faces: IDataObject[];
}

/**
 * Looks a face detection up and, if that is wanted, waits until it is complete.
 *
 * @throws ItemError, also where it was waited for and ended without a result
 */
export async function fetchFaces(item: ItemContext, lookup: Lookup): Promise<FaceDetection> {
	const { errorContext, wait } = lookup;
	const detection = await fetchResource(item, lookup, isFaceDetection, (last) =>
		describeTimeout(errorContext, wait.maxWait, last?.status),
	);
	if (!wait.waits || detection.status === 'complete') return detection;
	if (hasComeToNothing(detection)) forgetCreated(item);
	throw new ItemError(describeFacesFailed(errorContext, detection.status));
}

function isFaceDetection(body: unknown): body is FaceDetection {
	return (
		isObject(body) && isId(body.id) && typeof body.status === 'string' && Array.isArray(body.faces)
	);
}
