import { inspect } from 'node:util';

type Stream = Pick<NodeJS.WriteStream, 'write'>;

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
// Jest's own console has streams that are not those of the process, and winston writes to them.
const { _stdout, _stderr } = console as unknown as Record<'_stdout' | '_stderr', Stream>;
for (const stream of new Set<Stream>([process.stdout, process.stderr, _stdout, _stderr])) {
	const write = stream.write.bind(stream);
	stream.write = (chunk: string, ...rest: []) => hear(chunk) || write(chunk, ...rest);
}
