import { readItemPerFace, seeFaces } from '../faceDetection';
import { readWaitOptions } from '../options';
import { perform } from '../perform';
import { lookingUp } from '../profiles';
import type { Subject } from '../types';

/** Gives the faces that an earlier face detection has found, at once or when it is finished. */
export function getDetectedFaces(subject: Subject) {
	return perform({
		profile: lookingUp(subject),
		prepare: (item) => ({
			...item.identify(subject),
			...readWaitOptions(item),
			pace: subject.pace,
			givesItemPerFace: readItemPerFace(item),
		}),
		carryOut: async (item, seen) => await seeFaces(item, seen),
	});
}
