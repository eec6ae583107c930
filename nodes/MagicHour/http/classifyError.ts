import {
	HttpError,
	isRequestError,
	NetworkError,
	type NetworkErrorKind,
	type RequestError,
} from './errors';
import { propertiesOf } from './json';

/** The parts of n8n's, Axios's and Node's errors that tell why a request got no response. */
interface ErrorLink {
	code?: unknown;
	message?: unknown;
	syscall?: unknown;
	cause?: unknown;
	/** In n8n's own error: the status, or the code where there was no response. */
	httpCode?: unknown;
	response?: { status?: unknown; headers?: unknown };
}

const maxCauses = 6;
const tlsCode = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|^EPROTO$|HOSTNAME_MISMATCH/;
const closedCode = /^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/;

/**
 * Tells what ended an attempt, from the error with which n8n's request helper rejected.
 *
 * @returns an `HttpError` where a status arrived, even if the body was cut off; else a `NetworkError`
 */
export function classifyError(error: unknown): RequestError {
	if (isRequestError(error)) return error;
	return truncatedResponse(error) ?? classifyNetworkError(error);
}

/** @returns the message of anything that was thrown */
export function messageOf(error: unknown): string {
	return isLink(error) && typeof error.message === 'string' ? error.message : String(error);
}

/**
 * Tells why a request got no response. n8n wraps Axios's error, which wraps Node's: the innermost
 * code says the most. n8n 1.x drops what it wraps, and keeps the code in its own error.
 */
function classifyNetworkError(error: unknown): NetworkError {
	const links = chainOf(error);
	const codes = links
		.flatMap((link) => [link.httpCode, link.code])
		.filter((code) => typeof code === 'string');
	const messages = links.map((link) => link.message).filter((text) => typeof text === 'string');
	const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
	const detail = codes.at(-1) ?? messages.at(-1) ?? 'unknown';
	const as = (kind: NetworkErrorKind, mayHaveArrived: boolean) =>
		new NetworkError(kind, detail, mayHaveArrived);

	if (has('ERR_CANCELED')) return as('aborted', true);
	if (has('ECONNREFUSED')) return as('refused', false);
	if (has('ENOTFOUND', 'EAI_AGAIN')) return as('nameNotFound', false);
	if (has('EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN')) return as('unreachable', false);
	if (has('ERR_INVALID_URL', 'ERR_UNSUPPORTED_PROTOCOL')) return as('invalidUrl', false);
	if (messages.some((text) => /invalid url|unsupported protocol/i.test(text))) {
		return as('invalidUrl', false);
	}
	if (codes.some((code) => tlsCode.test(code))) return as('tls', false);
	if (has('ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT')) {
		return as('timedOut', !links.some((link) => link.syscall === 'connect'));
	}
	if (codes.some((code) => closedCode.test(code))) return as('closed', true);
	return as('other', true);
}

/** @returns the status and headers of a response whose body was cut off, where they did arrive */
function truncatedResponse(error: unknown): HttpError | undefined {
	for (const { response, httpCode } of chainOf(error)) {
		const status = Number(response?.status ?? httpCode);
		if (status > 0) return new HttpError(status, { ...propertiesOf(response?.headers) }, undefined);
	}
	return undefined;
}

function chainOf(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	for (let link = error; isLink(link) && chain.length < maxCauses; link = link.cause) {
		chain.push(link);
	}
	return chain;
}

function isLink(value: unknown): value is ErrorLink {
	return typeof value === 'object' && value !== null;
}
