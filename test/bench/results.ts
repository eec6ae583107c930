import type { CaseName } from './cases';
import type { ContestantName } from './contestants';
import type { N8nContestantName } from './n8n';
import type { Figures, Runs } from './run';
import type { TopicTable } from './topic';
import { spreadOf, type Spread } from './statistics';

export type AnyContestantName = ContestantName | N8nContestantName;

/** What one contestant came to in one case: medians and extremes of its rounds. */
export interface ContestantResult {
	title: string;
	/** Milliseconds. */
	total?: Spread;
	/** Milliseconds. */
	perItem?: Spread;
	highestInFlight?: Spread;
	/** Milliseconds. */
	processorTime?: Spread;
	/** Milliseconds. */
	eventLoopDelay?: Spread;
	/** Bytes. */
	peakMemory?: Spread;
	/** Undefined where nothing was done. */
	requestsPerItem?: Spread;
	/** The share of all requests that was answered with 429. */
	refusedShare?: Spread;
	/** How many projects were not deleted, or not generated. */
	notDone?: Spread;
	/** The share of the run's time for which the sandbox kept a processor busy. */
	sandboxBusy?: Spread;
	/** What stopped it or went wrong first, each text once. */
	errors: string[];
	/** Every round. */
	rounds: Figures[];
}

export interface CaseResult {
	title: string;
	items: number;
	contestants: Partial<Record<AnyContestantName, ContestantResult>>;
}

/** All that was measured. */
export interface Results {
	startedAt: string;
	machine: { node: string; platform: string; processor: string; processors: number };
	rounds: number;
	cases: Partial<Record<CaseName, CaseResult>>;
	topics: TopicTable[];
	/** Milliseconds that the package's node and credential take to load. */
	loading?: Spread;
	/** Bytes. */
	tarballSize: number;
}

/** Draws the figures of several rounds together. */
export function summarize(title: string, { figures, crashes }: Runs): ContestantResult {
	const spread = (read: (round: Figures) => number | undefined) =>
		spreadOf(figures.map(read).filter((value) => value !== undefined));
	return {
		title,
		total: spread(({ milliseconds }) => milliseconds),
		perItem: spread(({ milliseconds, items }) => milliseconds / items),
		highestInFlight: spread(({ highestInFlight }) => highestInFlight),
		processorTime: spread(({ processorTime }) => processorTime),
		eventLoopDelay: spread(({ eventLoopDelay }) => eventLoopDelay),
		peakMemory: spread(({ peakMemory }) => peakMemory),
		requestsPerItem: spread(({ requests, done }) => (done === 0 ? undefined : requests / done)),
		refusedShare: spread(({ refused, requests }) => (requests === 0 ? 0 : refused / requests)),
		notDone: spread(({ items, done }) => items - done),
		sandboxBusy: spread(({ sandboxBusy }) => sandboxBusy),
		errors: [
			...new Set(
				[...figures.map(({ error }) => error), ...crashes].filter((text) => text !== undefined),
			),
		],
		rounds: figures,
	};
}
