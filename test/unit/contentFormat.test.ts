import { detectContentFormat } from '../../nodes/MagicHour/input/contentFormat';
import { extensionsOfKind } from '../../nodes/MagicHour/input/fileFormat';

/** How files begin, as latin1, by the documents of their formats. */
const heads: Record<string, string[]> = {
	png: ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
	jpg: ['\xff\xd8\xff\xe0\0\x10JFIF', '\xff\xd8\xff\xe1\0\x18Exif'],
	gif: ['GIF89a\x01\0\x01\0', 'GIF87a\x01\0\x01\0'],
	webp: ['RIFF\x24\0\0\0WEBPVP8 '],
	bmp: [`BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0`, `BM\x46\0\0\0\0\0\0\0\x8a\0\0\0\x7c\0\0\0`],
	tiff: ['II*\0\x08\0\0\0', 'MM\0*\0\0\0\x08'],
	jp2: ['\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 '],
	heic: [ftyp('heic', 'mif1', 'heic'), ftyp('mif1', 'mif1', 'heic'), ftyp('hevc', 'heic')],
	heif: [ftyp('mif1', 'mif1', 'miaf'), ftyp('msf1', 'iso8')],
	avif: [ftyp('avif', 'mif1', 'miaf'), ftyp('mif1', 'avif'), ftyp('avis', 'msf1')],
	mp4: [
		ftyp('isom', 'iso2', 'avc1', 'mp41'),
		ftyp('mp42', 'isom'),
		`${ftyp('isom')}moov vide soun`,
	],
	m4v: [ftyp('M4V ', 'isom'), ftyp('M4VP', 'isom')],
	mov: [ftyp('qt  ', 'qt  '), '\0\0\0\x08wide\0\0\0\0mdat', '\0\0\x20\0moov\0\0\0lmvhd'],
	m4a: [ftyp('M4A ', 'isom'), ftyp('M4A\0', 'isom'), `${ftyp('isom')}moov hdlr soun`],
	webm: ['\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm V_VP9'],
	wav: ['RIFF\x24\0\0\0WAVEfmt '],
	aiff: ['FORM\0\0\0\x10AIFFCOMM', 'FORM\0\0\0\x10AIFCFVER'],
	flac: ['fLaC\0\0\0\x22', `ID3\x04\0\0\0\0\0\x02xxfLaC`],
	mp3: [
		'\xff\xfb\x90\x64',
		'\xff\xf3\x40\xc0',
		'\xff\xe3\x18\xc4',
		'ID3\x03\0\0\0\0\x7f\x7fTIT2',
		'ID3\x04\0\0\0\0\0\x02xx\xff\xfb\x90\x64',
	],
	aac: ['\xff\xf1\x50\x80', '\xff\xf9\x50\x80', 'ID3\x04\0\0\0\0\0\x02xx\xff\xf1\x50\x80'],
	ogg: [`OggS${'\0'.repeat(24)}\x01vorbis`, `OggS${'\0'.repeat(24)}\x7fFLAC`],
	opus: [`OggS${'\0'.repeat(24)}OpusHead`],
	amr: ['#!AMR\n', '#!AMR-WB\n'],
};

/** Extensions that mean the same as one of those. */
const synonyms = ['jpeg', 'jfif', 'tif', 'weba', 'oga'];

function ftyp(...brands: string[]): string {
	const [major = '', ...others] = brands;
	return `\0\0\0${String.fromCharCode(16 + others.length * 4)}ftyp${major}\0\0\0\0${others.join('')}`;
}

function detect(head: string, mimeType = 'application/octet-stream') {
	return detectContentFormat(Buffer.from(head, 'latin1'), mimeType);
}

describe('the format of a content', () => {
	it('is known for everything that Magic Hour takes', () => {
		const known = [...Object.keys(heads), ...synonyms];
		expect(known.sort()).toEqual([...new Set(Object.values(extensionsOfKind).flat())].sort());
	});

	it.each(
		Object.entries(heads).flatMap(([format, ofFormat]) => ofFormat.map((head) => [format, head])),
	)('is %s: %j', (format, head) => {
		expect(detect(head)?.extension).toBe(format);
	});

	it.each([
		['a WebM of sound', '\x1aE\xdf\xa3\x9fB\x82\x84webm A_OPUS', undefined, 'audio'],
		['a WebM by its MIME type', '\x1aE\xdf\xa3\x9fB\x82\x84webm', 'audio/webm', 'audio'],
		['a WebM of anything', '\x1aE\xdf\xa3\x9fB\x82\x84webm', undefined, 'video'],
	])('tells the kind of %s', (_, head, mimeType, type) => {
		expect(detect(head, mimeType)).toEqual({ type, extension: 'webm' });
	});

	it.each([
		['nothing', ''],
		['text', 'Hello, world'],
		['text that begins as a bitmap does', 'BMW is a maker of cars, and BM is short for it'],
		['UTF-16', '\xff\xfeH\0e\0'],
		['a PDF', '%PDF-1.7'],
		['an archive', 'PK\x03\x04\x14\0\0\0'],
		['AVI', 'RIFF\x24\0\0\0AVI LIST'],
		['Matroska', '\x1aE\xdf\xa3\x93B\x82\x88matroska V_VP9'],
		['3GP', ftyp('3gp5', 'isom')],
		['JPEG-LS', '\xff\xd8\xff\xf7\0\x0b'],
		['JPEG 2000 with more than one image', '\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjpm \0\0\0\0'],
		['a raw photo', 'II*\0\x10\0\0\0CR\x02\0'],
		['MPEG layer 2', '\xff\xfd\x90\x64'],
		['Speex', `OggS${'\0'.repeat(24)}Speex  `],
		['a film in Ogg', `OggS${'\0'.repeat(24)}\x80theora`],
	])('is none of Magic Hour for %s', (_, head) => {
		expect(detect(head)).toBeUndefined();
	});
});
