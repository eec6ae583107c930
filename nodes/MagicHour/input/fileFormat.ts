/** The kinds of files that Magic Hour's storage takes, with the extensions that it knows them by. */
export const extensionsOfKind = {
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
} as const;

export type FileKind = keyof typeof extensionsOfKind;

/** Extensions that MIME types stand for, where they are not the type's own second half. */
const extensionOfType: Record<string, string> = {
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

const allKinds = Object.keys(extensionsOfKind) as FileKind[];

/** What Magic Hour's storage must be told of a file. */
export interface FileForm {
	type: FileKind;
	extension: string;
}

/**
 * Tells what kind of file something is, from its own name and MIME type. The name's extension says
 * which format it is; where two kinds have the format, as for webm, the MIME type decides.
 *
 * @param kinds those that are asked for
 * @returns undefined where the storage takes no such file, or it is none of those kinds
 */
export function formOf(
	{ fileName, mimeType }: { fileName?: string; mimeType: string },
	kinds: readonly FileKind[] = allKinds,
): FileForm | undefined {
	const type = mimeType.split(';')[0].trim().toLowerCase();
	const [typeKind, subtype = ''] = type.split('/');
	const ofName = /\.([^.]+)$/.exec(fileName ?? '')?.[1].toLowerCase() ?? '';
	const candidates = [ofName, extensionOfType[type] ?? subtype];
	for (const extension of candidates) {
		const possible = kinds.filter((kind) => takes(kind, extension));
		const kind = possible.find((one) => one === typeKind) ?? possible[0];
		if (kind !== undefined) return { type: kind, extension };
	}
	return undefined;
}

/** @returns what is accepted, in words */
export function wordsOfKinds(kinds: readonly FileKind[] = allKinds): string {
	return kinds.map((kind) => `${kind} (${extensionsOfKind[kind].join(', ')})`).join('; ');
}

function takes(kind: FileKind, extension: string): boolean {
	return extensionsOfKind[kind].some((one) => one === extension);
}
