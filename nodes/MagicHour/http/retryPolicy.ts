import type { IDataObject } from 'n8n-workflow';
import type { ConnectionFault } from '../execution/types';

const firstBackoff = 500;
const longestBackoff = 30_000;
const longestRetryAfter = 60_000;

const retriedStatusCodes = [429, 500, 502, 503, 504];
const retriedFaults: Array<ConnectionFault['kind']> = [
	'refused',
	'nameNotFound',
	'unreachable',
	'timedOut',
	'closed',
];

/** What to do before a request is repeated. */
export interface Wait {
	milliseconds: number;
	/** Whether the wait is for the whole run, since Magic Hour asked for it. */
	forWholeRun: boolean;
	/** Set when the wait is as long as this node lets one be. */
	ceiling?: string;
}

/**
 * Tells whether a request may be sent again after an answer.
 *
 * @param isRepeatable whether doing it twice does no harm; otherwise it is sent again only if
 * Magic Hour has surely not taken it
 */
export function isRetriedStatusCode(statusCode: number, isRepeatable: boolean): boolean {
	return isRepeatable ? retriedStatusCodes.includes(statusCode) : statusCode === 429;
}

/**
 * Tells whether a request that got no answer may be sent again.
 *
 * @param isRepeatable whether doing it twice does no harm
 */
export function isRetriedFault(fault: ConnectionFault, isRepeatable: boolean): boolean {
	return retriedFaults.includes(fault.kind) && (isRepeatable || !fault.mayHaveArrived);
}

/**
 * Tells how long to wait before a retry: what the answer asks for (`Retry-After`, in seconds or as
 * a date), else exponential backoff with full jitter.
 *
 * @param headers of the answer, if there was one
 * @param retries how many retries there were before this one
 * @returns the wait, or the reason why the wait that was asked for is too long to be waited out
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function waitBeforeRetry(
	headers: IDataObject | undefined,
	retries: number,
): Wait | { tooLong: string } {
	const askedFor = readRetryAfter(headers?.['retry-after']);
	if (askedFor > longestRetryAfter) {
		return {
			tooLong: `It asked to wait ${Math.ceil(askedFor / 1000)} seconds, and this node waits at most ${longestRetryAfter / 1000}.`,
		};
	}
	if (askedFor > 0) return { milliseconds: askedFor, forWholeRun: true };

	const backoff = firstBackoff * 2 ** retries;
	return {
		milliseconds: Math.random() * Math.min(backoff, longestBackoff),
		forWholeRun: false,
		ceiling:
			backoff >= longestBackoff
				? `Retries were at most ${longestBackoff / 1000} seconds apart.`
				: undefined,
	};
}

/** @returns milliseconds from now; 0 where the header is absent, past or unreadable */
function readRetryAfter(header: unknown): number {
	if (typeof header !== 'string' || header.trim() === '') return 0;
	if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
	const date = /GMT\s*$/.test(header) ? Date.parse(header) : NaN;
	return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}
