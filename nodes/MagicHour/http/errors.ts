/** How a request went before its last attempt, and with it. */
export interface RetryState {
	/** How often the request was sent again. */
	retries: number;
	/** Whether an attempt may have done its work without saying so. */
	ambiguous: boolean;
	/** Set when a wait reached its limit. */
	waitLimit?: WaitLimit;
}

/** The limit of the waits between attempts, in seconds. */
export interface WaitLimit {
	maxSeconds: number;
	/** What the server asked for, where that was more; absent where backoff reached the limit. */
	requestedSeconds?: number;
}

/** A request that did not succeed. */
export type RequestError = HttpError | NetworkError;

abstract class ErrorAfterAttempts extends Error {
	retryState: RetryState = { retries: 0, ambiguous: false };
}

/** A response that is not a success: any status but 2xx, a web page, and one whose body is not whole. */
export class HttpError extends ErrorAfterAttempts {
	/** @param incomplete why the body is not whole, if so */
	constructor(
		readonly statusCode: number,
		readonly headers: Record<string, unknown>,
		readonly body: unknown,
		readonly incomplete?: NetworkError,
	) {
		super(`HTTP ${statusCode}`);
	}
}

export type NetworkErrorKind =
	/** The execution ended while the request was under way. */
	| 'aborted'
	/** An earlier attempt may have done its work, so the request must not be sent again. */
	| 'ambiguous'
	/** The API key is none that can be sent. */
	| 'badApiKey'
	/** The execution ended, or the run stopped, before the request was sent (again). */
	| 'canceled'
	/** n8n does not let requests go there. */
	| 'blocked'
	/** The server's certificate was not accepted, so nothing was sent to it. */
	| 'certificate'
	| 'closed'
	/** A file is larger than the user allows. */
	| 'fileTooLarge'
	/** n8n cannot read a file that it has stored; nothing is wrong with the request. */
	| 'fileUnreadable'
	/** The same, where its storage may be able to a little later. */
	| 'fileUnreachable'
	/** n8n cannot store a file that has come. */
	| 'fileUnwritable'
	/** Only a part of a file came. */
	| 'incomplete'
	/** A presigned URL that is not https, although the API is. */
	| 'insecureUrl'
	| 'invalidUrl'
	| 'nameNotFound'
	/** There is no API key to send. */
	| 'noApiKey'
	/** What has the API key cannot be read. */
	| 'noCredential'
	| 'refused'
	| 'timedOut'
	/** What came is not what TLS allows. */
	| 'tls'
	/** The response has more bytes than any of the API. */
	| 'tooLarge'
	| 'unreachable'
	/** A file came in a way that does not show whether it is whole. */
	| 'unverifiable'
	| 'other';

/** A request without a response. */
export class NetworkError extends ErrorAfterAttempts {
	/**
	 * @param detail the error code of Node.js or of OpenSSL, or the message where there is no code; for
	 * what this package finds itself, a host, a number of megabytes, or what was wrong with the response
	 * @param mayHaveArrived whether the request may have reached the server
	 * @param cause how the attempt before ended, if there was one
	 */
	constructor(
		readonly kind: NetworkErrorKind,
		readonly detail = '',
		readonly mayHaveArrived = false,
		override readonly cause?: RequestError,
	) {
		super(`${kind}: ${detail}`);
	}
}

export function isRequestError(error: unknown): error is RequestError {
	return error instanceof HttpError || error instanceof NetworkError;
}

/** Success is a 2xx and nothing else, but for a web page: a proxy's sign-in page is a 200, too. */
export function isSuccess(statusCode: number, headers: object): boolean {
	return statusCode >= 200 && statusCode < 300 && !isWebPage(headers);
}

function isWebPage(headers: object): boolean {
	return 'content-type' in headers && /^text\/html\b/i.test(String(headers['content-type']));
}
