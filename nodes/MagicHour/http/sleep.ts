import { sleep } from 'n8n-workflow';
import { now } from './clock';

/** Anything that can be canceled while it waits. */
export interface Cancelable {
	readonly canceled: boolean;
}

const maxSleepMs = 250;

/**
 * Waits, at most until it is canceled.
 *
 * @param ms how long to wait, in milliseconds
 * @param cancelable ends the wait within 250 ms once it is canceled
 */
export async function sleepUnlessCanceled(ms: number, cancelable: Cancelable): Promise<void> {
	const end = now() + ms;
	for (let left = ms; left > 0 && !cancelable.canceled; left = end - now()) {
		await sleep(Math.min(left, maxSleepMs));
	}
}
