import type { ContestantName, Task } from './contestants';

/** Something that all contestants do. */
export interface Case {
	title: string;
	/** What is done with each project; it is deleted, unless said otherwise. */
	task?: Task;
	/** How many projects there are. */
	items: number;
	/** Milliseconds that the API takes for each answer. */
	delay?: number;
	/** How many requests the API takes in a second; the rest is answered 429 with Retry-After. */
	requestsPerSecond?: number;
	contestants: ContestantName[];
}

const all: ContestantName[] = ['node', 'stock', 'stockAlone', 'axios', 'sdk'];

/** The cases of the figures. */
export type CaseName = 'at0' | 'at20' | 'at100' | 'tenfold' | 'limited' | 'generated';

export const allowedRate = 50;

/**
 * @param items how many projects a case has, but for the one that has ten times as many
 */
export function makeCases(items: number): Record<CaseName, Case> {
	const count = items.toLocaleString('en');
	return {
		at0: { title: `${count} deletions, 0 ms of API latency`, items, contestants: all },
		at20: {
			title: `${count} deletions, 20 ms of API latency`,
			items,
			delay: 20,
			contestants: all,
		},
		at100: {
			title: `${count} deletions, 100 ms of API latency`,
			items,
			delay: 100,
			contestants: all,
		},
		tenfold: {
			title: `${(10 * items).toLocaleString('en')} deletions, 0 ms of API latency`,
			items: 10 * items,
			contestants: all,
		},
		limited: {
			title: `${count} deletions, limit of ${allowedRate} requests per second (429 with Retry-After)`,
			items,
			requestsPerSecond: allowedRate,
			contestants: ['node', 'nodeByDefault', 'stock', 'axios', 'sdk'],
		},
		generated: {
			title: `${count} generated images, Output: Project ID Only, 0 ms of API latency`,
			task: 'generate',
			items,
			contestants: ['node', 'nodeWithLimits', 'axios'],
		},
	};
}
