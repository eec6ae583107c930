/** @returns milliseconds since some moment, by a clock that nobody can set */
export function now(): number {
	return performance.now();
}
