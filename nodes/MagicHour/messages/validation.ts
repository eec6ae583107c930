import type { ErrorMessage } from './errorMessage';
import { lowerFirst } from './text';

/** Why a parameter cannot be as the user has set it. */
export interface ValidationIssue {
	displayName: string;
	/** What is wrong with its value, to follow its name. */
	reason: string;
	/** What to set instead, as a sentence. */
	advice: string;
}

/** Describes a parameter that cannot be as it is, where nothing was sent for the item. */
export function describeValidationIssue(issue: ValidationIssue): ErrorMessage {
	const { displayName, reason, advice } = issue;
	return {
		message: `The parameter "${displayName}" ${reason}`,
		description: `Nothing was sent for this item. ${advice}`,
	};
}

/** @param hint what the field takes, as its hint says */
export function describeEmpty(displayName: string, hint: string | undefined): ValidationIssue {
	const advice = hint === undefined ? 'Give it a value.' : `Give ${lowerFirst(hint)}.`;
	return { displayName, reason: 'is empty', advice };
}

/** Describes a list that needs an entry. */
export function describeEmptyList(displayName: string): ValidationIssue {
	return { displayName, reason: 'is empty', advice: 'Add at least one entry.' };
}

/** Describes a list that is too long. */
export function describeTooManyEntries(
	displayName: string,
	count: number,
	maxItems: number,
): ValidationIssue {
	return { displayName, reason: `has ${count} entries`, advice: `Give at most ${maxItems}.` };
}

/** Describes a wait that is not a number. */
export function describeWaitNotNumber(displayName: string): ValidationIssue {
	return { displayName, reason: 'is not a number', advice: 'Set it to a number of seconds.' };
}
