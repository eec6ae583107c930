import { readItemPerFace, seeFaces } from '../faceDetection';
import { failureOfStrangeAnswer } from '../failures';
import { addressOf, readGivenFile, type FileParameter } from '../givenFile';
import { readWaitOptions } from '../options';
import { perform } from '../perform';
import { lookingUp } from '../profiles';
import type { Subject } from '../types';
import { Unfinished } from '../unfinished';

/**
 * Starts a face detection, and gives it at once or when it is finished.
 *
 * @param file the parameter that holds the file
 */
export function detectFaces(subject: Subject, file: FileParameter) {
	return perform({
		profile: {
			verb: { infinitive: 'start', participle: 'started' },
			effect: 'creates',
			countedAs: subject.name,
		},
		prepare(item) {
			const target = item.target(`the ${subject.name}`, {
				check: `Check the ${file.displayName} and the options.`,
			});
			const wait = readWaitOptions(item);
			return { given: readGivenFile(item, file), target, wait, perFace: readItemPerFace(item) };
		},
		async carryOut(item, { given, target, wait, perFace }) {
			const address = await addressOf(item, given, target);
			const started = await item.ask({
				name: `item ${item.index}`,
				body: { ...Object(item.body), assets: { target_file_path: address } },
				target,
				isRepeatable: false,
				needsBody: true,
			});
			if (!isStarted(started)) throw new Unfinished(failureOfStrangeAnswer(target));
			if (!wait.waits) return [{ json: { ...started } }];

			const seen = {
				...wait,
				url: `/v1/face-detection/${encodeURIComponent(started.id)}`,
				target: {
					...target,
					profile: lookingUp(subject),
					name: `the ${subject.name} "${started.id}"`,
				},
				pace: subject.pace,
				givesItemPerFace: perFace,
			};
			return await seeFaces(item, seen);
		},
	});
}

function isStarted(body: unknown): body is { id: string } {
	return typeof (Object(body) as { id?: unknown }).id === 'string';
}
