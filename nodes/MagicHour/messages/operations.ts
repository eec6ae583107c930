import type { ErrorContext, OperationWords } from './errorMessage';

/** The account that an API key belongs to. */
export const accountNoun = 'account';

/** What an account has saved to use again, as one thing that is looked up. */
export const savedItemsNoun = 'saved item list';

export const faceDetectionNoun = 'face detection';

/** @returns the display name of the operation that looks a thing up, by what it counts as */
export function getOperationOf(noun: string): string {
	return noun === faceDetectionNoun ? 'Get Detected Faces' : 'Get';
}

/** Looking something up, which changes nothing. */
export function lookingUp(noun: string): OperationWords {
	return { participle: 'retrieved', effect: 'none', noun };
}

/**
 * Says what a request is about that looks up one thing in the course of another operation.
 *
 * @param errorContext of that operation
 * @param missingHint what a 404 may mean, as a sentence
 */
export function lookupContext(
	errorContext: ErrorContext,
	noun: string,
	id: string,
	missingHint?: string,
): ErrorContext {
	return {
		...errorContext,
		operation: lookingUp(noun),
		subject: `the ${noun} "${id}"`,
		missingHint,
	};
}

/** Only checking what an operation would do. */
export function dryRunOf(operation: OperationWords): OperationWords {
	return { ...operation, effect: 'none', isDryRun: true };
}

/** Uploading, of which one that is lost has done no harm. */
export const uploading: OperationWords = { participle: 'uploaded', effect: 'none', noun: 'item' };

/** Downloading a file. */
export const downloading: OperationWords = {
	participle: 'downloaded',
	effect: 'none',
	noun: 'file',
};

/** What the user can check or know, as sentences. */
export const hints = {
	checkParameters: 'Check the parameters of this item.',
	mayBeDeleted: 'It may have been deleted.',
};
