// Packages that bring no types, or none that are found.

declare module 'gifenc' {
	type Palette = number[][];

	interface Encoder {
		writeFrame(
			pixels: Uint8Array,
			width: number,
			height: number,
			options: { palette: Palette; delay: number },
		): void;
		finish(): void;
		bytes(): Uint8Array;
	}

	export function GIFEncoder(): Encoder;
	export function quantize(pixels: Uint8Array, colors: number): Palette;
	export function applyPalette(pixels: Uint8Array, palette: Palette): Uint8Array;
}

declare module 'wasm-media-encoders' {
	interface Encoder {
		configure(options: { sampleRate: number; channels: 1 | 2; bitrate: number }): void;
		encode(channels: Float32Array[]): Uint8Array;
		finalize(): Uint8Array;
	}

	export function createMp3Encoder(): Promise<Encoder>;
}
