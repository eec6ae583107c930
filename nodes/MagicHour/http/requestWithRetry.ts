import { classifyError } from './classifyError';
import { HttpError, isSuccess, NetworkError, type RequestError, type RetryState } from './errors';
import type { RateLimiter } from './rateLimiter';
import { isAccepted, isAmbiguous, isRetryable, retryDelay } from './retryPolicy';
import { sleepUnlessCanceled, type Cancelable } from './sleep';

/** How a request may be sent. */
export interface RequestPolicy {
	/** Whether doing it twice does no harm. */
	idempotent: boolean;
	/** Whether the body of a success is needed, and not only its status. */
	expectsBody: boolean;
	/**
	 * Names what is requested: items that request the same share one request, and what an earlier
	 * try learned of it counts.
	 */
	dedupeKey?: string;
}

/** What a request shares with others. */
export interface SendContext extends Cancelable {
	readonly rateLimiter: RateLimiter;
	readonly maxRetries: number;
	/** The keys of requests that may have done their work without saying so. */
	readonly ambiguousKeys?: Set<string>;
}

/**
 * Sends a request, and sends it again while that can help.
 *
 * @param send makes one attempt; resolves for a success only
 * @returns what the attempt that succeeded gave; undefined where its body was cut off and not needed
 * @throws HttpError for a response that is no success, NetworkError where no response came; each
 * says in its `retryState` what came before
 */
export async function requestWithRetry<T>(
	send: () => Promise<T>,
	policy: RequestPolicy,
	context: SendContext,
): Promise<T | undefined> {
	const { idempotent, dedupeKey } = policy;
	const { rateLimiter, maxRetries, ambiguousKeys } = context;
	const state: RetryState = {
		retries: 0,
		ambiguous: dedupeKey !== undefined && ambiguousKeys?.has(dedupeKey) === true,
	};
	if (state.ambiguous && !idempotent) {
		const kind = context.canceled ? 'canceled' : 'ambiguous';
		throw withState(new NetworkError(kind), state);
	}

	for (let last: RequestError | undefined; ; state.retries++) {
		await rateLimiter.acquire(context);
		if (context.canceled) throw withState(new NetworkError('canceled', '', false, last), state);
		try {
			const result = await tryOnce(send, policy);
			rateLimiter.recordAccepted();
			return result;
		} catch (error) {
			last = classifyError(error);
		}
		if (isAccepted(last)) rateLimiter.recordAccepted();
		if (isAmbiguous(last)) {
			state.ambiguous = true;
			if (dedupeKey !== undefined) ambiguousKeys?.add(dedupeKey);
		}
		if (!isRetryable(last, idempotent) || state.retries >= maxRetries) throw withState(last, state);

		const { ms, pausesRun, waitLimit } = retryDelay(last, state.retries);
		if (waitLimit?.requestedSeconds !== undefined) throw withState(last, { ...state, waitLimit });
		withState(last, state);
		state.waitLimit = waitLimit;
		if (pausesRun) rateLimiter.pause(ms);
		else await sleepUnlessCanceled(ms, context);
	}
}

function withState<Failure extends RequestError>(error: Failure, state: RetryState): Failure {
	error.retryState = { ...state };
	return error;
}

async function tryOnce<T>(
	send: () => Promise<T>,
	{ expectsBody }: RequestPolicy,
): Promise<T | undefined> {
	try {
		return await send();
	} catch (error) {
		return undefinedIfSuccess(classifyError(error), expectsBody);
	}
}

/** @throws the error, unless it is a success whose body is not whole, and not needed */
function undefinedIfSuccess(error: RequestError, expectsBody: boolean): undefined {
	const isCutSuccess =
		error instanceof HttpError &&
		error.incomplete !== undefined &&
		isSuccess(error.statusCode, error.headers);
	if (!isCutSuccess) throw error;
	if (expectsBody) throw error.incomplete;
}
