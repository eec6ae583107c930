const toHex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');
const each = (key: string, write: (character: string) => string) => [...key].map(write).join('');

/** The forms in which a server may echo the API key, by name. */
export const echoes: Record<string, (key: string) => string> = {
	plain: (key) => key,
	'with Bearer before it': (key) => `Bearer ${key}`,
	'in upper case': (key) => key.toUpperCase(),
	'URL-encoded': (key) => encodeURIComponent(key),
	'URL-encoded in every character': (key) => each(key, (character) => `%${toHex(character)}`),
	'URL-encoded twice': (key) =>
		encodeURIComponent(each(key, (character) => `%${toHex(character).toUpperCase()}`)),
	'escaped as in JSON': (key) => each(key, (character) => `\\u00${toHex(character)}`),
	'escaped as in JSON within JSON': (key) => each(key, (character) => `\\\\u00${toHex(character)}`),
	'escaped as in HTML': (key) => each(key, (character) => `&#x${toHex(character)};`),
	'escaped as in HTML, in decimals': (key) =>
		each(key, (character) => `&#${character.charCodeAt(0)};`),
	'in base64': (key) => Buffer.from(key).toString('base64'),
	'in base64 with Bearer before it': (key) => Buffer.from(`Bearer ${key}`).toString('base64'),
	'in base64 with more around it': (key) => Buffer.from(`user:${key}:`).toString('base64'),
	'in base64 for URLs': (key) => Buffer.from(`key ${key}`).toString('base64url'),
	'half in one form, half in others': (key) =>
		key.slice(0, 12) +
		each(key.slice(12, 20), (character) => `%${toHex(character)}`) +
		each(key.slice(20), (character) => `\\u00${toHex(character)}`),
};

/** @returns every piece of 14 characters: a cut may leave any of them */
export function piecesOf(secret: string): string[] {
	return Array.from({ length: secret.length - 13 }, (_, start) => secret.slice(start, start + 14));
}
