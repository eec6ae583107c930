/** The middle of several measurements of the same thing, and how far apart they were. */
export interface Spread {
	median: number;
	lowest: number;
	highest: number;
}

/** @returns the middle value; the mean of the two in the middle for an even number of values */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** @returns median and extremes, in the unit of the values; undefined where there are none */
export function spreadOf(values: number[]): Spread | undefined {
	if (values.length === 0) return undefined;
	return { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) };
}
