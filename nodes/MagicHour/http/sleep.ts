import { sleep } from 'n8n-workflow';

/** Anything that can be told to stop. */
export interface Stoppable {
	readonly stopped: boolean;
}

const longestSleep = 250;

/**
 * Waits, but not longer than until it is told to stop.
 *
 * @param milliseconds how long to wait
 * @param stoppable ends the wait within 250 ms once it is stopped
 */
export async function waitUnlessStopped(milliseconds: number, stoppable: Stoppable): Promise<void> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !stoppable.stopped; left = end - Date.now()) {
		await sleep(Math.min(left, longestSleep));
	}
}
