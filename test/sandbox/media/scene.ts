import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { createHash } from 'node:crypto';
import type { Subject } from './media';

/** Measures in pixels. */
export interface Size {
	width: number;
	height: number;
}

const subsets = ['latin', 'latin-ext', 'cyrillic', 'greek'];
const familyOf = (subset: string) => `Magic Hour sandbox ${subset}`;
const families = subsets.map((subset) => `"${familyOf(subset)}"`).join(', ');
const longestText = 300;
const lineHeight = 1.22;

for (const subset of subsets) {
	const file = require.resolve(`@fontsource/inter/files/inter-${subset}-700-normal.woff2`);
	// Jest loads this module once for each test file, and the library once for all.
	if (!GlobalFonts.has(familyOf(subset))) GlobalFonts.registerFromPath(file, familyOf(subset));
}

/** A canvas with one subject on it, which moves with time and comes back to where it was. */
export class Scene {
	private readonly canvas;

	private readonly context: SKRSContext2D;

	private readonly drawWords: () => void;

	constructor(
		private readonly subject: Subject,
		private readonly size: Size,
	) {
		this.canvas = createCanvas(size.width, size.height);
		this.context = this.canvas.getContext('2d');
		this.drawWords = wordsDrawer(this.context, size, subject.words);
	}

	/** @param time from 0 to 1 */
	drawAt(time: number): this {
		drawBackground(this.context, this.size, this.subject, time);
		if (this.subject.face === undefined) this.drawWords();
		else drawFace(this.context, this.size, this.subject.face);
		drawCaption(this.context, this.size, this.subject.caption);
		return this;
	}

	/** @returns what is drawn, four bytes for each pixel */
	pixels(): Uint8Array {
		const { data } = this.context.getImageData(0, 0, this.size.width, this.size.height);
		// The encoders know the other kind of array by its class, of which Jest has a second one.
		return new Uint8Array(data.buffer);
	}

	toPng(): Buffer {
		return this.canvas.toBuffer('image/png');
	}

	toWebp(): Buffer {
		return this.canvas.toBuffer('image/webp', 40);
	}
}

function drawBackground(
	context: SKRSContext2D,
	{ width, height }: Size,
	{ words, caption }: Subject,
	time: number,
): void {
	const [first = 0, second = 0] = createHash('sha256').update(words).digest();
	const places = createHash('sha256').update(`${words}\n${caption}`).digest();
	// From blue to pink: the README shows such a picture.
	const hue = 190 + ((first * 256 + second) % 140);
	context.fillStyle = `hsl(${hue}, 50%, 30%)`;
	context.fillRect(0, 0, width, height);
	const distance = Math.max(width, height);
	for (const part of [0, 1, 2]) {
		const [x = 0, y = 0, radius = 0, phase = 0] = places.subarray(part * 4);
		const angle = (time + phase / 256) * 2 * Math.PI;
		context.fillStyle = `hsla(${hue + 20 + part * 18}, 60%, ${40 + part * 4}%, 0.6)`;
		context.beginPath();
		context.arc(
			(x / 256) * width + Math.cos(angle) * distance * 0.06,
			(y / 256) * height + Math.sin(angle) * distance * 0.06,
			distance * (0.16 + (radius / 256) * 0.2),
			0,
			2 * Math.PI,
		);
		context.fill();
	}
}

/** @returns a function that draws the words, as large as they have room */
function wordsDrawer(context: SKRSContext2D, { width, height }: Size, words: string) {
	const margin = width / 12;
	const text = shorten(words.trim());
	const room = { width: width - 2 * margin, height: height * 0.68 };
	const { lines, size } = fit(context, text, room, width / 7.5);
	const top = height * 0.45 - ((lines.length - 1) * size * lineHeight) / 2;
	return () => {
		context.font = fontOf(size);
		context.textBaseline = 'middle';
		context.fillStyle = 'white';
		for (const [index, line] of lines.entries()) {
			context.fillText(line, margin, top + index * size * lineHeight);
		}
	};
}

function shorten(text: string): string {
	return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

function fontOf(size: number): string {
	return `700 ${Math.round(size)}px ${families}, sans-serif`;
}

/** Sets the largest font in which a text has room, or cuts it off in the smallest. */
function fit(context: SKRSContext2D, text: string, room: Size, largest: number) {
	const smallest = largest / 4;
	for (let size = largest; ; size = Math.max(size * 0.8, smallest)) {
		context.font = fontOf(size);
		const mostLines = Math.floor(room.height / (size * lineHeight));
		const isNarrow = text.split(/\s+/).every((word) => widthOf(context, word) <= room.width);
		const isLast = size === smallest;
		if (!isNarrow && !isLast) continue;
		const lines = wrap(context, text, room.width);
		if (lines.length <= mostLines) return { lines, size };
		if (!isLast) continue;
		const [last = '', ...before] = lines.slice(0, mostLines).reverse();
		return { lines: [...before.reverse(), `${last.slice(0, -1)}…`], size };
	}
}

/** Breaks a text into lines, between its words where that is possible. */
function wrap(context: SKRSContext2D, text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/)) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (widthOf(context, longer) <= width) {
			line = longer;
			continue;
		}
		if (line !== '') lines.push(line);
		line = '';
		for (const character of word) {
			if (widthOf(context, line + character) > width) {
				lines.push(line);
				line = '';
			}
			line += character;
		}
	}
	return [...lines, line];
}

function widthOf(context: SKRSContext2D, text: string): number {
	return context.measureText(text).width;
}

function drawCaption(context: SKRSContext2D, { width, height }: Size, caption: string): void {
	const margin = width / 12;
	context.font = fontOf(Math.max(width / 30, 12));
	context.textBaseline = 'alphabetic';
	context.fillStyle = 'rgba(255, 255, 255, 0.85)';
	const room = width - 2 * margin;
	context.fillText(shorten(caption), margin, height - margin * 0.7, room);
}

/** Draws one of many faces, which its number tells from the others. */
function drawFace(context: SKRSContext2D, { width, height }: Size, number: number): void {
	const [x, y, radius] = [width / 2, height * 0.44, width * 0.28];
	const disc = (centerX: number, centerY: number, size: number, color: string) => {
		context.fillStyle = color;
		context.beginPath();
		context.arc(centerX, centerY, size, 0, 2 * Math.PI);
		context.fill();
	};
	const skin = ['#f1c9a5', '#8d5a3a', '#e0a47a', '#c68642', '#ffdbac', '#5c3a26'];
	const hair = ['#3b2219', '#111111', '#d9b44a', '#a33b20', '#777777'];
	disc(x, y - radius * 0.2, radius * 1.12, hair[number % hair.length] ?? 'black');
	disc(x, y, radius, skin[number % skin.length] ?? 'white');
	for (const side of [-1, 1]) {
		disc(x + side * radius * 0.38, y - radius * 0.12, radius * 0.15, 'white');
		disc(x + side * radius * 0.38, y - radius * 0.12, radius * 0.08, '#222222');
	}
	context.strokeStyle = '#7a2d2d';
	context.lineWidth = radius * 0.09;
	context.lineCap = 'round';
	context.beginPath();
	context.arc(x, y + radius * (0.15 + (number % 3) * 0.05), radius * 0.4, 0.5, Math.PI - 0.5);
	context.stroke();
}
