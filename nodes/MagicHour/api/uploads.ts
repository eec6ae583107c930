import type { IBinaryData } from 'n8n-workflow';
import type { ConnectionOptions, ItemContext } from '../execution/itemContext';
import { ItemError } from '../execution/itemError';
import { isLeftover } from '../execution/leftovers';
import { findStrayCharacter } from '../http/characters';
import { classifyReadError } from '../http/classifyError';
import { HttpError, isSuccess, NetworkError } from '../http/errors';
import { propertiesOf } from '../http/json';
import type { Transfer } from '../http/transfer';
import type { ErrorContext } from '../messages/errorMessage';
import { uploading } from '../messages/operations';
import { describeUnexpectedResponse } from '../messages/requestErrors';
import { excerpt } from '../messages/text';
import { presignedContext, transferPresigned, undefinedIfExpired } from './presigned';
import type { FileKind } from './projectKinds';

/** Where the API hands out URLs that files can be uploaded to. */
export const uploadUrlsPath = '/v1/files/upload-urls';

/** What the API needs to know of a file. */
export interface FileFormat {
	type: FileKind;
	extension: string;
}

/** A file of an item, ready to be uploaded. */
export interface LocalFile {
	/** The display name of the parameter that names it. */
	displayName: string;
	/** By what name or path the item has it; empty for a file that an expression has taken from elsewhere. */
	field: string;
	data: IBinaryData;
	format: FileFormat;
}

/** A file, and where Magic Hour's storage has put it. */
interface UploadedFile {
	file: LocalFile;
	filePath: string;
	/** Until when the URL that took the file was valid, as an ISO date. */
	uploadUrlExpiresAt?: string;
}

/** A file, and where the API wants it. */
interface Upload {
	file: LocalFile;
	url: string;
	filePath: string;
	expiresAt?: string;
}

/**
 * Uploads files to Magic Hour's storage: requests URLs from the API, and sends each file to its own.
 * Another URL is requested where one has expired, as it may while other files are sent, once a file.
 *
 * @returns what became of each file, in their order
 * @throws ItemError
 */
export async function uploadFiles(
	item: ItemContext,
	files: LocalFile[],
	errorContext: ErrorContext,
): Promise<UploadedFile[]> {
	const uploads = await requestUploadUrls(item, files, errorContext);
	const uploaded: UploadedFile[] = [];
	for (const upload of uploads) {
		const isDone = await put(item, upload, errorContext, true);
		const { file, filePath, expiresAt } = isDone
			? upload
			: await uploadAgain(item, upload.file, errorContext);
		uploaded.push({ file, filePath, uploadUrlExpiresAt: expiresAt });
	}
	return uploaded;
}

/** Uploads a file to another URL than the one that was rejected. */
async function uploadAgain(
	item: ItemContext,
	file: LocalFile,
	errorContext: ErrorContext,
): Promise<Upload> {
	const [upload] = await requestUploadUrls(item, [file], errorContext);
	if (upload === undefined) throw new ItemError(describeUnexpectedResponse(errorContext));
	await put(item, upload, errorContext, false);
	return upload;
}

/**
 * Uploads one file, once for all items and fields of the run that have the same.
 *
 * @returns its path in Magic Hour's storage
 * @throws ItemError
 */
export async function uploadOnce(
	item: ItemContext,
	file: LocalFile,
	errorContext: ErrorContext,
): Promise<string> {
	// A file within the item has no ID; one that is read as another kind is another file.
	const key = `${file.format.type} ${file.data.id ?? file.data.data}`;
	return await item.run.uploads.run(key, async () => {
		const fileContext = { ...errorContext, operation: uploading, subject: nameOf(file) };
		const [uploaded] = await uploadFiles(item, [file], fileContext);
		if (uploaded === undefined) throw new ItemError(describeUnexpectedResponse(fileContext));
		return uploaded.filePath;
	});
}

async function requestUploadUrls(
	item: ItemContext,
	files: LocalFile[],
	errorContext: ErrorContext,
): Promise<Upload[]> {
	const request = {
		method: 'POST' as const,
		url: uploadUrlsPath,
		body: { items: files.map(({ format }) => format) },
		policy: { idempotent: true, expectsBody: true },
		errorContext,
	};
	return await item.request(request, async (receive) => {
		const { items } = propertiesOf(await receive());
		const places: unknown[] = Array.isArray(items) ? items : [];
		const uploads = files.flatMap((file, index) => uploadOf(file, places[index]) ?? []);
		if (uploads.length === files.length && places.length === files.length) return uploads;
		throw new ItemError(describeUnexpectedResponse(errorContext));
	});
}

function uploadOf(file: LocalFile, place: unknown): Upload | undefined {
	const { upload_url: url, file_path: filePath, expires_at: expiresAt } = propertiesOf(place);
	if (!isUploadUrl(url) || !isFilePath(filePath)) return undefined;
	return { file, url, filePath, expiresAt: typeof expiresAt === 'string' ? expiresAt : undefined };
}

function isUploadUrl(url: unknown): url is string {
	if (typeof url !== 'string' || findStrayCharacter(url) !== undefined) return false;
	return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** Whether something may be a path in Magic Hour's storage, which a paid request will name. */
function isFilePath(path: unknown): path is string {
	if (typeof path !== 'string' || findStrayCharacter(path) !== undefined) return false;
	return path.trim() !== '' && !isLeftover(path);
}

/** @returns by what name messages tell of a file */
export function labelOf({ field, data }: Pick<LocalFile, 'field' | 'data'>): string {
	return [data.fileName, field].find((name) => name !== undefined && name !== '') ?? 'file';
}

function nameOf(file: LocalFile): string {
	return `the file "${excerpt(labelOf(file))}"`;
}

/**
 * @param mayBeExpired whether a rejection may mean that the URL has expired
 * @returns whether the storage has taken the file; it has not where the URL has expired
 */
async function put(
	item: ItemContext,
	{ file, url }: Upload,
	errorContext: ErrorContext,
	mayBeExpired: boolean,
): Promise<boolean> {
	const fileContext = presignedContext({ ...errorContext, subject: nameOf(file) }, url);
	return await item.requestPresigned(
		{ policy: { idempotent: true, expectsBody: false }, errorContext: fileContext },
		async (connection) => await putOnce(item, file.data, url, connection),
		async (receive) => {
			try {
				await receive();
				return true;
			} catch (error) {
				undefinedIfExpired(error, mayBeExpired);
				return false;
			}
		},
	);
}

/** @throws HttpError where the storage does not take the file */
async function putOnce(
	{ helpers }: ItemContext,
	data: IBinaryData,
	url: string,
	connection: ConnectionOptions,
): Promise<void> {
	await transferPresigned(helpers, connection, async (send, transfer) => {
		const { body, size, bytesSent } = await openFile(helpers, data, transfer);
		transfer.watch(bytesSent, true);
		const headers = { 'Content-Type': data.mimeType, 'Content-Length': size };
		try {
			const response = await send({ method: 'PUT', url, body, headers });
			if (!isSuccess(response.statusCode, response.headers)) {
				throw new HttpError(response.statusCode, response.headers, undefined);
			}
			if (bytesSent() < size) {
				throw new NetworkError('incomplete', `${bytesSent()} of ${size} bytes`, true);
			}
		} finally {
			if ('destroy' in body) body.destroy();
		}
	});
}

/**
 * Opens a file for reading; a small one is kept within the item itself.
 *
 * @throws NetworkError where n8n's storage does not hand it out; where that stops later, it ends the
 * transfer
 */
async function openFile(
	helpers: ItemContext['helpers'],
	{ id, data, mimeType }: IBinaryData,
	transfer: Transfer,
) {
	if (id === undefined) {
		const body = new CountedBlob([Buffer.from(data, 'base64')], { type: mimeType });
		return { body, size: body.size, bytesSent: () => body.bytesRead };
	}
	const { fileSize } = await helpers.getBinaryMetadata(id).catch(rethrowReadError);
	const body = await helpers.getBinaryStream(id).catch(rethrowReadError);
	let bytesRead = 0;
	// A listener of its own would set the stream going before anybody takes what it gives.
	body.once('resume', () => {
		body.on('data', ({ length }: Buffer) => {
			bytesRead += length;
		});
	});
	// The HTTP client would pass it off as a fault of the network, and so would a retry in vain.
	body.on('error', (error: Error) => transfer.abort(classifyReadError(error)));
	return { body, size: fileSize, bytesSent: () => bytesRead };
}

function rethrowReadError(error: unknown): never {
	throw classifyReadError(error);
}

/** A file in memory, of which n8n's HTTP client takes one part after the other. */
class CountedBlob extends Blob {
	/** How much has been taken. An own property, too: n8n sends no object that has none. */
	bytesRead = 0;

	override stream(): ReturnType<Blob['stream']> {
		const count = new TransformStream<Uint8Array, Uint8Array>({
			transform: (chunk, controller) => {
				this.bytesRead += chunk.length;
				controller.enqueue(chunk);
			},
		});
		return super.stream().pipeThrough(count);
	}
}
