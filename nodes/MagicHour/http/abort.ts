import { NetworkError } from './errors';
import { propertiesOf } from './json';

/**
 * Does work that must end in time.
 *
 * @param ms how long it may take, in milliseconds
 * @param signals abort it earlier
 * @param work gets the signal that ends it, whose abort `abortError` explains
 */
export async function withDeadline<T>(
	ms: number,
	signals: AbortSignal[],
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const deadline = AbortSignal.timeout(Math.ceil(ms));
	const controller = new AbortController();
	// A timeout's signal that nobody listens to may be forgotten before its time is over.
	const abort = (): void => controller.abort(deadline.reason);
	deadline.addEventListener('abort', abort);
	try {
		return await work(AbortSignal.any([controller.signal, ...signals]));
	} finally {
		deadline.removeEventListener('abort', abort);
	}
}

/**
 * Waits for work that may go on after the abort.
 *
 * @throws NetworkError as soon as the signal is aborted; else what the work throws
 */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const abort = (): void => reject(abortError(signal));
		signal.addEventListener('abort', abort);
		if (signal.aborted) abort();
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}

/** @returns what the abort of its signal means for a request under way; the reason, where it is an error of one */
export function abortError({ reason }: AbortSignal): NetworkError {
	if (reason instanceof NetworkError) return reason;
	const isTimeout = propertiesOf(reason).name === 'TimeoutError';
	return new NetworkError(isTimeout ? 'timedOut' : 'aborted', '', true);
}
