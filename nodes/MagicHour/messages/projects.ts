import type { ErrorContext, ErrorMessage } from './errorMessage';
import { getOperationOf } from './operations';
import { excerpt, joinSentences, pluralize, upperFirst } from './text';

/** Describes a project that was deleted, so that its files are gone. */
export function describeDeleted({ subject }: ErrorContext): ErrorMessage {
	return {
		message: `${upperFirst(subject)} was deleted`,
		description: 'Its files no longer exist.',
	};
}

/** Describes a project that ended in an error, with Magic Hour's own reason. */
export function describeFailed(
	{ subject }: ErrorContext,
	reason: { message?: string; code?: string },
): ErrorMessage {
	const { message, code } = reason;
	return {
		message: `${upperFirst(subject)} failed${message === undefined ? '' : `: ${excerpt(message)}`}`,
		description: `Reported by Magic Hour${code === undefined ? '' : ` (${excerpt(code)})`}. Adjust the inputs and generate it again. Magic Hour refunds credits for failed projects.`,
	};
}

/** Describes a project that was canceled in Magic Hour. */
export function describeCanceledProject({ subject }: ErrorContext): ErrorMessage {
	return {
		message: `${upperFirst(subject)} was canceled`,
		description: 'It was stopped in Magic Hour. To get its files, generate it again.',
	};
}

/** Describes a project that is neither complete nor in progress, such as a draft. */
export function describeNotStarted({ subject }: ErrorContext, status: string): ErrorMessage {
	return {
		message: `${upperFirst(subject)} has the status "${excerpt(status)}" and isn't being generated`,
		description: 'Start it in the Magic Hour library, or generate another one.',
	};
}

/** Describes a project whose files are wanted while it is in progress. */
export function describeInProgress({ subject }: ErrorContext, status: string): ErrorMessage {
	return {
		message: `${upperFirst(subject)} is still in progress (status "${status}")`,
		description: "Turn on 'Wait for Completion' under Options, or run this item again later.",
	};
}

/** Describes a complete project without files. */
export function describeNoFiles({ subject }: ErrorContext): ErrorMessage {
	return {
		message: `${upperFirst(subject)} is complete, but Magic Hour lists no files for it`,
		description: 'Check in the Magic Hour library whether its files still exist.',
	};
}

/**
 * Describes a wait for a project or a face detection that took too long.
 *
 * @param maxWait seconds
 * @param lastStatus undefined where it was never seen
 */
export function describeTimeout(
	{ subject, operation: { noun } }: ErrorContext,
	maxWait: number,
	lastStatus: string | undefined,
): ErrorMessage {
	const seconds = pluralize(maxWait, 'second');
	return {
		message:
			lastStatus === undefined
				? `${upperFirst(subject)} couldn't be retrieved within ${seconds}`
				: `${upperFirst(subject)} was still in progress after ${seconds} (status "${lastStatus}")`,
		description: describeLaterCheck(noun, lastStatus !== undefined),
	};
}

/**
 * Describes what a tool call has not waited for, in words that a model can act on.
 *
 * @param status undefined where it was never seen
 * @param wasCreated whether the call itself has created it
 */
export function describePending(
	{ noun, chargesCredits }: PendingKind,
	id: string,
	status: string | undefined,
	wasCreated: boolean,
): string {
	const isGenerated = wasCreated && chargesCredits;
	const seen = isGenerated
		? `Magic Hour is still generating the ${noun}.`
		: `The ${noun} is still in progress.`;
	const unseen = wasCreated
		? `Magic Hour has accepted the ${noun}, but its status isn't known yet.`
		: `Magic Hour didn't respond, so the status of the ${noun} isn't known yet.`;
	const again = isGenerated
		? "Don't generate it again, because that charges credits again."
		: "Don't start another one for the same file.";
	return joinSentences(
		status === undefined ? unseen : seen,
		wasCreated ? again : undefined,
		`To check on it later, run ${getOperationOf(noun)} with the ID "${id}".`,
	);
}

/** A kind of thing that a tool call may leave in progress. */
interface PendingKind {
	noun: string;
	chargesCredits: boolean;
}

/** @param wasSeen whether it was looked up at least once */
function describeLaterCheck(noun: string, wasSeen: boolean): string {
	const getOperation = getOperationOf(noun);
	const check = wasSeen
		? `Magic Hour continues with it: to check on it, run ${getOperation} with the same ID.`
		: `To check on it, run ${getOperation} with the same ID.`;
	return `${check} To wait longer in later runs, raise 'Max Wait (Seconds)' under Options.`;
}

/** Describes a face detection that ended without a result. */
export function describeFacesFailed({ subject }: ErrorContext, status: string): ErrorMessage {
	return {
		message: `${upperFirst(subject)} ended with the status "${excerpt(status)}"`,
		description: 'Check that the file is an image or video that can be opened.',
	};
}
