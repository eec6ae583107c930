import { GIFEncoder, applyPalette, quantize } from 'gifenc';
import {
	BufferTarget,
	EncodedPacket,
	EncodedVideoPacketSource,
	Output,
	WebMOutputFormat,
} from 'mediabunny';
import { required } from '../../required';
import type { Subject } from './media';
import { Scene, type Size } from './scene';

/** How long a video is, and how large. */
interface VideoFormat extends Size {
	framesPerSecond: number;
	seconds: number;
}

const gifFrames = 8;
const gifDelay = 120;

/** @returns an animation that goes on for ever */
export function makeGif(subject: Subject, size: Size): Buffer {
	const scene = new Scene(subject, size);
	const gif = GIFEncoder();
	const palette = quantize(scene.drawAt(0).pixels(), 64);
	for (let frame = 0; frame < gifFrames; frame++) {
		const pixels = applyPalette(scene.drawAt(frame / gifFrames).pixels(), palette);
		gif.writeFrame(pixels, size.width, size.height, { palette, delay: gifDelay });
	}
	gif.finish();
	return Buffer.from(gif.bytes());
}

/** @returns a video in H.264 */
export async function makeMp4(subject: Subject, format: VideoFormat): Promise<Buffer> {
	const encoder = await withoutListeners(async () => {
		const { createH264MP4Encoder } = await import('h264-mp4-encoder');
		return await createH264MP4Encoder();
	});
	const { width, height, framesPerSecond } = format;
	Object.assign(encoder, { width, height, frameRate: framesPerSecond });
	Object.assign(encoder, { speed: 10, quantizationParameter: 28 });
	encoder.initialize();
	for (const scene of frames(subject, format)) encoder.addFrameRgba(scene.pixels());
	encoder.finalize();
	const video = Buffer.from(encoder.FS.readFile(encoder.outputFilename));
	encoder.FS.unlink(encoder.outputFilename);
	encoder.delete();
	return video;
}

/** @returns a video in VP8, each frame of which is a picture of its own */
export async function makeWebm(subject: Subject, format: VideoFormat): Promise<Buffer> {
	const target = new BufferTarget();
	const output = new Output({ format: new WebMOutputFormat(), target });
	const track = new EncodedVideoPacketSource('vp8');
	output.addVideoTrack(track, { frameRate: format.framesPerSecond });
	await output.start();
	const { width: codedWidth, height: codedHeight, framesPerSecond } = format;
	const duration = 1 / framesPerSecond;
	let time = 0;
	for (const scene of frames(subject, format)) {
		const packet = new EncodedPacket(vp8Of(scene.toWebp()), 'key', time, duration);
		await track.add(packet, { decoderConfig: { codec: 'vp8', codedWidth, codedHeight } });
		time += duration;
	}
	await output.finalize();
	return Buffer.from(required(target.buffer ?? undefined, 'content of the video'));
}

function* frames(subject: Subject, format: VideoFormat) {
	const scene = new Scene(subject, format);
	const count = format.framesPerSecond * format.seconds;
	for (let frame = 0; frame < count; frame++) yield scene.drawAt(frame / count);
}

/** A picture in lossy WebP is one frame of VP8 in a container. */
function vp8Of(webp: Buffer): Buffer {
	const headerSize = 12;
	for (let at = headerSize; at < webp.length; ) {
		const size = webp.readUInt32LE(at + 4);
		const content = webp.subarray(at + 8, at + 8 + size);
		if (webp.toString('latin1', at, at + 4) === 'VP8 ') return content;
		at += 8 + size + (size % 2);
	}
	throw new Error('The picture has no frame of VP8');
}

/** Emscripten wants to end the process at every rejection that nobody handles: that is not its to say. */
async function withoutListeners<Result>(load: () => Promise<Result>): Promise<Result> {
	const events = ['uncaughtException', 'unhandledRejection'] as const;
	const before = events.map((event) => process.listeners(event as 'uncaughtException'));
	const result = await load();
	for (const [index, event] of events.entries()) {
		for (const listener of process.listeners(event as 'uncaughtException')) {
			if (before[index]?.includes(listener) !== true) process.off(event, listener);
		}
	}
	return result;
}
