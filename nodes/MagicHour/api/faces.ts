import type { IDataObject } from 'n8n-workflow';
import { excerpt } from '../http/answer';
import { failureOfStrangeAnswer } from '../messages/failures';
import type { Item } from '../execution/itemContext';
import type { WaitOptions } from '../execution/limits';
import { waitFor } from './polling';
import type { Output, Pace, Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';
import { counted, upperFirst } from '../messages/text';

/** The faces that Magic Hour has found so far, as it describes them. */
interface FaceDetection extends IDataObject {
	id: string;
	status: string;
	faces: IDataObject[];
}

/** A face detection that is to be looked at. */
export interface FaceDetectionToSee extends WaitOptions {
	url: string;
	target: Target;
	pace: Pace;
	givesItemPerFace: boolean;
}

/** Reads whether each face becomes an item of its own. */
export function readItemPerFace(item: Item): boolean {
	return item.parameter('options.itemPerFace', 'One Item per Face', false) === true;
}

const stillInWork = ['queued', 'rendering'];

/**
 * Looks a face detection up and, if that is wanted, waits until it is finished.
 *
 * @returns it as Magic Hour gives it, or an output for each face
 * @throws Unfinished
 */
export async function seeFaces(item: Item, seen: FaceDetectionToSee): Promise<Output[]> {
	const { waits, maximumWait, target, pace, givesItemPerFace } = seen;
	const detection = waits
		? await waitFor(item, {
				target,
				pace,
				maximumWait,
				look: async () => await lookUp(item, seen),
				isFinished: ({ status }) => !stillInWork.includes(status),
				wordTimeOut: () => ({
					message: `${upperFirst(target.name)} was not finished after ${counted(maximumWait, 'second')}`,
					description:
						'Magic Hour goes on with it. To look again, run Get Detected Faces with the same ID; to wait longer, raise Maximum Wait under Options.',
				}),
			})
		: await lookUp(item, seen);
	if (waits && detection.status !== 'complete') {
		throw new Unfinished({
			message: `${upperFirst(target.name)} ended with the status ${excerpt(detection.status)}`,
			description: 'Check that the file is an image or a video that can be opened.',
		});
	}
	if (!givesItemPerFace) return [{ json: detection }];
	const { id, status, faces } = detection;
	return faces.map((face, index) => ({ json: { ...face, index, detectionId: id, status } }));
}

async function lookUp(item: Item, { url, target, waits }: FaceDetectionToSee) {
	const detection = await item.ask({
		method: 'GET',
		url,
		target,
		isRepeatable: true,
		needsBody: true,
		isPatient: waits,
	});
	if (isFaceDetection(detection)) return detection;
	throw new Unfinished(failureOfStrangeAnswer(target));
}

function isFaceDetection(body: unknown): body is FaceDetection {
	const { id, status, faces } = Object(body) as Partial<FaceDetection>;
	return typeof id === 'string' && typeof status === 'string' && Array.isArray(faces);
}
