import { sleep } from 'n8n-workflow';
import { now } from './clock';

/** Anything that can be cancelled while it waits. */
export interface Cancellable {
	readonly cancelled: boolean;
}

const maxSleepMs = 250;

/**
 * Waits, at most until it is cancelled.
 *
 * @param ms how long to wait, in milliseconds
 * @param cancellable ends the wait within 250 ms once it is cancelled
 */
export async function sleepUnlessCancelled(ms: number, cancellable: Cancellable): Promise<void> {
	const end = now() + ms;
	for (let left = ms; left > 0 && !cancellable.cancelled; left = end - now()) {
		await sleep(Math.min(left, maxSleepMs));
	}
}
