import { downloadFiles, readOutputField } from '../downloads';
import { readWaitOptions } from '../options';
import { perform } from '../perform';
import { seeProject } from '../project';
import type { Subject } from '../types';

/** Gives the files of a finished project, one item each. */
export function downloadProject(subject: Subject) {
	return perform({
		profile: {
			verb: { infinitive: 'download', participle: 'downloaded' },
			effect: 'none',
			countedAs: subject.name,
			identifiedBy: subject.idParameter,
		},
		prepare(item) {
			const outputField = readOutputField(item);
			const seen = { ...item.identify(subject), ...readWaitOptions(item), pace: subject.pace };
			return { seen, outputField };
		},
		async carryOut(item, { seen, outputField }) {
			return await downloadFiles(item, await seeProject(item, seen), seen, outputField);
		},
	});
}
