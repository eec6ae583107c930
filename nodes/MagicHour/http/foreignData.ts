import { ellipsis, type Redactor } from './redaction';

const maxTextLength = 10_000;
const maxDepth = 50;
/** More than any response has; a megabyte of tiny ones would keep n8n busy for seconds. */
const maxObjects = 20_000;
/** The beginning of an escape, such as `%2` or `&am`, or the first half of a character of two. */
const halfAtEnd = /(?:(?<![%&\\])[%&\\]+[^%&\\\s]{0,15}|[\ud800-\udbff])$/;
const leftOut = `[${ellipsis}]`;

/**
 * Copies what a server sent, without the API key and with bounds: a text, also one that names a
 * property, is redacted and then cut to 10,000 characters, and what nests deeper than 50 levels is
 * replaced, as is what comes after 20,000 lists and objects. Never throws.
 *
 * @param value anything that JSON can hold; what it cannot hold is left out
 */
export function sanitize(value: unknown, redact: Redactor): unknown {
	const seen = new Set<object>();

	const copyText = (text: string) => cutText(redact(text), maxTextLength);

	const copy = (original: unknown, depth: number): unknown => {
		switch (typeof original) {
			case 'string':
				return copyText(original);
			case 'object':
				if (original === null) return null;
				// JSON has nothing twice: such a thing would be copied again and again.
				if (depth >= maxDepth || seen.size >= maxObjects || seen.has(original)) return leftOut;
				seen.add(original);
				return Array.isArray(original)
					? original.map((entry) => copy(entry, depth + 1))
					: copyProperties(original, depth + 1);
			case 'bigint':
				return String(original);
			case 'function':
			case 'symbol':
				return undefined;
			default:
				return original;
		}
	};

	/** Leaves out what would become the prototype of the next copy. */
	const copyProperties = (original: object, depth: number): object =>
		Object.fromEntries(
			Object.entries(original)
				.filter(([name]) => name !== '__proto__')
				.map(([name, entry]) => [copyText(name), copy(entry, depth)]),
		);

	return copy(value, 0);
}

/**
 * Cuts a text that is too long, and says so with "…". Where the API key is cut off with it, what is
 * left of the key can still be recognized.
 *
 * @param maxLength in characters
 */
export function cutText(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text;
	const beginning = text.slice(0, maxLength).replace(halfAtEnd, '');
	return `${beginning}${ellipsis}`;
}
