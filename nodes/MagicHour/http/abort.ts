import { NetworkError } from './errors';
import { propertiesOf } from './json';

/**
 * What a signal aborts. With a listener for each of more than ten, Node.js warns of a leak; and
 * `AbortSignal.any()` takes as long as all else that a request needs here.
 */
export class AbortGroup {
	private readonly controllers = new Set<AbortController>();

	constructor(private readonly signal: AbortSignal) {}

	/** Aborts a controller with the signal, until it is deleted. */
	add(controller: AbortController): void {
		if (this.signal.aborted) return controller.abort(this.signal.reason);
		if (this.controllers.size === 0) this.signal.addEventListener('abort', this.abortAll);
		this.controllers.add(controller);
	}

	delete(controller: AbortController): void {
		this.controllers.delete(controller);
		// Node.js keeps a signal that somebody listens to.
		if (this.controllers.size === 0) this.signal.removeEventListener('abort', this.abortAll);
	}

	private readonly abortAll = (): void => {
		for (const controller of this.controllers) controller.abort(this.signal.reason);
	};
}

/**
 * Does work that must end in time.
 *
 * @param ms how long it may take, in milliseconds
 * @param groups abort it earlier
 * @param work gets the signal that ends it, whose abort `abortError` explains
 */
export async function withDeadline<T>(
	ms: number,
	groups: AbortGroup[],
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const deadline = AbortSignal.timeout(Math.ceil(ms));
	const controller = new AbortController();
	// A timeout's signal that nobody listens to may be forgotten before its time is over.
	const abort = (): void => controller.abort(deadline.reason);
	deadline.addEventListener('abort', abort);
	for (const group of groups) group.add(controller);
	try {
		return await work(controller.signal);
	} finally {
		deadline.removeEventListener('abort', abort);
		for (const group of groups) group.delete(controller);
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
