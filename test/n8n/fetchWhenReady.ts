import { setTimeout as sleep } from 'node:timers/promises';

const timeout = 60_000;

/**
 * Sends a request to n8n. While n8n waits too long for its own database, as when much comes at once,
 * it refuses every request before it does anything with it: the request is then sent again.
 *
 * @returns the first answer that is no such refusal, or the last refusal after a minute
 */
export async function fetchWhenReady(url: string, init?: RequestInit): Promise<Response> {
	const deadline = Date.now() + timeout;
	for (;;) {
		const response = await fetch(url, init);
		if (response.status !== 503 || Date.now() > deadline) return response;
		if (!(await response.clone().text()).includes('Database is not ready')) return response;
		await sleep(200);
	}
}
