import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a part of the suite has tried, and where the node's word and the facts disagreed. */
export class Tally {
	private readonly faults = new Set<string>();

	private batches = 0;

	private items = 0;

	private disagreements = 0;

	constructor(private readonly part: string) {}

	/** Counts a batch in. */
	add(faults: string[], items: number, disagreements: string[]): void {
		for (const fault of faults) this.faults.add(fault);
		this.batches++;
		this.items += items;
		this.disagreements += disagreements.length;
	}

	/** Leaves the numbers for the table at the end of the suite. */
	publish(): void {
		const { part, batches, items, disagreements } = this;
		const { TALLY_FOLDER: folder = '.' } = process.env;
		const tally = { part, faults: this.faults.size, batches, items, disagreements };
		writeFileSync(join(folder, `${part}.json`), JSON.stringify(tally));
	}
}
