import type { Failure } from './types';

/** Ends an operation's work on an item that it cannot finish. */
export class Unfinished extends Error {
	/** Whether anything was sent for the item. */
	readonly wasAttempted: boolean;

	/** Whether the same may succeed a little later. */
	readonly mayPass: boolean;

	/** @param failure what went wrong; absent where the item's turn did not come */
	constructor(
		readonly failure: Failure | undefined,
		{ wasAttempted = true, mayPass = false } = {},
	) {
		super(failure?.message ?? 'The turn of this item did not come');
		this.wasAttempted = wasAttempted;
		this.mayPass = mayPass;
	}
}
