import { inspect } from 'node:util';

type Stream = Pick<NodeJS.WriteStream, 'write'>;

const levels = ['error', 'warn', 'info', 'debug', 'log', 'trace'] as const;

let captured: string[] | undefined;

/** Starts to keep everything that is printed, instead of printing it. */
export function startCapture(): void {
	captured = [];
}

/**
 * Stops capturing.
 *
 * @returns everything that was printed since the start
 */
export function stopCapture(): string {
	const text = (captured ?? []).join('\n');
	captured = undefined;
	return text;
}

/**
 * Keeps what is printed, while a capture is on.
 *
 * @returns whether a capture is on
 */
export function capture(...values: unknown[]): boolean {
	captured?.push(
		values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '),
	);
	return captured !== undefined;
}

// n8n's logger keeps references to these functions when it is loaded.
for (const level of levels) {
	const print = console[level].bind(console);
	console[level] = (...values: unknown[]) => {
		if (!capture(...values)) print(...values);
	};
}
// Jest's own console has streams that are not those of the process, and winston writes to them.
const { _stdout, _stderr } = console as unknown as Record<'_stdout' | '_stderr', Stream>;
for (const stream of new Set<Stream>([process.stdout, process.stderr, _stdout, _stderr])) {
	const write = stream.write.bind(stream);
	stream.write = (chunk: string, ...rest: []) => capture(chunk) || write(chunk, ...rest);
}
