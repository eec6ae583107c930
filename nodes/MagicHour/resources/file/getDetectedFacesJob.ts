import { readItemPerFace, seeFaces } from '../../api/faces';
import { readWaitOptions } from '../../execution/limits';
import { perform } from '../../execution/paginationHook';
import { lookingUp } from '../../execution/profiles';
import type { Subject } from '../../execution/types';

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
