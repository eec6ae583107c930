import type { FileKind } from '../api/projectKinds';
import { labelOf, type FileFormat, type LocalFile } from '../api/uploads';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import {
	describeFileFault,
	describeOtherContent,
	describeUnknownContent,
	type FileFault,
} from '../messages/files';
import { findBase64Fault, firstBytes } from './base64';
import { detectContentFormat, headBytes } from './contentFormat';
import { formatAccepted } from './fileFormat';

/** A file of an item. Where neither its name nor its MIME type tells its format, its content must. */
export interface GivenFile extends Omit<LocalFile, 'format'> {
	kinds: readonly FileKind[];
	format?: FileFormat;
}

/**
 * Checks the content of a file that n8n keeps within its item; nothing of one that n8n keeps elsewhere.
 *
 * @returns the file, with the format that its content has, if that was not known before
 * @throws ItemError where it is empty or broken, or of no format that is accepted
 */
export function checkContentInItem(file: GivenFile): GivenFile {
	const { data, format } = file;
	if (data.id !== undefined) return file;
	const fault = findBase64Fault(data.data);
	if (fault !== undefined) throw faultError(file, fault);
	return { ...file, format: format ?? contentFormatOf(file, firstBytes(data.data, headBytes)) };
}

/**
 * Checks, when the turn of its item has come, that a file which n8n keeps outside of it has content and
 * is still there. Where only its content tells its format, its first bytes are read.
 *
 * @returns the file, ready to be uploaded
 * @throws ItemError where it is not so; nothing has been sent for it by then
 */
export async function requireStoredFile(
	{ helpers }: Pick<ItemContext, 'helpers'>,
	file: GivenFile,
): Promise<LocalFile> {
	const { id } = file.data;
	const fault = id === undefined ? undefined : await findStorageFault(helpers, id);
	if (fault !== undefined) throw faultError(file, fault);
	return { ...file, format: file.format ?? (await readFormat(helpers, file)) };
}

async function findStorageFault(
	helpers: ItemContext['helpers'],
	id: string,
): Promise<FileFault | undefined> {
	try {
		const { fileSize } = await helpers.getBinaryMetadata(id);
		return fileSize === 0 ? 'empty' : undefined;
	} catch {
		return 'unreadable';
	}
}

async function readFormat(helpers: ItemContext['helpers'], file: GivenFile): Promise<FileFormat> {
	const { id = '' } = file.data;
	const head = await readHead(helpers, id).catch(() => undefined);
	if (head === undefined) throw faultError(file, 'unreadable');
	return contentFormatOf(file, head);
}

/** @returns the first bytes of a stored file; no more than them are read */
async function readHead(helpers: ItemContext['helpers'], id: string): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	let size = 0;
	// To leave the loop destroys the stream.
	for await (const chunk of await helpers.getBinaryStream(id, headBytes)) {
		const bytes = Buffer.from(chunk);
		chunks.push(bytes);
		size += bytes.length;
		if (size >= headBytes) break;
	}
	return Buffer.concat(chunks);
}

/** @throws ItemError where the content is of no format that is accepted */
function contentFormatOf(file: GivenFile, head: Uint8Array): FileFormat {
	const { displayName, data, kinds } = file;
	const format = detectContentFormat(head, data.mimeType, kinds);
	if (format !== undefined) return format;
	const other = detectContentFormat(head, data.mimeType);
	const accepted = formatAccepted(kinds);
	const issue =
		other === undefined
			? describeUnknownContent(labelOf(file), accepted)
			: describeOtherContent(labelOf(file), other.extension, accepted);
	throw validationError({ displayName, ...issue });
}

function faultError(file: GivenFile, fault: FileFault): Error {
	const { displayName } = file;
	return validationError({ displayName, ...describeFileFault(fault, labelOf(file)) });
}
