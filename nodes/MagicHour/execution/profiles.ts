import type { OperationProfile, Subject } from './types';

/** The profile of uploads: one that is lost has done no harm. */
export const uploading: OperationProfile = {
	verb: { infinitive: 'upload', participle: 'uploaded' },
	effect: 'none',
	countedAs: 'item',
};

/** The profile of operations that look something up, and change nothing. */
export function lookingUp(subject: Pick<Subject, 'name'> & Partial<Subject>): OperationProfile {
	return {
		verb: { infinitive: 'look up', participle: 'looked up' },
		effect: 'none',
		countedAs: subject.name,
		identifiedBy: subject.idParameter,
	};
}
