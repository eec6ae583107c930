import type { IBinaryData } from 'n8n-workflow';
import { isSuccess, UnsuccessfulAnswer } from '../http/answer';
import { failureOfStrangeAnswer, refusalOf } from '../messages/failures';
import { formOf, wordsOfKinds, type FileForm, type FileKind } from '../input/fileFormat';
import type { Item } from '../execution/itemContext';
import { uploading } from '../execution/profiles';
import type { Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';

/** A file of an item, ready to be uploaded. */
export interface LocalFile {
	/** The item's binary field that holds it. */
	field: string;
	data: IBinaryData;
	form: FileForm;
}

/** Where Magic Hour's storage has put a file. */
export interface UploadedFile {
	filePath: string;
	/** Until when the address that took the file was valid, as an ISO date. */
	uploadUrlExpiresAt: string;
}

/**
 * Finds a file among the binary fields of an item, and checks that Magic Hour's storage takes it.
 *
 * @param displayName of the parameter that names the field
 * @param kinds those that are asked for; all by default
 * @throws Unfinished where there is no such field, or the storage would refuse the file
 */
export function readLocalFile(
	item: Item,
	field: string,
	displayName: string,
	kinds?: readonly FileKind[],
): LocalFile {
	const refuse = (reason: string, advice: string) => refusalOf({ displayName, reason, advice });
	const data = binaryOf(item, field);
	if (data === undefined) {
		const fields = Object.keys(item.context.getInputData().binary ?? {});
		throw refuse(
			`names the binary field "${field}", which the item does not have`,
			fields.length === 0
				? 'The item has no binary field at all. Put a node before this one that outputs a file.'
				: `The item has ${fields.map((name) => `"${name}"`).join(', ')}.`,
		);
	}
	const form = formOf(data, kinds);
	if (form === undefined) {
		throw refuse(
			`names the file "${data.fileName ?? field}" of the type ${data.mimeType}, which Magic Hour does not take here`,
			`Accepted: ${wordsOfKinds(kinds)}.`,
		);
	}
	return { field, data, form };
}

/** @returns what a binary field of the item holds; undefined where there is no such field */
export function binaryOf(item: Item, field: string): IBinaryData | undefined {
	try {
		return item.context.helpers.assertBinaryData(field);
	} catch {
		return undefined;
	}
}

/**
 * Uploads files to Magic Hour's storage: asks the API for addresses, and sends each file to its own.
 *
 * @returns what became of each file, in their order
 * @throws Unfinished
 */
export async function uploadFiles(
	item: Item,
	files: LocalFile[],
	target: Target,
): Promise<UploadedFile[]> {
	const sending = { isRepeatable: true, needsBody: true };
	const answer = await item.ask({
		method: 'POST',
		url: '/v1/files/upload-urls',
		body: { items: files.map(({ form }) => form) },
		target,
		...sending,
	});
	const places = placesIn(answer);
	if (places.length !== files.length) throw new Unfinished(failureOfStrangeAnswer(target));

	const uploaded: UploadedFile[] = [];
	for (const [index, file] of files.entries()) {
		const { upload_url: url, file_path: filePath, expires_at: expiresAt } = places[index];
		await put(item, file, url, target);
		uploaded.push({ filePath, uploadUrlExpiresAt: expiresAt });
	}
	return uploaded;
}

/** Uploads one file, once for all items and fields of the run that have the same. */
export async function uploadOnce(item: Item, file: LocalFile, target: Target): Promise<string> {
	// A file within the item has no ID; one that is read as another kind is another file.
	const key = `${file.form.type} ${file.data.id ?? file.data.data}`;
	return await item.run.share(key, async () => {
		const fileTarget = { ...target, profile: uploading, name: nameOf(file) };
		const [{ filePath }] = await uploadFiles(item, [file], fileTarget);
		return filePath;
	});
}

interface Place {
	upload_url: string;
	file_path: string;
	expires_at: string;
}

function placesIn(answer: unknown): Place[] {
	const { items } = Object(answer) as { items?: unknown };
	return Array.isArray(items) ? items.filter(isPlace) : [];
}

function isPlace(value: unknown): value is Place {
	const { upload_url: url, file_path: path } = Object(value) as Partial<Place>;
	return typeof url === 'string' && URL.canParse(url) && typeof path === 'string';
}

function nameOf({ field, data }: LocalFile): string {
	return `the file "${data.fileName ?? field}"`;
}

async function put(item: Item, file: LocalFile, url: string, target: Target) {
	const { data } = file;
	const fileTarget = {
		...target,
		name: nameOf(file),
		host: new URL(url).host,
		isStorage: true,
	};
	const sending = { isRepeatable: true, needsBody: false };
	await item.askSigned({ target: fileTarget, ...sending }, async (send) => {
		const { body, size } = await open(item, data);
		try {
			const { statusCode, headers } = await send({
				method: 'PUT',
				url,
				body: body as Buffer,
				headers: { 'Content-Type': data.mimeType, 'Content-Length': size },
				// Following a redirect would mean to keep the whole file in memory.
				disableFollowRedirect: true,
			});
			if (!isSuccess(statusCode, headers))
				throw new UnsuccessfulAnswer(statusCode, headers, undefined);
		} finally {
			if ('destroy' in body) body.destroy();
		}
	});
}

/** Opens a file for reading; a small one is kept within the item itself. */
async function open({ context }: Item, { id, data }: IBinaryData) {
	if (id === undefined) {
		const body = Buffer.from(data, 'base64');
		return { body, size: body.length };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	return { body: await context.helpers.getBinaryStream(id), size: fileSize };
}
