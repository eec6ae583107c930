import type { IBinaryData } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { filesInJson } from '../execution/keptFiles';
import { isObject, propertiesOf } from '../http/json';
import { getPath } from './path';

const maxDepth = 4;
const maxEntries = 100;
/** What n8n says of a file beside what it is. */
const unknownType = 'application/octet-stream';

/** A file of an item, and the name or path by which the item has it. */
export interface BinaryField {
	field: string;
	data: IBinaryData;
}

/** Whether a value is a file as n8n describes one, with its content or not. */
export function isBinary(value: unknown): value is Record<string, unknown> {
	return isObject(value) && typeof value.mimeType === 'string' && !hasFilePath(value);
}

/** Whether an object is nothing but files by their names, as `$binary` is. */
export function isBinaryMap(value: object): boolean {
	const entries: unknown[] = Object.values(value);
	return entries.length > 0 && entries.every(isBinary);
}

/**
 * Finds a file of an item by the name of its binary field, or where it is in the item's JSON.
 *
 * @param name such as `data`, or a path such as `_files.data` or `photos[0]`
 */
export function findBinaryField(item: ItemContext, name: string): BinaryField | undefined {
	const ofField = Object.hasOwn(item.binary, name) ? item.binary[name] : undefined;
	if (ofField !== undefined) return { field: name, data: withType(ofField) };
	if (name.includes('://')) return undefined;
	const { json } = item;
	const candidates = [
		propertiesOf(json)[name],
		propertiesOf(propertiesOf(json)[filesInJson])[name],
		getPath(json, pathOf(name)),
	];
	const data = candidates.map(readBinaryData).find((found) => found !== undefined);
	return data && { field: name, data };
}

/**
 * Finds the file that an object from an expression is. n8n leaves the content out of `$binary.data`:
 * then it is the one of the item's files of which the object says the same.
 *
 * @returns all files that it may be: none, one, or several with different content
 */
export function findBinaryFieldsOf(item: ItemContext, value: object): BinaryField[] {
	const given = readBinaryData(value);
	const fields = listBinaryFields(item);
	if (given !== undefined) {
		const known = fields.find(({ data }) => contentKey(data) === contentKey(given));
		return [known ?? { field: '', data: given }];
	}
	const facts = Object.entries(value).filter(([name]) => name !== 'data');
	const similar = fields.filter(({ data }) => {
		const properties = propertiesOf(data);
		return facts.every(([name, fact]) => properties[name] === fact);
	});
	const byContent = new Map(similar.map((field) => [contentKey(field.data), field]));
	return [...byContent.values()];
}

/** @returns the files of an item: its binary fields, and those in its JSON with their paths */
export function listBinaryFields(item: ItemContext): BinaryField[] {
	const ofItem = Object.entries(item.binary).map(([field, data]) => ({
		field,
		data: withType(data),
	}));
	const inJson = filesWithin(item.json, '', 0);
	return [...ofItem, ...inJson];
}

function filesWithin(value: unknown, path: string, depth: number): BinaryField[] {
	const data = readBinaryData(value);
	if (data !== undefined) return [{ field: path, data }];
	if (!isObject(value) || depth === maxDepth) return [];
	return Object.entries(value)
		.slice(0, maxEntries)
		.flatMap(([name, entry]) => {
			const step = Array.isArray(value) ? `[${name}]` : name;
			return filesWithin(
				entry,
				path === '' || step !== name ? path + step : `${path}.${step}`,
				depth + 1,
			);
		});
}

/** @returns a file with its content, or with its ID in n8n's storage; undefined for anything else */
function readBinaryData(value: unknown): IBinaryData | undefined {
	if (!isBinary(value)) return undefined;
	const { id, data, mimeType, fileName } = value;
	// Others describe files with an ID and a MIME type, too; that of n8n begins with its storage.
	const isStored = typeof id === 'string' && /^[a-z0-9-]+:./i.test(id);
	if (!isStored && typeof data !== 'string') return undefined;
	return {
		...(isStored && { id }),
		data: typeof data === 'string' ? data : '',
		mimeType: String(mimeType),
		...(isObject(fileName) ? {} : { fileName: textOf(fileName) }),
	};
}

/** A node may forget the type of a file that it gives, or name it by a number. */
function withType(data: IBinaryData): IBinaryData {
	const { mimeType, fileName }: { mimeType?: unknown; fileName?: unknown } = data;
	if (typeof mimeType === 'string' && typeof (fileName ?? '') === 'string') return data;
	return {
		...data,
		mimeType: typeof mimeType === 'string' ? mimeType : unknownType,
		fileName: textOf(fileName),
	};
}

function textOf(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

function contentKey({ id, data }: IBinaryData): string {
	return id ?? data;
}

/** Reads a path as a user types it, with dots, brackets and quotes. */
function pathOf(text: string): string[] {
	return text
		.split(/[.[\]]+/)
		.map((step) => step.replace(/^(["'])(.*)\1$/, '$2'))
		.filter((step) => step !== '');
}

/** Whether an object tells where a file is in Magic Hour's storage, as Upload's output does. */
function hasFilePath({ filePath, file_path: snakeCased }: Record<string, unknown>): boolean {
	return typeof filePath === 'string' || typeof snakeCased === 'string';
}
