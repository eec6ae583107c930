import type { ErrorMessage, OperationWords } from './errorMessage';
import { excerpt, formatList, joinSentences, pluralizeWithVerb, upperFirst } from './text';
import { getOperationOf } from './operations';
import type { ValidationIssue } from './validation';

/**
 * Describes what nobody has foreseen, for example a full disk.
 *
 * @param reason the message of what was thrown
 */
export function describeUnexpectedError(reason: string): ErrorMessage {
	return {
		message: `The item couldn't be completed: ${excerpt(reason)}`,
		description: "n8n's logs may have more details.",
	};
}

/** Describes a parameter whose expression fails. */
export function describeUnreadable(displayName: string, reason: string): ValidationIssue {
	const isTooDeep = /call stack/i.test(reason);
	const advice = isTooDeep ? 'Its value is nested too deeply for n8n.' : excerpt(reason);
	return { displayName, reason: "couldn't be read", advice };
}

/** Describes an option of the whole run that is not a number. */
export function describeLimitNotNumber(
	displayName: string,
	{ minValue, maxValue }: { minValue: number; maxValue: number },
): ErrorMessage {
	return {
		message: `The parameter '${displayName}' is not a number`,
		description: `Nothing was sent. Enter a whole number from ${minValue} to ${maxValue}.`,
	};
}

/** What a run has only checked. */
interface DryRunSummary {
	/** How many different things were found, or would count as done. */
	checkedCount: number;
	/** Whether nothing else was to be done. */
	isEntire: boolean;
}

/** What became of the items of a run beside the one that failed first. */
interface RunSummary {
	/** How many different things were done. */
	doneCount: number;
	/** The IDs of what was deleted, other than what was gone before. */
	deleted: string[];
	/** How many different things were to be deleted and were gone before. */
	goneCount: number;
	/** How many items were not attempted, or not completed. */
	openCount: number;
	/** What was only checked; absent where no item was to be only checked. */
	dryRun?: DryRunSummary;
	/** The IDs of what was created, which costs credits also if the item then failed. */
	created: string[];
	failedItems: number[];
	/** Those of them of which nobody knows whether something was created, since no response came. */
	unclearItems: number[];
	/** Whether an agent has called the node as its tool. */
	isToolCall: boolean;
}

/** Describes what became of the other items of a run that stopped. */
export function describeRun(summary: RunSummary, operation: OperationWords): string {
	const { deleted, goneCount, created, failedItems, unclearItems, isToolCall } = summary;
	const { noun } = operation;
	return joinSentences(
		describeDone(summary, operation),
		deleted.length > 0 ? `Deleted: ${formatList(deleted)}.` : undefined,
		goneCount > 0 ? `${pluralizeWithVerb(goneCount, noun)} already deleted.` : undefined,
		describeCreated(created, operation, isToolCall),
		failedItems.length > 0 ? `Also failed: ${formatItems(failedItems)}.` : undefined,
		unclearItems.length > 0 ? describeUnclear(unclearItems, operation) : undefined,
	);
}

function describeUnclear(items: number[], { noun, isFree = false }: OperationWords): string {
	const advice = isFree
		? `'Retry' starts a new one, at no cost.`
		: "Check your library before you use 'Retry', which starts it again.";
	return `There was no usable response for ${formatItems(items)}, so a new ${noun} may exist that isn't listed here. ${advice}`;
}

/** Tells that the only item of a run was not to be carried out. */
export function describeDryRun({ participle }: Pick<OperationWords, 'participle'>): string {
	return `${nothingDone(participle)}.`;
}

/** @returns the beginning of a sentence about a run that was a dry one */
function nothingDone(participle: string): string {
	return `This was a dry run, so nothing was ${participle}`;
}

/** Tells what was done before the run stopped, and how many items were left; nothing of what is zero. */
function describeDone(
	{ doneCount, openCount, dryRun }: RunSummary,
	{ noun, participle, effect }: OperationWords,
): string {
	const left = effect === 'deletes' ? 'attempted' : 'completed';
	const open = openCount === 0 ? undefined : `${pluralizeWithVerb(openCount, 'item')} not ${left}`;
	const done =
		doneCount === 0
			? `nothing was ${participle}`
			: `${pluralizeWithVerb(doneCount, noun)} ${participle}`;
	const checkedCount = dryRun?.checkedCount ?? 0;
	const checked =
		checkedCount === 0 ? undefined : `${pluralizeWithVerb(checkedCount, noun)} checked`;
	if (dryRun?.isEntire === true) {
		const facts = [checked && `${checked} before the run stopped`, open].filter(isText);
		const beginning = nothingDone(participle);
		return facts.length === 0 ? `${beginning}.` : `${beginning}: ${facts.join(', and ')}.`;
	}
	const doneAndChecked = [done, checked].filter(isText).join(' and ');
	const facts = [`${doneAndChecked} before the run stopped`, open].filter(isText).join(', and ');
	return dryRun === undefined
		? `${upperFirst(facts)}.`
		: `'Dry Run' was turned on for some items: ${facts}.`;
}

function isText(text: string | undefined): text is string {
	return text !== undefined;
}

/**
 * Tells what exists, and how not to be charged for it twice.
 *
 * @param created the IDs of what was created
 * @returns nothing where nothing was
 */
export function describeCreated(
	created: string[],
	{ isFree = false, noun }: Pick<OperationWords, 'isFree' | 'noun'>,
	isToolCall: boolean,
): string {
	if (created.length === 0) return '';
	const startsAgain = isFree ? 'starts again' : 'generates and charges again';
	const advice = isToolCall
		? `To check on it, use ${getOperationOf(noun)} with its ID. Another call ${startsAgain}.`
		: `'Retry' in the list of executions continues with what hasn't failed, unless its request has changed. Any other new run ${startsAgain}.`;
	return `Created: ${formatList(created)}. ${advice}`;
}

function formatItems(indexes: number[]): string {
	return `item ${indexes.join(', item ')}`;
}

/** @returns the message with the item that it concerns */
export function withItem(message: string, itemIndex: number): string {
	return `${message} [item ${itemIndex}]`;
}
