import type { IDataObject } from 'n8n-workflow';
import { messageOf } from '../http/classifyError';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeUnexpectedError } from '../messages/execution';
import { describeValidationIssue, type ValidationIssue } from '../messages/validation';
import { PendingResult } from './pendingResult';

/** What Magic Hour says of what was created; each look at it brings its charge up to date. */
export interface CreatedResource extends IDataObject {
	id: string;
	credits_charged: IDataObject['credits_charged'];
}

interface ItemErrorDetails {
	/** Whether anything was sent for the item; true by default. */
	wasAttempted?: boolean;
	/** Whether the same may succeed a little later. */
	isTransient?: boolean;
	/** What was created for the item before it failed; it may have cost credits. */
	created?: CreatedResource;
}

/** Ends an operation's work on an item. */
export class ItemError extends Error {
	readonly wasAttempted: boolean;

	readonly isTransient: boolean;

	readonly created: CreatedResource | undefined;

	/** @param errorMessage what went wrong; absent where the item's turn did not come */
	constructor(
		readonly errorMessage: ErrorMessage | undefined,
		{ wasAttempted = true, isTransient = false, created }: ItemErrorDetails = {},
	) {
		super(errorMessage?.message ?? 'The turn of this item did not come');
		this.wasAttempted = wasAttempted;
		this.isTransient = isTransient;
		this.created = created;
	}
}

/** Rejects a parameter, before anything was sent for its item. */
export function validationError(issue: ValidationIssue): ItemError {
	return new ItemError(describeValidationIssue(issue), { wasAttempted: false });
}

/**
 * Turns anything that was thrown into what ends an item.
 *
 * @param wasAttempted whether anything may have been sent for the item
 */
export function asItemError(error: unknown, wasAttempted: boolean): ItemError {
	if (error instanceof ItemError) return error;
	return new ItemError(describeUnexpectedError(messageOf(error)), { wasAttempted });
}

/**
 * Turns what was thrown after something was created into what ends the item. What was created goes
 * on, or has cost credits: a failure must not hide it.
 */
export function withCreated(error: unknown, created: CreatedResource): ItemError | PendingResult {
	if (error instanceof PendingResult) return error;
	const { errorMessage, wasAttempted } = asItemError(error, true);
	return new ItemError(errorMessage, { wasAttempted, created });
}
