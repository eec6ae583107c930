/** @returns the numbers from the first to the last, such as the durations of a model */
export function range(first: number, last: number, step = 1): number[] {
	return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}

/**
 * Reads one fact of each model in a table.
 *
 * @param models by the value that the API knows them by
 */
export function factsOf<Model, Fact>(
	models: Record<string, Model>,
	read: (model: Model) => Fact,
): Record<string, Fact> {
	return Object.fromEntries(Object.entries(models).map(([value, model]) => [value, read(model)]));
}
