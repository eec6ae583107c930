import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How much memory some processes had at a moment. */
interface Sample {
	/** Milliseconds since 1970. */
	at: number;
	/** Bytes, as resident in memory, of all of them. */
	bytes: number;
}

const sampleEvery = 20;

/** Watches how much memory some processes have. Linux alone tells that of other processes in files. */
export class MemoryWatch {
	private readonly samples: Sample[] = [];

	private isOver = false;

	private readonly watching: Promise<void>;

	/** @param processIds the processes, each of which may end */
	constructor(private readonly processIds: number[]) {
		this.watching = this.watch();
	}

	/** Ends the watch. */
	async stop(): Promise<void> {
		this.isOver = true;
		await this.watching;
	}

	/** @returns the most bytes within a time; undefined where the system does not tell */
	peak({ from = 0, to = Infinity }: { from?: number; to?: number } = {}): number | undefined {
		const bytes = this.samples
			.filter((sample) => sample.at >= from && sample.at <= to)
			.map((sample) => sample.bytes);
		return bytes.length === 0 ? undefined : Math.max(...bytes);
	}

	private async watch(): Promise<void> {
		while (!this.isOver) {
			const bytes = await memoryOf(this.processIds);
			if (bytes === undefined) return;
			this.samples.push({ at: Date.now(), bytes });
			await sleep(sampleEvery);
		}
	}
}

/** @returns the bytes that processes have in memory together; undefined where the system does not tell */
async function memoryOf(processIds: number[]): Promise<number | undefined> {
	const sizes = await Promise.all(processIds.map(residentBytes));
	const known = sizes.filter((size) => size !== undefined);
	return known.length === 0 ? undefined : known.reduce((sum, size) => sum + size, 0);
}

async function residentBytes(processId: number): Promise<number | undefined> {
	const status = await read(`/proc/${processId}/status`);
	const [, kB] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
	return kB === undefined ? undefined : Number(kB) * 1024;
}

/** @returns the IDs of all processes that a process has started, and that these have; none where the system does not tell */
export async function descendantsOf(ancestor: number): Promise<number[]> {
	const entries = await readdir('/proc').catch(() => []);
	const children = new Map<number, number[]>();
	for (const entry of entries.filter((name) => /^\d+$/.test(name))) {
		const stat = await read(`/proc/${entry}/stat`);
		// The command's name, in parentheses, may have spaces in it.
		const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const siblings = children.get(Number(parent)) ?? [];
		siblings.push(Number(entry));
		children.set(Number(parent), siblings);
	}
	const collect = (id: number): number[] =>
		(children.get(id) ?? []).flatMap((child) => [child, ...collect(child)]);
	return collect(ancestor);
}

async function read(file: string): Promise<string> {
	return await readFile(file, 'utf8').catch(() => '');
}
