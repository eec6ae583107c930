import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Counts what a part of the suite has tried, and how many discrepancies it found. */
export class Tally {
	private readonly faults = new Set<string>();

	private runs = 0;

	private items = 0;

	private discrepancies = 0;

	constructor(private readonly part: string) {}

	/** Adds a run. */
	add(faults: string[], items: number, discrepancies: string[]): void {
		for (const fault of faults) this.faults.add(fault);
		this.runs++;
		this.items += items;
		this.discrepancies += discrepancies.length;
	}

	/** Writes the counts for the table at the end of the suite. */
	publish(): void {
		const { part, runs, items, discrepancies } = this;
		const { TALLY_FOLDER: folder = '.' } = process.env;
		const tally = { part, faults: this.faults.size, runs, items, discrepancies };
		writeFileSync(join(folder, `${part}.json`), JSON.stringify(tally));
	}
}
