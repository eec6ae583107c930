import { lookingUp } from '../../execution/profiles';
import { perform } from '../../execution/paginationHook';
import { failureOfProject, isInWork, seeProject } from '../../api/projects';
import { readFailIfProjectFailed, readWaitOptions } from '../../execution/limits';
import type { Subject } from '../../execution/types';
import { Unfinished } from '../../execution/itemError';

/** Gives a project as Magic Hour describes it, at once or when it is finished. */
export function getProject(subject: Subject) {
	return perform({
		profile: lookingUp(subject),
		prepare(item) {
			const wait = readWaitOptions(item);
			const failsIfProjectFailed = readFailIfProjectFailed(item) ?? wait.waits;
			return { ...item.identify(subject), ...wait, pace: subject.pace, failsIfProjectFailed };
		},
		async carryOut(item, { failsIfProjectFailed, ...seen }) {
			const project = await seeProject(item, seen);
			const failure = isInWork(project) ? undefined : failureOfProject(project, seen.target);
			if (failure !== undefined && failsIfProjectFailed) throw new Unfinished(failure);
			return [{ json: project.enabled === false ? { ...project, deleted: true } : project }];
		},
	});
}
