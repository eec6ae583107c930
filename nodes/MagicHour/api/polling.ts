import { asItemError, ItemError } from '../execution/itemError';
import type { ItemContext } from '../execution/itemContext';
import type { PendingResult } from '../execution/pendingResult';
import { unlessAborted, withDeadline } from '../http/abort';
import { now } from '../http/clock';
import { NetworkError } from '../http/errors';
import { sleepUnlessCanceled } from '../http/sleep';
import type { ErrorContext } from '../messages/errorMessage';
import { describeCanceled } from '../messages/requestErrors';
import type { PollInterval } from './projectKinds';

const backoffFactor = 1.5;
/** How long a request may take that begins when the wait ends. */
const lastFetchMs = 1_000;
const timerPrecisionMs = 1;

/** Whether and how long to wait for something in progress. */
export interface WaitSettings {
	waits: boolean;
	/** Seconds. */
	maxWait: number;
	/**
	 * Whether the wait is that of a tool call, of which the user has set no maximum: it counts from when
	 * the call began, and its end is no failure.
	 */
	endsWithCall: boolean;
}

/** Something to wait for. */
interface Poll<Thing> {
	errorContext: ErrorContext;
	pollInterval: PollInterval;
	wait: WaitSettings;
	/**
	 * @param signal is aborted when the wait is over
	 * @throws ItemError; one that is transient does not end the wait
	 */
	fetch: (signal: AbortSignal) => Promise<Thing>;
	isDone: (thing: Thing) => boolean;
	/**
	 * What the wait ends with when its time is over.
	 *
	 * @param last what was fetched last, if anything was
	 */
	timeoutError: (last: Thing | undefined) => ItemError | PendingResult;
}

/**
 * Fetches something until it is done. Between two looks the item holds no slot of its run. The wait
 * ends when its time is over, whatever a look does, but for a second in which to look a last time.
 *
 * @throws ItemError when the run stops, and for a failure that does not pass
 * @throws what `timeoutError` gives when the time is over
 */
export async function pollUntil<Thing>(item: ItemContext, poll: Poll<Thing>): Promise<Thing> {
	const { errorContext, pollInterval, wait, fetch, isDone, timeoutError } = poll;
	const end = (wait.endsWithCall ? item.startedAt : now()) + wait.maxWait * 1000;
	const fetchInTime = async (): Promise<Thing | undefined> => {
		try {
			return await withDeadline(
				Math.max(end - now(), lastFetchMs),
				[],
				async (signal) => await unlessAborted(signal, fetch(signal)),
			);
		} catch (error) {
			return undefinedIfTransient(error);
		}
	};
	let last: Thing | undefined;
	for (let ms = pollInterval.initialMs; ; ms = Math.min(ms * backoffFactor, pollInterval.maxMs)) {
		const thing = await fetchInTime();
		if (thing !== undefined && isDone(thing)) return thing;
		last = thing ?? last;
		const leftMs = end - now();
		if (leftMs < timerPrecisionMs) throw timeoutError(last);
		await sleepUnlessCanceled(Math.min(ms, leftMs), item.run);
		if (item.run.isExecutionOver) throw new ItemError(describeCanceled(false, errorContext));
		if (item.run.canceled) throw new ItemError(undefined, { wasAttempted: false });
	}
}

/** @throws what ends the wait: neither its deadline nor an error that may pass */
function undefinedIfTransient(error: unknown): undefined {
	if (error instanceof NetworkError) return;
	const itemError = asItemError(error, true);
	if (!itemError.isTransient) throw itemError;
}
