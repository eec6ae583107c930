import { allowedRate, type CaseName } from './cases';
import type { AnyContestantName, ContestantResult, Results } from './results';

/** Something that the package wants to be true of itself. */
export interface AimResult {
	aim: string;
	/** What was measured, in words. */
	measured: string;
	/** Undefined where it could not be measured. */
	isMet?: boolean;
}

/** Holds the medians against what the package aims at. */
export function judgeAims({ cases, loading }: Results): AimResult[] {
	const of = (name: CaseName, contestant: AnyContestantName): ContestantResult | undefined =>
		cases[name]?.contestants[contestant];
	const timeRatio = (name: CaseName, contestant: AnyContestantName, baseline: AnyContestantName) =>
		quotient(of(name, contestant)?.total?.median, of(name, baseline)?.total?.median);
	const growth = (figure: 'total' | 'peakMemory') =>
		quotient(of('tenfold', 'node')?.[figure]?.median, of('at0', 'node')?.[figure]?.median);
	const limited = of('limited', 'node');
	const limitedItems = cases.limited?.items;
	const shareOfRate = quotient(
		quotient(limitedItems, allowedRate),
		quotient(limited?.total?.median, 1000),
	);
	const stockNotDone = of('limited', 'stock')?.notDone?.median;

	return [
		atMost(
			'At 100 ms, at most 25% slower than the axios pool',
			timeRatio('at100', 'node', 'axios'),
			{
				limit: 1.25,
				words: (ratio) => `${percent(ratio)} of its time`,
			},
		),
		atMost(
			'At 0 ms, at least 5% faster than the stock declarative node with the same fields',
			timeRatio('at0', 'node', 'stock'),
			{ limit: 0.95, words: (ratio) => `${percent(ratio)} of its time` },
		),
		atMost(
			'At 0 ms, no slower than a stock declarative node that can only delete',
			timeRatio('at0', 'node', 'stockAlone'),
			{ limit: 1, words: (ratio) => `${percent(ratio)} of its time` },
		),
		atMost('Ten times the items: at most nine times the time', growth('total'), {
			limit: 9,
			words: (ratio) => `${ratio.toFixed(1)} times`,
		}),
		atMost('Ten times the items: at most ten times the memory', growth('peakMemory'), {
			limit: 10,
			words: (ratio) => `${ratio.toFixed(1)} times`,
		}),
		atMost(
			'Ten times the items: less memory than the stock declarative node with the same fields',
			quotient(
				of('tenfold', 'node')?.peakMemory?.median,
				of('tenfold', 'stock')?.peakMemory?.median,
			),
			{ limit: 1, words: (ratio) => `${percent(ratio)} of its memory` },
		),
		atLeast('Under the rate limit, at least 90% of the allowed rate', shareOfRate, {
			limit: 0.9,
			words: percent,
		}),
		atMost(
			'Under the rate limit, at most 5% of the requests wasted',
			limited?.refusedShare?.median,
			{
				limit: 0.05,
				words: percent,
			},
		),
		atMost('Under the rate limit, nothing lost', limited?.notDone?.highest, {
			limit: 0,
			words: (lost) => `${lost} lost; the stock declarative node: ${stockNotDone ?? 'unknown'}`,
		}),
		atMost('The package loads in at most 40 ms', loading?.median, {
			limit: 40,
			words: (milliseconds) => `${milliseconds.toFixed(1)} ms`,
		}),
	];
}

interface Measure {
	limit: number;
	words: (value: number) => string;
}

/** @returns whether a figure, in its own unit, is within its limit, also in words */
export function atMost(
	aim: string,
	value: number | undefined,
	{ limit, words }: Measure,
): AimResult {
	if (value === undefined) return { aim, measured: 'not measured' };
	return { aim, measured: words(value), isMet: value <= limit };
}

function atLeast(aim: string, value: number | undefined, { limit, words }: Measure): AimResult {
	if (value === undefined) return { aim, measured: 'not measured' };
	return { aim, measured: words(value), isMet: value >= limit };
}

function quotient(dividend: number | undefined, divisor: number | undefined): number | undefined {
	return dividend === undefined || divisor === undefined ? undefined : dividend / divisor;
}

/** @returns a share as a percentage with one decimal */
export function percent(share: number): string {
	return `${(share * 100).toFixed(1)}%`;
}
