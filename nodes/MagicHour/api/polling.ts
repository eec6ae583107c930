import { asItemError, ItemError } from '../execution/itemError';
import type { ItemContext } from '../execution/itemContext';
import { sleepUnlessCancelled } from '../http/sleep';
import type { ErrorContext, ErrorMessage } from '../messages/errorMessage';
import { describeCanceled } from '../messages/requestErrors';
import type { PollInterval } from './projectKinds';

const backoffFactor = 1.5;

/** Whether and how long to wait for something in progress. */
export interface WaitSettings {
	waits: boolean;
	/** Seconds. */
	maxWait: number;
}

/** Something to wait for. */
interface Poll<Thing> {
	errorContext: ErrorContext;
	pollInterval: PollInterval;
	/** Seconds. */
	maxWait: number;
	/** @throws ItemError; one that is transient does not end the wait */
	fetch: () => Promise<Thing>;
	isDone: (thing: Thing) => boolean;
	/** @param last what was fetched last, if anything was */
	timeoutMessage: (last: Thing | undefined) => ErrorMessage;
}

/**
 * Fetches something until it is done. Between two looks the item holds no slot of its run.
 *
 * @throws ItemError when the time is over, when the run stops, and for a failure that does not pass
 */
export async function pollUntil<Thing>(item: ItemContext, poll: Poll<Thing>): Promise<Thing> {
	const { errorContext, pollInterval, maxWait, fetch, isDone, timeoutMessage } = poll;
	const end = Date.now() + maxWait * 1000;
	let last: Thing | undefined;
	for (let ms = pollInterval.initialMs; ; ms = Math.min(ms * backoffFactor, pollInterval.maxMs)) {
		try {
			last = await fetch();
			if (isDone(last)) return last;
		} catch (error) {
			const itemError = asItemError(error, true);
			if (!itemError.isTransient) throw itemError;
		}
		const leftMs = end - Date.now();
		if (leftMs <= 0) throw new ItemError(timeoutMessage(last));
		await sleepUnlessCancelled(Math.min(ms, leftMs), item.run);
		if (item.run.isExecutionOver) throw new ItemError(describeCanceled(false, errorContext));
		if (item.run.cancelled) throw new ItemError(undefined, { wasAttempted: false });
	}
}
