import {
	HttpError,
	isRequestError,
	NetworkError,
	type NetworkErrorKind,
	type RequestError,
} from './errors';
import { isObject, propertiesOf } from './json';
import { isTransient } from './retryPolicy';

/** The parts of n8n's, Axios's and Node's errors that tell why a request got no response. */
interface ErrorLink {
	code?: unknown;
	message?: unknown;
	syscall?: unknown;
	cause?: unknown;
	/** Of an attempt to connect to several addresses. */
	errors?: unknown;
	/** In n8n's own error: the messages of what it wraps. */
	messages?: unknown;
	description?: unknown;
	/** In n8n's own error: the status, or the code where there was no response. */
	httpCode?: unknown;
	/** In Axios's error: the request of Node.js. */
	request?: unknown;
	response?: { status?: unknown; headers?: unknown };
}

const maxCauses = 6;
const tlsCode = /^(ERR_SSL_.*|ERR_TLS_.*|EPROTO)$/;
const certificateCode =
	/^(?!ERR_SSL_).*(CERT|SELF_SIGNED|UNABLE_TO_|CRL|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;
const invalidUrl = /invalid url|unsupported protocol/i;
/** n8n's protection against requests to inner addresses, and credentials for certain domains only. */
const blocked =
	/^(The request was blocked because|Domain not allowed|No allowed domains specified|This credential is configured to prevent use)/;
const connecting = /^(connect|getaddrinfo) /;
const fileSystemCode =
	/^(EACCES|EDQUOT|EFBIG|EIO|EISDIR|EMFILE|ENAMETOOLONG|ENFILE|ENOENT|ENOSPC|ENOTDIR|EPERM|EROFS)$/;
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

/**
 * Tells why n8n's storage did not hand out a file. It may be in a network, and then have the faults of
 * one, which pass; a file that was pruned does not come back.
 */
export function classifyReadError(error: unknown): NetworkError {
	const fault = classifyNetworkError(error);
	return new NetworkError(isTransient(fault) ? 'fileUnreachable' : 'fileUnreadable', fault.detail);
}

/** @returns the error of a file that n8n's storage did not take */
export function classifyWriteError(error: unknown): NetworkError {
	return new NetworkError('fileUnwritable', classifyNetworkError(error).detail);
}

/** Whether an error is of a file system: sockets have none of these codes once they are connected. */
export function isFileSystemError(error: unknown): boolean {
	return chainOf(error).some(({ code }) => typeof code === 'string' && fileSystemCode.test(code));
}

/** @returns the message of anything that was thrown */
export function messageOf(error: unknown): string {
	return isLink(error) && typeof error.message === 'string' ? error.message : String(error);
}

/**
 * Tells why a request got no response. n8n wraps Axios's error, which wraps Node's: the innermost
 * code says the most. n8n 1.x drops what it wraps, and keeps the code and the messages.
 *
 * What fails while connecting, or while TLS is agreed and the certificate verified, was surely not
 * sent. Whatever else fails may have been read by the server before.
 */
function classifyNetworkError(error: unknown): NetworkError {
	const links = chainOf(error);
	const codes = textsOf(links.flatMap(({ httpCode, code }) => [httpCode, code]));
	const messages = textsOf(links.flatMap(messagesOf));
	const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code));
	const wasConnecting =
		links.some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo') ||
		messages.some((text) => connecting.test(text));
	const detail = codes.at(-1) ?? messages.at(-1) ?? 'unknown';
	const as = (kind: NetworkErrorKind, mayHaveArrived = !wasConnecting) =>
		new NetworkError(kind, detail, mayHaveArrived);

	if (has('ERR_CANCELED')) return as('aborted', true);
	const reason = messages.find((text) => blocked.test(text));
	if (reason !== undefined) return new NetworkError('blocked', reason, false);
	if (has('ECONNREFUSED')) return as('refused');
	if (has('ENOTFOUND', 'EAI_AGAIN')) return as('nameNotFound');
	if (has('EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN')) return as('unreachable');
	if (has('ERR_INVALID_URL', 'ERR_UNSUPPORTED_PROTOCOL')) return as('invalidUrl', false);
	if (codes.length === 0 && messages.some((text) => invalidUrl.test(text))) {
		return as('invalidUrl', false);
	}
	if (codes.some((code) => certificateCode.test(code))) return as('certificate', false);
	if (codes.some((code) => tlsCode.test(code))) {
		return as('tls', !links.some(({ request }) => isBeforeTls(request)));
	}
	if (has('ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT')) return as('timedOut');
	if (codes.some((code) => closedCode.test(code))) return as('closed');
	return as('other');
}

/** Whether a request has no connection on which TLS is agreed, so that it waits to be sent. */
function isBeforeTls(request: unknown): boolean {
	if (!isObject(request)) return false;
	const { socket } = request;
	return !isObject(socket) || socket.secureConnecting === true;
}

/** @returns the status and headers of a response whose body was cut off, where they did arrive */
function truncatedResponse(error: unknown): HttpError | undefined {
	for (const { response, httpCode } of chainOf(error)) {
		const status = Number(response?.status ?? httpCode);
		if (status > 0) {
			const cutOff = new NetworkError('closed', 'cut off', true);
			return new HttpError(status, { ...propertiesOf(response?.headers) }, undefined, cutOff);
		}
	}
	return undefined;
}

function chainOf(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	for (let link = error; isLink(link) && chain.length < maxCauses; link = causeOf(link)) {
		chain.push(link);
	}
	return chain;
}

function causeOf({ cause, errors }: ErrorLink): unknown {
	return cause ?? (Array.isArray(errors) ? errors[0] : undefined);
}

function messagesOf({ message, messages, description }: ErrorLink): unknown[] {
	return [message, description, ...(Array.isArray(messages) ? messages : [])];
}

function textsOf(values: unknown[]): string[] {
	return values.filter((value) => typeof value === 'string');
}

function isLink(value: unknown): value is ErrorLink {
	return isObject(value);
}
