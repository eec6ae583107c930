import type { IDataObject } from 'n8n-workflow';

/**
 * Ends an operation's work on an item whose result is not there yet, although nothing has failed: an
 * agent's tool must respond before its caller gives up.
 */
export class PendingResult extends Error {
	/** @param json what the item tells in the place of the result */
	constructor(readonly json: IDataObject) {
		super('The result is not there yet');
	}
}
