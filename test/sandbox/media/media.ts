/** What a file shows, or what its tune is made of. */
export interface Subject {
	/** The words; the colors come from them, too. */
	words: string;
	/** A line below them, which tells files with the same words apart. */
	caption: string;
	/** The number of the face that is shown instead of the words. */
	face?: number;
}

/** What the videos of the sandbox are like. */
export const videoFormat = { width: 480, height: 270, framesPerSecond: 8, seconds: 3 };

const pictureSize = { width: 480, height: 480 };
const gifSize = { width: 320, height: 320 };
const mostKept = 100;

const makers: Record<string, (subject: Subject) => Buffer | Promise<Buffer>> = {
	png: async (subject) => {
		const { Scene } = await import('./scene');
		return new Scene(subject, pictureSize).drawAt(0).toPng();
	},
	gif: async (subject) => (await import('./animations')).makeGif(subject, gifSize),
	mp4: async (subject) => await (await import('./animations')).makeMp4(subject, videoFormat),
	webm: async (subject) => await (await import('./animations')).makeWebm(subject, videoFormat),
	mp3: async (subject) => await (await import('./tune')).makeMp3(subject),
};

const kept = new Map<string, Promise<Buffer>>();

/**
 * Makes a small file that shows or plays something, or gives the one that it has made before. What
 * draws and encodes is loaded only now, so that a sandbox starts without it.
 *
 * @returns undefined where it can make no file with the extension
 */
export async function makeMedia(extension: string, subject: Subject): Promise<Buffer | undefined> {
	const make = makers[extension];
	if (make === undefined) return undefined;
	const key = JSON.stringify([extension, subject.words, subject.caption, subject.face]);
	const file = kept.get(key) ?? Promise.resolve(make(subject));
	kept.delete(key);
	kept.set(key, file);
	const [oldest] = kept.keys();
	if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
	return await file;
}
