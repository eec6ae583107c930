import { downloadFiles, readOutputField } from '../../api/downloads';
import { readWaitOptions } from '../../execution/limits';
import { perform } from '../../execution/paginationHook';
import { seeProject } from '../../api/projects';
import type { Subject } from '../../execution/types';

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
