import type { IDataObject } from 'n8n-workflow';
import { messageOf } from '../http/classifyError';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeUnexpectedError } from '../messages/execution';
import { describeValidationIssue, type ValidationIssue } from '../messages/validation';

interface ItemErrorDetails {
	/** Whether anything was sent for the item; true by default. */
	wasAttempted?: boolean;
	/** Whether the same may succeed a little later. */
	isTransient?: boolean;
	/** What else the item of the failure tells, with On Error set to Continue. */
	fields?: IDataObject;
}

/** Ends an operation's work on an item. */
export class ItemError extends Error {
	readonly wasAttempted: boolean;

	readonly isTransient: boolean;

	readonly fields: IDataObject;

	/** @param errorMessage what went wrong; absent where the item's turn did not come */
	constructor(
		readonly errorMessage: ErrorMessage | undefined,
		{ wasAttempted = true, isTransient = false, fields = {} }: ItemErrorDetails = {},
	) {
		super(errorMessage?.message ?? 'The turn of this item did not come');
		this.wasAttempted = wasAttempted;
		this.isTransient = isTransient;
		this.fields = fields;
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
