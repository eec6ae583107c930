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
