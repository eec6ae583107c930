import { isLeftover } from '../execution/leftovers';
import { isObject } from '../http/json';
import { isBinaryMap } from './binaryFields';

/** Whether a text is the name of a file that the item has. */
type IsName = (text: string) => boolean;

/** What stands before the lines of a list in a text. */
const bullets = /^[ \t]*(?:[-*•]|\d+[.)])[ \t]+/gm;

/**
 * Reads a value as a list of files, in whatever form it comes: a list, lists in lists, text with line
 * breaks, commas or semicolons, JSON as text, or all binary fields of an item.
 *
 * @returns texts and objects, without what is empty; a single file is a list of one
 */
export function listFiles(value: unknown, isName: IsName): unknown[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => listFiles(entry, isName));
	if (typeof value === 'string') return listFromText(value.trim(), isName);
	if (isObject(value)) return isBinaryMap(value) ? Object.values(value) : [value];
	return [String(value)];
}

/**
 * The same for a field that takes one file: text counts as a list only where each entry of it is
 * surely a file, or a name or a URL that is merely wrong would be taken for several.
 */
export function listFilesOfOne(value: unknown, isName: IsName): unknown[] {
	const files = listFiles(value, isName);
	const isList = files.every((file) => typeof file !== 'string' || startsFile(file, isName));
	return typeof value === 'string' && files.length > 1 && !isList ? [value] : files;
}

function listFromText(text: string, isName: IsName): unknown[] {
	if (text === '') return [];
	if (isName(text) || isLeftover(text)) return [text];
	const parsed = parseJson(text);
	if (parsed !== undefined) return listFiles(parsed, isName);
	const [, inner = text] = /^[[{](?!object )(.*)[\]}]$/s.exec(text) ?? [];
	return inner
		.replace(bullets, '')
		.split(/[\r\n]+|[,;]\s+|[\s|]+(?=https?:\/\/|api-assets\/)/i)
		.flatMap((part) => splitWithinPart(part, isName))
		.map(trimEntry)
		.filter((entry) => entry !== '');
}

/** @returns the list or object that a text is in JSON, brackets around it or not; else undefined */
function parseJson(text: string): unknown {
	const json = /^".*"$/s.test(text) ? `[${text}]` : text;
	if (!/^[[{].*[\]}]$/s.test(json)) return undefined;
	try {
		const parsed: unknown = JSON.parse(json);
		return isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Splits at commas and semicolons without a space behind them. Within a URL they may be a part of it,
 * as in `/w_100,h_100/a.png`: there they count only where another file begins behind them.
 */
function splitWithinPart(part: string, isName: IsName): string[] {
	const entries: string[] = [];
	const tokens = part.replace(/[,;]+$/, '').split(/(?=[,;])/);
	for (const [index, token] of tokens.entries()) {
		const before = entries.at(-1) ?? '';
		const next = token.replace(/^[,;]/, '');
		const text = trimEntry(next);
		const endsUrl = isMissing(text) || beginsAfterUrl(text, before, isName);
		if (index === 0 || !isUrl(before) || endsUrl) {
			entries.push(next);
		} else {
			entries[entries.length - 1] = before + token;
		}
	}
	return entries;
}

/** Whether a text is what an expression without a value leaves in a list. */
function isMissing(text: string): boolean {
	return text === '' || text === 'null' || isLeftover(text);
}

/** Whether a text behind a URL and a comma is a file of its own. */
function beginsAfterUrl(text: string, url: string, isName: IsName): boolean {
	const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
	if (query === '') return startsFile(text, isName);
	// A query may have names with commas between them, or URLs.
	if (!query.includes('://')) return startsFile(text, () => false);
	const [origin = url] = /^.*?:\/\/[^/?]+/.exec(trimEntry(url)) ?? [];
	return text.startsWith(origin);
}

function startsFile(text: string, isName: IsName): boolean {
	return /^(?:https?:\/\/|api-assets\/)/i.test(text) || isName(text);
}

function isUrl(text: string): boolean {
	return /^https?:\/\//i.test(trimEntry(text));
}

/** Takes away the spaces and the quotes around the entry of a list. */
function trimEntry(entry: string): string {
	return entry
		.trim()
		.replace(/^(["'`])(.*)\1$/s, '$2')
		.trim();
}
