import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { ConnectionOptions } from '../execution/itemContext';
import { HttpError, NetworkError } from '../http/errors';
import { isObject, propertiesOf } from '../http/json';
import { runTransfer, type Transfer } from '../http/transfer';
import { userAgent } from '../http/userAgent';
import type { ErrorContext } from '../messages/errorMessage';

export type Helpers = (IExecuteFunctions | IExecutePaginationFunctions)['helpers'];

/** What a presigned URL responds with; the headers' names are in lower case. */
export interface PresignedResponse {
	statusCode: number;
	headers: Record<string, string | undefined>;
	body: Body;
	/** The response of Node.js itself, as it came by the connection; absent where n8n does not tell. */
	message?: unknown;
}

const allStatuses = Array.from({ length: 500 }, (_, index) => 100 + index);

/** What storages answer to a URL that has expired; Google's says 400, with `ExpiredToken` in the body. */
const expiredStatuses = [400, 401, 403, 404, 410];

type Body = Parameters<Helpers['prepareBinaryData']>[0];

/** Sends one request to a presigned URL, which needs no API key and gets none. */
export type Send = (options: IHttpRequestOptions) => Promise<PresignedResponse>;

/**
 * Transfers a file from or to a presigned URL, for as long as bytes move.
 *
 * @param work sends the requests, and says how one sees that bytes move
 * @param maxBytes how large a file may be that comes
 * @throws NetworkError, also for a URL that is not https where the API is: nothing is sent to it
 */
export async function transferPresigned<T>(
	{ httpRequest }: Pick<Helpers, 'httpRequest'>,
	{ idleMs, cancelSignal, requiresHttps, ...connection }: ConnectionOptions,
	work: (send: Send, transfer: Transfer) => Promise<T>,
	maxBytes?: number,
): Promise<T> {
	return await runTransfer({ idleMs, cancelSignal, maxBytes }, async (transfer) => {
		const send = async (options: IHttpRequestOptions): Promise<PresignedResponse> => {
			requireWebUrl(options.url, requiresHttps);
			const request: Promise<PresignedResponse> = httpRequest({
				...connection,
				ignoreHttpStatusErrors:
					options.encoding === 'stream' ? { ignore: true, except: allStatuses } : true,
				returnFullResponse: true,
				// n8n would follow one to anywhere, and keep a whole upload in memory for it.
				disableFollowRedirect: true,
				// n8n's time-out ends an upload that takes longer, and no download that stalls.
				timeout: 0,
				abortSignal: transfer.signal,
				...options,
				headers: { ...options.headers, 'User-Agent': userAgent },
			});
			const response = await request.catch(responseOf);
			return { message: response.body, ...response };
		};
		return await work(send, transfer);
	});
}

/**
 * n8n 2 unpacks what came packed, even if it is cut off, and hides that it has. Only an error has the
 * response of Node.js with it, so n8n is told to take every status for one. n8n 1 hands that response
 * out, and does not know the list of statuses.
 *
 * @returns the response that n8n took for an error
 * @throws what was caught, where no response came
 */
function responseOf(error: unknown): PresignedResponse {
	const { status, headers, data, request } = propertiesOf(propertiesOf(error).response);
	if (typeof status !== 'number' || !isBody(data)) throw error;
	const entries = Object.entries(propertiesOf(headers)).map(([name, value]) => [
		name,
		String(value),
	]);
	return {
		statusCode: status,
		headers: Object.fromEntries(entries),
		body: data,
		message: propertiesOf(request).res,
	};
}

/** Closes the connection of a response that is not read to its end. */
export function discard({ body, message }: PresignedResponse): void {
	for (const stream of [message, body]) {
		if (isDestroyable(stream)) stream.destroy();
	}
}

function isDestroyable(stream: unknown): stream is { destroy(): void } {
	return typeof propertiesOf(stream).destroy === 'function';
}

function isBody(data: unknown): data is Body {
	return isObject(data);
}

/** @throws what was caught, unless it may mean that the URL has expired, so that another one helps */
export function undefinedIfExpired(error: unknown, mayBeExpired: boolean): undefined {
	const isRejected = error instanceof HttpError && expiredStatuses.includes(error.statusCode);
	if (!mayBeExpired || !isRejected) throw error;
}

/** Says what a request to a presigned URL is about, which may lead anywhere or be none at all. */
export function presignedContext(errorContext: ErrorContext, url: string): ErrorContext {
	const host = URL.canParse(url) ? new URL(url).host : errorContext.host;
	return { ...errorContext, host, isStorage: true };
}

/** @throws NetworkError where a URL is none of the web, or is not https and must be */
function requireWebUrl(url: string, requiresHttps: boolean): void {
	const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
	if (protocol === 'https:' || (protocol === 'http:' && !requiresHttps)) return;
	throw protocol === 'http:'
		? new NetworkError('insecureUrl', host)
		: new NetworkError('invalidUrl');
}
