import type { FileKind } from '../api/projectKinds';
import type { FileFormat } from '../api/uploads';
import { allKinds, formatOf, splitMimeType } from './fileFormat';

/** How many of a file's first bytes tell its format: in front of them, tags may take some room. */
export const headBytes = 8_192;

/** A format, as the first bytes of a file show it. */
interface ContentFormat {
	extension: string;
	/** What a container holds, where its extension does not tell. */
	kind?: FileKind;
}

/** The first bytes of a file, each as one character. */
type Head = string;

/** Texts that stand at certain places, in bytes from the beginning. */
type Signature = Array<[position: number, text: string]>;

/** What the first bytes of each format are, for those that have something of their own. */
const signatures: Array<[extension: string, Signature]> = [
	['png', [[0, '\x89PNG\r\n\x1a\n']]],
	['jpg', [[0, '\xff\xd8\xff']]],
	['gif', [[0, 'GIF87a']]],
	['gif', [[0, 'GIF89a']]],
	['flac', [[0, 'fLaC']]],
	['amr', [[0, '#!AMR']]],
	[
		'jp2',
		[
			[0, '\0\0\0\x0cjP  \r\n\x87\n'],
			[16, 'ftypjp2 '],
		],
	],
	['webp', riff('RIFF', 'WEBP')],
	['wav', riff('RIFF', 'WAVE')],
	['aiff', riff('FORM', 'AIFF')],
	['aiff', riff('FORM', 'AIFC')],
	['tiff', [[0, 'II*\0']]],
	['tiff', [[0, 'MM\0*']]],
	['opus', ogg('OpusHead')],
	['ogg', ogg('\x01vorbis')],
	['ogg', ogg('\x7fFLAC')],
];

/** What begins as one of them, and is something else: JPEG-LS, and raw photos of Canon. */
const lookalikes: Signature[] = [
	[[0, '\xff\xd8\xff\xf7']],
	[
		[0, 'II*\0'],
		[8, 'CR'],
	],
];

/** Ways to tell the other formats, tried one after the other. */
const detectors: Array<(head: Head) => ContentFormat | undefined> = [
	detectBySignature,
	detectBitmap,
	detectMatroska,
	detectMp4,
	detectMpegAudio,
];

/** The sizes of the headers that a bitmap may have. */
const bitmapHeaderSizes = [12, 40, 52, 56, 64, 108, 124];

/** What brands of MP4 and its relatives stand for. */
const brands: Array<[RegExp, string]> = [
	[/^avi[fs]$/, 'avif'],
	[/^(?:hei[cxms]|hev[cxms])$/, 'heic'],
	[/^m[is]f1$/, 'heif'],
	[/^qt$/, 'mov'],
	[/^M4V[HP]?$/, 'm4v'],
	[/^M4[ABP]$/, 'm4a'],
	[/^(?:iso\w|mp4\w|avc1|dash|MSNV|mmp4|NDX.|XAVC|cmf\w)$/, 'mp4'],
];

/**
 * Tells the format of a file from its first bytes.
 *
 * @param mimeType decides where the content may be of two kinds, as an MP4 of audio
 * @param kinds those that are accepted
 * @returns undefined where the content is of no format that Magic Hour takes, or of none of those kinds
 */
export function detectContentFormat(
	content: Uint8Array,
	mimeType: string,
	kinds: readonly FileKind[] = allKinds,
): FileFormat | undefined {
	const head = Buffer.from(content.subarray(0, headBytes)).toString('latin1');
	for (const detect of detectors) {
		const found = detect(head);
		if (found === undefined) continue;
		const { extension, kind = splitMimeType(mimeType)[0] } = found;
		return formatOf(extension, kind, kinds);
	}
	return undefined;
}

function riff(container: string, format: string): Signature {
	return [
		[0, container],
		[8, format],
	];
}

function ogg(codec: string): Signature {
	return [
		[0, 'OggS'],
		[28, codec],
	];
}

function detectBySignature(head: Head): ContentFormat | undefined {
	const isIn = (signature: Signature) =>
		signature.every(([position, text]) => head.startsWith(text, position));
	if (lookalikes.some(isIn)) return undefined;
	const [extension] = signatures.find(([, signature]) => isIn(signature)) ?? [];
	return extension === undefined ? undefined : { extension };
}

/** The size of its header, behind four reserved bytes, tells a bitmap from a text. */
function detectBitmap(head: Head): ContentFormat | undefined {
	const isBitmap =
		head.startsWith('BM') &&
		head.startsWith('\0\0\0\0', 6) &&
		bitmapHeaderSizes.includes(byteAt(head, 14)) &&
		head.startsWith('\0\0\0', 15);
	return isBitmap ? { extension: 'bmp' } : undefined;
}

/** WebM is the Matroska that Magic Hour takes; its tracks tell whether it has pictures. */
function detectMatroska(head: Head): ContentFormat | undefined {
	if (!head.startsWith('\x1aE\xdf\xa3') || !head.slice(0, 64).includes('webm')) return undefined;
	const hasSoundAlone = /A_(?:OPUS|VORBIS)/.test(head) && !/V_(?:VP[89]|AV1)/.test(head);
	return { extension: 'webm', ...(hasSoundAlone && { kind: 'audio' }) };
}

function detectMp4(head: Head): ContentFormat | undefined {
	// QuickTime of old has no brand.
	if (/^.{4}(?:moov|mdat|wide|pnot)/s.test(head)) return { extension: 'mov' };
	if (head.slice(4, 8) !== 'ftyp') return undefined;
	const listed = head.slice(16, Math.min(sizeAt(head, 0), 256)).match(/.{4}/gs) ?? [];
	const extensions = [head.slice(8, 12), ...listed].map((brand) => extensionOfBrand(brand));
	const [major] = extensions;
	if (major === 'heif') {
		// A general brand, behind which the coding stands.
		return { extension: extensions.find((one) => one === 'avif' || one === 'heic') ?? major };
	}
	if (major === 'mp4' && head.includes('soun') && !head.includes('vide')) {
		return { extension: 'm4a' };
	}
	return major === undefined ? undefined : { extension: major };
}

function extensionOfBrand(brand: string): string | undefined {
	// What is shorter is filled up with spaces or zeros.
	const name = brand.replace(/[\0 ]+$/, '');
	return brands.find(([pattern]) => pattern.test(name))?.[1];
}

/** MP3 and AAC have frames with a pattern of a few bits before each, and may have tags before all. */
function detectMpegAudio(head: Head): ContentFormat | undefined {
	const hasTag = head.startsWith('ID3');
	// The size is of four times seven bits, and does not count the header of ten bytes.
	const tagSize = hasTag
		? [6, 7, 8, 9].reduce((size, at) => size * 128 + byteAt(head, at), 0) + 10
		: 0;
	if (hasTag && tagSize + 4 > head.length) return { extension: 'mp3' };
	const [first, second, third] = [0, 1, 2].map((at) => byteAt(head, tagSize + at));
	if (first !== 0xff || second === undefined || third === undefined) {
		if (!hasTag) return undefined;
		return { extension: head.startsWith('fLaC', tagSize) ? 'flac' : 'mp3' };
	}
	if ((second & 0xf6) === 0xf0) {
		return ((third >> 2) & 15) < 13 ? { extension: 'aac' } : undefined;
	}
	const isLayer3 = (second & 0xe6) === 0xe2 && ((second >> 3) & 3) !== 1;
	const bitrate = third >> 4;
	const isPossible = bitrate > 0 && bitrate < 15 && ((third >> 2) & 3) !== 3;
	return isLayer3 && isPossible ? { extension: 'mp3' } : undefined;
}

function byteAt(head: Head, index: number): number {
	return head.charCodeAt(index);
}

/** @returns a number of four bytes, the highest first */
function sizeAt(head: Head, index: number): number {
	return [0, 1, 2, 3].reduce((size, at) => size * 256 + byteAt(head, index + at), 0);
}
