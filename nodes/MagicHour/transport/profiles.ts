import type { OperationProfile, Subject } from './types';

/** The profile of operations that look something up, and change nothing. */
export function lookingUp(subject: Pick<Subject, 'name' | 'idParameter'>): OperationProfile {
	return {
		verb: { infinitive: 'look up', participle: 'looked up' },
		effect: 'none',
		countedAs: subject.name,
		identifiedBy: subject.idParameter,
	};
}
