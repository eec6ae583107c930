import { inspect } from 'node:util';

const levels = ['error', 'warn', 'info', 'debug', 'log', 'trace'] as const;

let heard: string[] | undefined;

/** Begins to keep all that is printed, instead of printing it. */
export function openEar(): void {
	heard = [];
}

/** Ends that. @returns all that was printed since */
export function closeEar(): string {
	const text = (heard ?? []).join('\n');
	heard = undefined;
	return text;
}

/** Keeps words if they are listened for. @returns whether they are */
export function hear(...words: unknown[]): boolean {
	heard?.push(words.map((word) => (typeof word === 'string' ? word : inspect(word))).join(' '));
	return heard !== undefined;
}

// n8n's logger takes hold of these functions when it is loaded.
for (const level of levels) {
	const print = console[level].bind(console);
	console[level] = (...words: unknown[]) => {
		if (!hear(...words)) print(...words);
	};
}
for (const stream of [process.stdout, process.stderr]) {
	const write = stream.write.bind(stream);
	stream.write = ((chunk: string, ...rest: []) =>
		hear(chunk) || write(chunk, ...rest)) as typeof stream.write;
}
