import type { IBinaryData } from 'n8n-workflow';
import { ItemError } from '../execution/itemError';
import type { ConnectionOptions, ItemContext } from '../execution/itemContext';
import type { Output } from '../execution/output';
import { classifyWriteError, isFileSystemError } from '../http/classifyError';
import { HttpError, isSuccess, NetworkError } from '../http/errors';
import { fileNameOf, mediaTypeOf } from '../http/fileName';
import { bytesReceived, isComplete, requireAnnouncedEnd } from '../http/framing';
import type { RequestPolicy } from '../http/requestWithRetry';
import { fileTooLarge, type Transfer } from '../http/transfer';
import type { ErrorContext } from '../messages/errorMessage';
import { describeInProgress, describeNoFiles } from '../messages/projects';
import { describeUnexpectedResponse } from '../messages/requestErrors';
import {
	discard,
	presignedContext,
	transferPresigned,
	undefinedIfExpired,
	type Helpers,
	type PresignedResponse,
	type Send,
} from './presigned';
import { isInProgress, type Lookup } from './fetchResource';
import {
	downloadUrlsOf,
	fetchProject,
	projectFailure,
	toProjectJson,
	type Project,
} from './projects';

const redirectStatuses = [301, 302, 303, 307, 308];
const maxRedirects = 5;
const uninformativeTypes = ['application/octet-stream', 'binary/octet-stream'];
/** What a storage says instead of handing out the file: no project has a file of these types. */
const noticeTypes = ['application/json', 'application/xml', 'text/plain', 'text/xml'];

type FileHelpers = Pick<Helpers, 'getBinaryMetadata' | 'httpRequest' | 'prepareBinaryData'>;

/** Where the files of a project go. */
export interface FileOutput {
	/** The binary field of each item that gets a file. */
	field: string;
	/** How large a file may be; absent where that does not matter. */
	maxBytes?: number;
}

/** Which file of a project it is. */
export interface FilePlace {
	/** The project's. */
	id: string;
	/** Among the files of the project. */
	index: number;
}

/** How a download may be sent. */
export const downloadPolicy: RequestPolicy = { idempotent: true, expectsBody: true };

/**
 * Downloads the files of a project, one output each. The project is looked up again where a URL has
 * expired, once for each file.
 *
 * @param lookup by which the project was looked up
 * @param output the binary field that each file goes into, and how large one may be
 * @throws ItemError where the project has no files, or one of them cannot be had
 */
export async function downloadFiles(
	item: ItemContext,
	project: Project,
	lookup: Lookup,
	{ field, maxBytes }: FileOutput,
): Promise<Output[]> {
	const { errorContext, id } = lookup;
	let latest = project;
	let urls: string[] = requireDownloadUrls(latest, errorContext);
	const files: IBinaryData[] = [];
	for (let index = 0; index < urls.length; index++) {
		const subject = `file ${index + 1} of ${errorContext.subject}`;
		const context = { ...errorContext, subject };
		const place = { id, index };
		let file = await download(item, urls[index], place, context, true, maxBytes);
		if (file === undefined) {
			latest = await fetchProject(item, lookup);
			urls = requireDownloadUrls(latest, errorContext);
			file = await download(item, urls[index], place, context, false, maxBytes);
		}
		if (file === undefined) throw new ItemError(describeUnexpectedResponse(errorContext));
		files.push(file);
	}
	const json = toProjectJson(latest);
	return files.map((file) => ({ json: { ...json }, binary: { [field]: file } }));
}

/**
 * @param errorContext of the project
 * @returns the URLs of a project's files, of which there is at least one
 * @throws ItemError where there is none
 */
function requireDownloadUrls(project: Project, errorContext: ErrorContext): [string, ...string[]] {
	if (isInProgress(project)) throw new ItemError(describeInProgress(errorContext, project.status));
	const failure = projectFailure(project, errorContext);
	if (failure !== undefined) throw new ItemError(failure);

	const [first, ...others] = downloadUrlsOf(project);
	if (first === undefined) throw new ItemError(describeNoFiles(errorContext));
	return [first, ...others];
}

/**
 * Downloads a file in one attempt, into n8n's storage of binary data. A file is whole, or an error.
 *
 * @param place what it is a file of, by which it is named
 * @param maxBytes how large it may be
 * @throws HttpError where the storage responds with something else
 * @throws NetworkError where the file does not come, is not surely whole, or is too large
 */
export async function downloadFile(
	helpers: FileHelpers,
	url: string,
	place: FilePlace,
	connection: ConnectionOptions,
	maxBytes?: number,
): Promise<IBinaryData> {
	return await transferPresigned(
		helpers,
		connection,
		async (send, transfer) => {
			const response = await followRedirects(send, url);
			ignoreLateErrors(response);
			// n8n lets go of the signal when it hands the response out.
			transfer.signal.addEventListener('abort', () => discard(response));
			try {
				const nameFor = (type: string | undefined) =>
					fileNameOf(place.id, place.index + 1, url, type);
				return await storeFile(helpers, response, nameFor, transfer, maxBytes);
			} finally {
				discard(response);
			}
		},
		maxBytes,
	);
}

/** @returns the first response that is no redirect; the last of too many redirects */
async function followRedirects(send: Send, url: string): Promise<PresignedResponse> {
	for (let next = url, redirects = 0; ; redirects++) {
		const headers = { 'Accept-Encoding': 'identity' };
		const response = await send({ url: next, encoding: 'stream', headers });
		const { location = '' } = response.headers;
		const isRedirect = redirectStatuses.includes(response.statusCode);
		if (!isRedirect || redirects === maxRedirects || !URL.canParse(location, next)) return response;
		discard(response);
		next = new URL(location, next).href;
	}
}

async function storeFile(
	helpers: FileHelpers,
	{ statusCode, headers, body, message }: PresignedResponse,
	nameFor: (type: string | undefined) => string,
	transfer: Transfer,
	maxBytes = Infinity,
): Promise<IBinaryData> {
	const type = mediaTypeOf(headers['content-type']);
	if (statusCode === 206) throw new NetworkError('incomplete', 'status 206', true);
	if (statusCode !== 200 || !isSuccess(statusCode, headers) || noticeTypes.includes(type ?? '')) {
		throw new HttpError(statusCode, headers, undefined);
	}
	const announced = requireAnnouncedEnd(headers, message);
	if (announced !== undefined && announced > maxBytes) throw fileTooLarge(maxBytes);

	const bytesBefore = bytesReceived(message) ?? 0;
	transfer.watch(() => {
		// n8n may take long to store what has come.
		const bytes = isComplete(message) ? undefined : bytesReceived(message);
		return bytes === undefined ? undefined : bytes - bytesBefore;
	});
	const knownType = uninformativeTypes.includes(type ?? '') ? undefined : type;
	const file = await helpers
		.prepareBinaryData(body, nameFor(knownType), knownType)
		.catch((error: unknown) => rethrowStoreError(error, message));
	const size = await sizeOf(helpers, file);
	if (size > maxBytes) throw fileTooLarge(maxBytes);
	if (!isComplete(message) || (announced !== undefined && size !== announced)) {
		throw new NetworkError('incomplete', `${size} of ${announced ?? 'more'} bytes`, true);
	}
	if (size === 0) throw new HttpError(statusCode, headers, undefined);
	return file;
}

/** @returns the size of a file as n8n has it, in bytes; n8n 1 does not say it in the item */
async function sizeOf(helpers: FileHelpers, { id, data }: IBinaryData): Promise<number> {
	if (id === undefined) return Buffer.byteLength(data, 'base64');
	return (await helpers.getBinaryMetadata(id).catch(rethrowWriteError)).fileSize;
}

/**
 * @param message the response that was to be stored
 * @throws NetworkError where n8n's storage has not taken what came; what was caught, where it did not come
 */
function rethrowStoreError(error: unknown, message: unknown): never {
	if (isFileSystemError(error) || isComplete(message)) rethrowWriteError(error);
	throw error;
}

function rethrowWriteError(error: unknown): never {
	throw classifyWriteError(error);
}

/** An abort makes a stream emit an error, which must not be uncaught where nobody reads the stream. */
function ignoreLateErrors({ body }: PresignedResponse): void {
	if ('on' in body) body.on('error', () => {});
}

/**
 * @param mayBeExpired whether a rejection may mean that the URL has expired
 * @returns undefined where the URL has expired, or there is none
 */
async function download(
	item: ItemContext,
	url: string | undefined,
	place: FilePlace,
	errorContext: ErrorContext,
	mayBeExpired: boolean,
	maxBytes: number | undefined,
): Promise<IBinaryData | undefined> {
	if (url === undefined) return undefined;
	return await item.requestPresigned(
		{ policy: downloadPolicy, errorContext: presignedContext(errorContext, url) },
		async (connection) => await downloadFile(item.helpers, url, place, connection, maxBytes),
		async (receive) => {
			try {
				return await receive();
			} catch (error) {
				return undefinedIfExpired(error, mayBeExpired);
			}
		},
	);
}
