import type { ProgressListener } from '../n8n/processes';
import type { Case } from './cases';
import type { ContestantName } from './contestants';
import { runOnce, type BenchSetup, type Figures } from './run';
import { median } from './statistics';
import { required } from '../required';

/** A figure of this node that may be at most so many times another contestant's. */
interface Comparison {
	title: string;
	oneCase: Case;
	baseline: ContestantName;
	read: (figures: Figures) => number;
	/** The largest ratio that passes: what is usual, and a margin for a busy machine. */
	limit: number;
}

interface Bound {
	title: string;
	oneCase: Case;
	read: (figures: Figures) => number;
	/** The largest value that passes. */
	limit: number;
}

const atOnce: Case = {
	title: '0 ms',
	items: 1500,
	contestants: ['node', 'stock', 'stockAlone'],
};
const slow: Case = { title: '100 ms', items: 400, delay: 100, contestants: ['node', 'axios'] };
const limited: Case = {
	title: '50 requests per second',
	items: 200,
	requestsPerSecond: 50,
	contestants: ['node'],
};

const timeOf = ({ milliseconds }: Figures) => milliseconds;
const memoryOf = ({ peakMemory = 0 }: Figures) => peakMemory;

/** What must not get worse, against others that run on the same machine at the same time. */
const comparisons: Comparison[] = [
	{
		title: 'time at 0 ms of latency, against the stock declarative node with the same fields',
		oneCase: atOnce,
		baseline: 'stock',
		read: timeOf,
		limit: 1.15,
	},
	{
		// n8n reads every field of the node for every item: this is what more of them would cost. Two of
		// them are named id, and n8n evaluates an ID from an expression twice for each.
		title: 'time at 0 ms of latency, against the stock declarative node that can only delete',
		oneCase: atOnce,
		baseline: 'stockAlone',
		read: timeOf,
		limit: 1.85,
	},
	{
		title: 'peak memory, against the stock declarative node with the same fields',
		oneCase: atOnce,
		baseline: 'stock',
		read: memoryOf,
		limit: 1.1,
	},
	{
		// n8n prepares all items before the first request can leave, which a pool of requests need not.
		// How long that takes depends on the machine, and the latency does not: 1.66 to 2.42 was seen.
		title: 'time at 100 ms of latency, against the axios pool',
		oneCase: slow,
		baseline: 'axios',
		read: timeOf,
		limit: 2.6,
	},
];

/** What must hold in every run, on whatever machine. */
const bounds: Bound[] = [
	{
		title: 'most requests in flight',
		oneCase: atOnce,
		read: ({ highestInFlight = Infinity }) => highestInFlight,
		limit: 20,
	},
	{
		title: 'requests beyond one per deletion',
		oneCase: atOnce,
		read: ({ requests, items }) => requests - items,
		limit: 0,
	},
	{
		title: 'items lost under a rate limit',
		oneCase: limited,
		read: ({ items, done }) => items - done,
		limit: 0,
	},
];

const firstRounds = 3;
const moreRounds = 4;

/**
 * Compares this node with others in short runs; one that seems too slow gets more rounds.
 *
 * @param onProgress is told each result
 * @returns whether everything is within its limit
 */
export async function check(setup: BenchSetup, onProgress: ProgressListener): Promise<boolean> {
	const history = new RoundHistory(setup);
	let passes = true;
	const reportResult = (title: string, figure: string, limit: number, isWithin: boolean) => {
		onProgress(`${isWithin ? 'pass' : 'FAIL'}  ${title}: ${figure} (limit ${limit})`);
		passes &&= isWithin;
	};
	for (const { title, oneCase, baseline, read, limit } of comparisons) {
		await history.have(oneCase, firstRounds);
		if (history.ratio(oneCase, baseline, read) > limit) {
			onProgress(`      ${title}: over its limit so far, measuring again`);
			await history.have(oneCase, firstRounds + moreRounds);
		}
		const ratio = history.ratio(oneCase, baseline, read);
		reportResult(title, `ratio ${ratio.toFixed(2)}`, limit, ratio <= limit);
	}
	for (const { title, oneCase, read, limit } of bounds) {
		await history.have(oneCase, 1);
		const highest = Math.max(...history.of(oneCase, 'node').map(read));
		reportResult(title, String(highest), limit, highest <= limit);
	}
	return passes;
}

/** All rounds so far, in which the contestants of a case take turns. */
class RoundHistory {
	private readonly rounds = new Map<Case, Array<Map<ContestantName, Figures>>>();

	constructor(private readonly setup: BenchSetup) {}

	/** Runs further rounds until there are so many. */
	async have(oneCase: Case, count: number): Promise<void> {
		const rounds = this.rounds.get(oneCase) ?? [];
		this.rounds.set(oneCase, rounds);
		while (rounds.length < count) {
			const { contestants } = oneCase;
			const order = rounds.length % 2 === 0 ? contestants : [...contestants].reverse();
			const round = new Map<ContestantName, Figures>();
			for (const contestant of order) {
				round.set(contestant, await runOnce(this.setup, contestant, oneCase));
			}
			rounds.push(round);
		}
	}

	of(oneCase: Case, contestant: ContestantName): Figures[] {
		const rounds = this.rounds.get(oneCase) ?? [];
		return rounds.map((round) => round.get(contestant)).filter((figures) => figures !== undefined);
	}

	/** The median of the rounds' ratios: what both suffer in one round then counts for neither. */
	ratio(oneCase: Case, baseline: ContestantName, read: (figures: Figures) => number): number {
		const rounds = this.rounds.get(oneCase) ?? [];
		const figuresOf = (round: Map<ContestantName, Figures>, contestant: ContestantName) =>
			read(required(round.get(contestant), `figure of ${contestant}`));
		return median(rounds.map((round) => figuresOf(round, 'node') / figuresOf(round, baseline)));
	}
}
