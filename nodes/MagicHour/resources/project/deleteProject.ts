import { unfinishedOf } from '../../messages/failures';
import { perform } from '../../execution/paginationHook';
import type { OperationProfile, Outcome, Subject } from '../../execution/types';

const ignoreAlreadyDeleted = {
	ignoredByOption: 'options.ignoreAlreadyDeleted',
	ignoredByDisplayName: 'Ignore Already Deleted',
};

/** Deletes a project, once for all items that name it. */
export function deleteProject(subject: Subject) {
	const profile: OperationProfile = {
		verb: { infinitive: 'delete', participle: 'deleted' },
		effect: 'deletes',
		countedAs: subject.name,
		identifiedBy: subject.idParameter,
		failureFields: { deleted: false },
		missing: ignoreAlreadyDeleted,
	};
	return perform({
		profile,
		prepare(item) {
			const { ignoredByOption, ignoredByDisplayName } = ignoreAlreadyDeleted;
			const ignoresMissing = item.parameter(ignoredByOption, ignoredByDisplayName, false) === true;
			return { ...item.identify(subject), ignoresMissing };
		},
		nameOf: ({ url }) => url,
		async carryOut(item, { id, url, target, ignoresMissing }) {
			const judge = (outcome: Outcome) => {
				if (outcome.kind === 'success') return { deleted: true };
				if (outcome.kind === 'answered' && outcome.answer.saysNotFound) {
					// An earlier attempt, whose answer was lost or a 5xx, has done it.
					if (outcome.attempts.mayHaveBeenDone) return { deleted: true };
					if (ignoresMissing) return { deleted: true, alreadyDeleted: true };
				}
				return unfinishedOf(outcome, target);
			};
			const sending = { name: url, isRepeatable: true, needsBody: false };
			return [{ json: { id, ...(await item.ask({ url, target, judge, ...sending })) } }];
		},
	});
}
