import type { INodeProperties } from 'n8n-workflow';
import { readItemPerFace, seeFaces } from '../../api/faces';
import { readWaitOptions } from '../../execution/limits';
import { perform } from '../../execution/paginationHook';
import { lookingUp } from '../../execution/profiles';
import { readBody } from '../../input/requestBody';
import { startOnce } from '../../api/createOnce';
import type { Subject } from '../../execution/types';

/**
 * Starts a face detection, and gives it at once or when it is finished.
 *
 * @param fields what goes into the request's body, options included
 */
export function detectFaces(subject: Subject, fields: INodeProperties[]) {
	return perform({
		profile: {
			verb: { infinitive: 'start', participle: 'started' },
			effect: 'creates',
			countedAs: subject.name,
		},
		prepare(item) {
			const read = readBody(item, fields, []);
			const target = item.target(`the ${subject.name}`, {
				check: 'Check the parameters of this item.',
			});
			return { read, target, wait: readWaitOptions(item), perFace: readItemPerFace(item) };
		},
		async carryOut(item, { read, target, wait, perFace }) {
			const job = await startOnce(item, read, target);
			if (!wait.waits) return [{ json: { ...job } }];

			const seen = {
				...wait,
				url: `/v1/face-detection/${encodeURIComponent(job.id)}`,
				target: {
					...target,
					profile: lookingUp(subject),
					name: `the ${subject.name} "${job.id}"`,
				},
				pace: subject.pace,
				givesItemPerFace: perFace,
			};
			return await seeFaces(item, seen);
		},
	});
}
