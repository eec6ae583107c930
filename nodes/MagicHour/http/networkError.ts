import { UnsuccessfulAnswer } from './answer';
import type { ConnectionFault } from '../execution/types';

/** The parts of n8n's, Axios's and Node's errors that tell why a request got no answer. */
interface ErrorLink {
	code?: unknown;
	message?: unknown;
	syscall?: unknown;
	cause?: unknown;
	/** In n8n's own error: the status, or the code where there was no answer. */
	httpCode?: unknown;
	response?: { status?: unknown; headers?: unknown };
}

const deepestCause = 6;
const tlsCode = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|^EPROTO$|HOSTNAME_MISMATCH/;
const closedCode = /^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/;

/**
 * Tells why a request got no answer, from the error with which n8n's request helper rejected.
 * n8n wraps Axios's error, which wraps Node's: the innermost code says the most. n8n 1.x drops what
 * it wraps, and keeps the code in its own error.
 */
export function faultOf(error: unknown): ConnectionFault {
	const links = chainOf(error);
	const codes = links
		.flatMap((link) => [link.httpCode, link.code])
		.filter((code) => typeof code === 'string');
	const messages = links.map((link) => link.message).filter((text) => typeof text === 'string');
	const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
	const detail = codes.at(-1) ?? messages.at(-1) ?? 'unknown';
	const fault = (kind: ConnectionFault['kind'], mayHaveArrived: boolean) => ({
		kind,
		detail,
		mayHaveArrived,
	});

	if (has('ERR_CANCELED')) return fault('canceled', true);
	if (has('ECONNREFUSED')) return fault('refused', false);
	if (has('ENOTFOUND', 'EAI_AGAIN')) return fault('nameNotFound', false);
	if (has('EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'))
		return fault('unreachable', false);
	if (has('ERR_INVALID_URL', 'ERR_UNSUPPORTED_PROTOCOL')) return fault('badAddress', false);
	if (messages.some((text) => /invalid url|unsupported protocol/i.test(text))) {
		return fault('badAddress', false);
	}
	if (codes.some((code) => tlsCode.test(code))) return fault('tls', false);
	if (has('ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT')) {
		return fault('timedOut', !links.some((link) => link.syscall === 'connect'));
	}
	if (codes.some((code) => closedCode.test(code))) return fault('closed', true);
	return fault('other', true);
}

/** @returns the status and headers of an answer whose body was cut off, where they did arrive */
export function cutOffAnswerOf(error: unknown): UnsuccessfulAnswer | undefined {
	for (const { response, httpCode } of chainOf(error)) {
		const status = Number(response?.status ?? httpCode);
		if (status > 0) {
			return new UnsuccessfulAnswer(status, { ...Object(response?.headers) }, undefined);
		}
	}
	return undefined;
}

/** @returns the message of anything that was thrown */
export function messageOf(error: unknown): string {
	return isLink(error) && typeof error.message === 'string' ? error.message : String(error);
}

function chainOf(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	for (let link = error; isLink(link) && chain.length < deepestCause; link = link.cause) {
		chain.push(link);
	}
	return chain;
}

function isLink(value: unknown): value is ErrorLink {
	return typeof value === 'object' && value !== null;
}
