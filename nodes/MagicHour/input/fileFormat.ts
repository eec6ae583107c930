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

/** Extensions that MIME types stand for, where they are not the type's own second half. */
const extensionOfMimeType: Record<string, string> = {
	'audio/mpeg': 'mp3',
	'audio/mp4': 'm4a',
	'audio/x-m4a': 'm4a',
	'audio/x-wav': 'wav',
	'audio/wave': 'wav',
	'audio/vnd.wave': 'wav',
	'audio/x-flac': 'flac',
	'audio/x-aiff': 'aiff',
	'image/jpg': 'jpg',
	'video/quicktime': 'mov',
	'video/x-m4v': 'm4v',
};

const allKinds: FileKind[] = ['image', 'video', 'audio'];

/**
 * Tells the format of a file from its own name and MIME type. The name's extension says which format
 * it is; where two kinds have the format, as for webm, the MIME type decides.
 *
 * @param kinds those that are accepted
 * @returns undefined where the storage takes no such file, or it is of none of those kinds
 */
export function detectFormat(
	{ fileName, mimeType }: { fileName?: string; mimeType: string },
	kinds: readonly FileKind[] = allKinds,
): FileFormat | undefined {
	const given = mimeType.split(';', 1).join('').trim().toLowerCase();
	const [givenType, subtype = ''] = given.split('/');
	const ofName = /\.([^.]+)$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
	for (const extension of [ofName, extensionOfMimeType[given] ?? subtype]) {
		const possible = kinds.filter((kind) => extensionsOfKind[kind].includes(extension));
		const type = possible.find((one) => one === givenType) ?? possible[0];
		if (type !== undefined) return { type, extension };
	}
	return undefined;
}

/** @returns what is accepted, for example `audio (mp3, wav)` */
export function formatAccepted(kinds: readonly FileKind[] = allKinds): string {
	return kinds.map((kind) => `${kind} (${extensionsOfKind[kind].join(', ')})`).join('; ');
}
