import { HttpError, type NetworkErrorKind, type RequestError, type WaitLimit } from './errors';
import { classOf } from './statuses';

const initialBackoffMs = 500;
const maxBackoffMs = 30_000;
const maxRetryAfterMs = 60_000;

const transientKinds: NetworkErrorKind[] = [
	'refused',
	'nameNotFound',
	'unreachable',
	'timedOut',
	'closed',
	'incomplete',
	'fileUnreachable',
];

/** What to do before a request is sent again. */
interface RetryDelay {
	ms: number;
	/** Whether to hold back all requests, since the server asked for it. */
	pausesRun: boolean;
	/** Set where the wait is as long as it may be. */
	waitLimit?: WaitLimit;
}

/**
 * Tells whether a request may be sent again.
 *
 * @param idempotent whether doing it twice does no harm; otherwise it is sent again only if the
 * server has surely not taken it
 */
export function isRetryable(error: RequestError, idempotent: boolean): boolean {
	if (error instanceof HttpError) {
		const { retriesIdempotent, retriesCreating } = classOf(error.statusCode);
		return idempotent ? retriesIdempotent : retriesCreating;
	}
	return transientKinds.includes(error.kind) && (idempotent || !error.mayHaveArrived);
}

/** @returns whether the same request may succeed a little later */
export function isTransient(error: RequestError): boolean {
	return isRetryable(error, true);
}

/** @returns whether the request may have done its work all the same */
export function isAmbiguous(error: RequestError): boolean {
	if (error instanceof HttpError) return classOf(error.statusCode).ambiguous;
	return error.mayHaveArrived;
}

/** @returns whether the server has taken the request, and counts it against its rate limit */
export function isAccepted(error: RequestError): boolean {
	if (error instanceof HttpError) return classOf(error.statusCode).accepted;
	return error.mayHaveArrived;
}

/**
 * Tells how long to wait before a retry: what the response asks for (`Retry-After`, in seconds or as
 * a date), else exponential backoff with full jitter.
 *
 * @param retries how many retries there were before this one
 * @returns the wait; undefined where the server asks for more than may be waited
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryDelay(error: RequestError, retries: number): RetryDelay {
	const requestedMs = requestedWaitMs(error);
	if (requestedMs > 0) {
		const waitLimit: WaitLimit = {
			maxSeconds: maxRetryAfterMs / 1000,
			requestedSeconds: Math.ceil(requestedMs / 1000),
		};
		return {
			ms: requestedMs,
			pausesRun: true,
			...(requestedMs > maxRetryAfterMs ? { waitLimit } : {}),
		};
	}
	const backoffMs = initialBackoffMs * 2 ** retries;
	return {
		ms: Math.random() * Math.min(backoffMs, maxBackoffMs),
		pausesRun: false,
		...(backoffMs >= maxBackoffMs ? { waitLimit: { maxSeconds: maxBackoffMs / 1000 } } : {}),
	};
}

/** @returns milliseconds from now; 0 where the response asks for no wait */
function requestedWaitMs(error: RequestError): number {
	if (!(error instanceof HttpError) || !classOf(error.statusCode).pausesRun) return 0;
	const header = error.headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return 0;
	if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
	const until = parseHttpDate(header);
	// By the clock of the server, which set the date, or by the one here: either may be wrong.
	const waits = [parseHttpDate(error.headers.date), Date.now()].map((start) => until - start);
	const positive = waits.filter((ms) => ms > 0);
	return positive.length === 0 ? 0 : Math.min(...positive);
}

/** @returns milliseconds since 1970; NaN for what is no date of HTTP */
function parseHttpDate(header: unknown): number {
	return typeof header === 'string' && /GMT\s*$/.test(header) ? Date.parse(header) : NaN;
}
