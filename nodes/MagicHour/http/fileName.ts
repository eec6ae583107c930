import { decodePercent, removeInvisible } from './characters';

const maxBytes = 200;
const extensionPattern = /\.[a-z0-9]{1,10}$/i;
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(?=\.|$)/i;
const mediaType = /^[a-z]+\/([a-z0-9.+-]{1,60})$/;
/** Where the usual extension is not what the type says. */
const extensions: Record<string, string> = {
	jpeg: 'jpg',
	mpeg: 'mp3',
	quicktime: 'mov',
	'svg+xml': 'svg',
};

/**
 * Makes a name for a file that is safe wherever somebody builds a path with it: one segment of ordinary
 * characters, of at most 200 bytes, with the extension of its URL or else of its type.
 *
 * @param subject what it is a file of
 * @param number which one of the subject's files; the name of the first has none
 * @param url a valid one
 * @param type its media type, if that is known
 */
export function fileNameOf(
	subject: string,
	number: number,
	url: string,
	type: string | undefined,
): string {
	const lastPart = removeInvisible(decodePercent(new URL(url).pathname));
	const [extension = extensionOf(type)] = extensionPattern.exec(trimEnd(lastPart)) ?? [];
	const end = `${number === 1 ? '' : `-${number}`}${extension}`;
	// A name that begins with a dot is hidden.
	const stem = removeInvisible(subject)
		.replace(/[%<>:"|?*/\\]/g, '_')
		.replace(/^[.\s]+|[.\s]+$/g, '')
		// What stands after a dot would be taken for the extension.
		.replaceAll('.', '_');
	const name = `${shorten(stem === '' ? 'file' : stem, maxBytes - Buffer.byteLength(end))}${end}`;
	// Windows opens a device where a file has such a name.
	return name.replace(deviceName, '_$&');
}

/** @returns the media type that a header names, without its parameters; undefined for what is none */
export function mediaTypeOf(header: string | undefined): string | undefined {
	const [type = ''] = (header ?? '').split(';');
	const name = type.trim().toLowerCase();
	return mediaType.test(name) ? name : undefined;
}

function extensionOf(type = ''): string {
	const [, subtype = ''] = mediaType.exec(type) ?? [];
	const extension = extensions[subtype] ?? subtype;
	return /^[a-z0-9]{2,5}$/.test(extension) ? `.${extension}` : '';
}

/** @returns as many characters as have no more bytes than these */
function shorten(text: string, bytes: number): string {
	let beginning = '';
	for (const character of text) {
		if (Buffer.byteLength(beginning + character) > bytes) break;
		beginning += character;
	}
	return beginning;
}

function trimEnd(text: string): string {
	return text.replace(/[.\s]+$/, '');
}
