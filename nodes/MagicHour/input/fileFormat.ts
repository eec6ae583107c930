import type { FileKind } from '../api/projectKinds';
import type { FileFormat } from '../api/uploads';

/** The extensions by which Magic Hour's storage knows the files of each kind. */
export const extensionsOfKind: Record<FileKind, string[]> = {
	image: [
		'png',
		'jpg',
		'jpeg',
		'jfif',
		'heic',
		'heif',
		'webp',
		'avif',
		'jp2',
		'tiff',
		'tif',
		'bmp',
	],
	video: ['mp4', 'm4v', 'mov', 'webm', 'gif'],
	audio: ['mp3', 'wav', 'aac', 'flac', 'webm', 'weba', 'm4a', 'opus', 'ogg', 'oga', 'aiff', 'amr'],
};

/** Extensions that MIME types stand for, where they are not the second half, with or without `x-`. */
const extensionOfMimeType: Record<string, string> = {
	'application/mp4': 'mp4',
	'application/ogg': 'ogg',
	'audio/aacp': 'aac',
	'audio/aif': 'aiff',
	'audio/aifc': 'aiff',
	'audio/amr-nb': 'amr',
	'audio/hx-aac-adts': 'aac',
	'audio/mp4': 'm4a',
	'audio/mp4a-latm': 'm4a',
	'audio/mpeg': 'mp3',
	'audio/mpeg3': 'mp3',
	'audio/mpeg-3': 'mp3',
	'audio/mpga': 'mp3',
	'audio/opus+ogg': 'opus',
	'audio/pn-aiff': 'aiff',
	'audio/pn-wav': 'wav',
	'audio/vnd.dlna.adts': 'aac',
	'audio/vnd.wave': 'wav',
	'audio/vorbis': 'ogg',
	'audio/vorbis+ogg': 'ogg',
	'audio/wave': 'wav',
	'image/avif-sequence': 'avif',
	'image/heic-sequence': 'heic',
	'image/heif-sequence': 'heif',
	'image/jpeg2000': 'jp2',
	'image/jpeg2000-image': 'jp2',
	'image/ms-bmp': 'bmp',
	'image/pjpeg': 'jpg',
	'image/windows-bmp': 'bmp',
	'video/quicktime': 'mov',
};

/** MIME types beside those of images, videos and audio that say nothing of a file's format. */
const uninformativeTypes = new Set([
	'',
	'*/*',
	'application/binary',
	'application/download',
	'application/force-download',
	'application/octet-stream',
	'application/octetstream',
	'application/save',
	'application/unknown',
	'binary/octet-stream',
	// What n8n says of a file of which it knows neither the name nor the type.
	'text/plain',
	'unknown/unknown',
]);

export const allKinds: FileKind[] = ['image', 'video', 'audio'];

/** What is known of a file without reading it. */
interface FileLabel {
	fileName?: string;
	mimeType: string;
}

/**
 * Tells the format of a file from its own name and MIME type. The name's extension says which format
 * it is; where two kinds have the format, as for webm, the MIME type decides.
 *
 * @param kinds those that are accepted
 * @returns undefined where the storage takes no such file, or it is of none of those kinds
 */
export function detectFormat(
	{ fileName, mimeType }: FileLabel,
	kinds: readonly FileKind[] = allKinds,
): FileFormat | undefined {
	const [type, subtype] = splitMimeType(mimeType);
	const ofName = /\.([^.]+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
	const ofMimeType = extensionOfMimeType[`${type}/${subtype}`] ?? subtype;
	return formatOf(ofName, type, kinds) ?? formatOf(ofMimeType, type, kinds);
}

/**
 * Tells whether only its content can say which format a file has: neither the name nor the MIME type
 * stands for a format of Magic Hour, nor the MIME type for something else, such as a PDF.
 */
export function needsContent(label: FileLabel): boolean {
	if (detectFormat(label) !== undefined) return false;
	const [type, subtype] = splitMimeType(label.mimeType);
	const mayBeMedia = allKinds.some((kind) => kind === type);
	return mayBeMedia || uninformativeTypes.has(subtype === '' ? type : `${type}/${subtype}`);
}

/**
 * @param preferredKind that of the MIME type, which decides where two kinds have the format
 * @returns the format that an extension stands for; undefined where none of the kinds has it
 */
export function formatOf(
	extension: string,
	preferredKind: string,
	kinds: readonly FileKind[],
): FileFormat | undefined {
	const possible = kinds.filter((kind) => extensionsOfKind[kind].includes(extension));
	const type = possible.find((one) => one === preferredKind) ?? possible[0];
	return type && { type, extension };
}

/** @returns the two halves of a MIME type, without parameters and without `x-` */
export function splitMimeType(mimeType: string): [type: string, subtype: string] {
	const [type = '', subtype = ''] = mimeType.replace(/;.*/s, '').trim().toLowerCase().split('/');
	return [type, subtype.replace(/^x-/, '')];
}

/** @returns what is accepted, for example `audio (mp3, wav)` */
export function formatAccepted(kinds: readonly FileKind[] = allKinds): string {
	return kinds.map((kind) => `${kind} (${extensionsOfKind[kind].join(', ')})`).join('; ');
}
