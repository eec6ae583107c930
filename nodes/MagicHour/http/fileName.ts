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
 * Makes a name for a file out of its URL that is safe wherever somebody builds a path with it: one
 * segment of ordinary characters, of at most 200 bytes, with its extension.
 *
 * @param url a valid one
 * @param type the file's media type, if that is known; for a URL without a name
 */
export function fileNameOf(url: string, type: string | undefined): string {
	const [last = ''] = decodePercent(new URL(url).pathname).split(/[/\\]/).slice(-1);
	const name = removeInvisible(last).replace(/[%<>:"|?*]/g, '_');
	// A name that begins with a dot is hidden.
	const [extensionAlone] = /^\.[a-z0-9]{2,5}$/i.exec(name) ?? [];
	if (extensionAlone !== undefined) return `file${extensionAlone}`;

	const trimmed = trim(shorten(trim(name)));
	// Windows opens a device where a file has such a name.
	return trimmed === '' ? `file${extensionOf(type)}` : trimmed.replace(deviceName, '_$&');
}

/** @returns the media type that a header names, without its parameters; undefined for what is none */
export function mediaTypeOf(header: string | undefined): string | undefined {
	const [type = ''] = (header ?? '').split(';');
	const name = type.trim().toLowerCase();
	return mediaType.test(name) ? name : undefined;
}

function trim(name: string): string {
	return name.replace(/^[.\s]+|[.\s]+$/g, '');
}

function extensionOf(type = ''): string {
	const [, subtype = ''] = mediaType.exec(type) ?? [];
	const extension = extensions[subtype] ?? subtype;
	return /^[a-z0-9]{2,5}$/.test(extension) ? `.${extension}` : '';
}

function shorten(name: string): string {
	const [extension = ''] = extensionPattern.exec(name) ?? [];
	let stem = '';
	for (const character of name.slice(0, name.length - extension.length)) {
		if (Buffer.byteLength(stem + character + extension) > maxBytes) break;
		stem += character;
	}
	return stem + extension;
}
