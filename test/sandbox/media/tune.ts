import { createHash } from 'node:crypto';
import { createMp3Encoder } from 'wasm-media-encoders';
import type { Subject } from './media';

const sampleRate = 22_050;
const secondsOfNote = 0.28;
const noteCount = 8;
const lastNoteLasts = 0.8;
const lowestNote = 261.63;
const pentatonic = [0, 2, 4, 7, 9, 12, 14, 16];

let loading: ReturnType<typeof createMp3Encoder> | undefined;

/** @returns a tune of a few seconds, which is another one for each subject */
export async function makeMp3({ words, caption }: Subject): Promise<Buffer> {
	const encoder = await (loading ??= createMp3Encoder());
	encoder.configure({ sampleRate, channels: 1, bitrate: 48 });
	const samples = samplesOf(createHash('sha256').update(`${words}\n${caption}`).digest());
	// The encoder uses its memory again, so that its answer is copied.
	return Buffer.concat([Buffer.from(encoder.encode([samples])), Buffer.from(encoder.finalize())]);
}

// In Jest, each look at a global takes long.
const { exp, min, PI, sin } = Math;

function samplesOf(seed: Buffer): Float32Array {
	const seconds = secondsOfNote * noteCount + lastNoteLasts;
	const samples = new Float32Array(sampleRate * seconds);
	for (let note = 0; note < noteCount; note++) {
		const step = pentatonic[(seed[note] ?? 0) % pentatonic.length] ?? 0;
		const angle = (2 * PI * lowestNote * 2 ** (step / 12)) / sampleRate;
		const start = Math.round(note * secondsOfNote * sampleRate);
		const end = min(start + sampleRate * lastNoteLasts, samples.length);
		for (let at = start; at < end; at++) {
			const time = (at - start) / sampleRate;
			const tone = sin(angle * (at - start)) + sin(2 * angle * (at - start)) * 0.3;
			samples[at] = (samples[at] ?? 0) + tone * min(time * 200, 1) * exp(-time * 6) * 0.3;
		}
	}
	return samples;
}
