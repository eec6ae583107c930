import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for something that must happen.
 *
 * @throws Error if it has not happened after 30 s
 */
export async function waitUntil(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 30_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error('It did not come to that');
		await sleep(20);
	}
}
