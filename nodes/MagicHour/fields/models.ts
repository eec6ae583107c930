import type { INodePropertyOptions } from 'n8n-workflow';
import { formatAlternatives, upperFirst } from '../messages/text';

/** What the description of a field says that chooses a model. */
export const modelDescription =
	'The AI model to use. See <a href="https://docs.magichour.ai/api-reference/models" target="_blank">models and credits</a>.';

/** The same, where the plan decides which model is the default. */
export const modelDescriptionByPlan = `${modelDescription} The default depends on your plan.`;

/**
 * Lists the models of a table, to choose from.
 *
 * @param models by the value that the API knows them by
 * @param describe tells in short what is known of a model; what is undefined or empty is left out
 */
export function modelChoices<Model extends { name: string }>(
	models: Record<string, Model>,
	describe: (model: Model) => Array<string | undefined>,
): INodePropertyOptions[] {
	return Object.entries(models).map(([value, model]) => {
		const description = describe(model)
			.filter((fact) => fact !== undefined && fact !== '')
			.join('; ');
		return {
			name: model.name,
			value,
			...(description !== '' && { description: upperFirst(description) }),
		};
	});
}

/**
 * @param all in their order
 * @returns some of them in short: "480p to 1080p" where none in between is missing, or else each
 */
export function formatSome<Value>(
	some: readonly Value[],
	all: readonly Value[],
	nameOf: (value: Value) => string,
): string {
	const [first, last] = [some[0], some.at(-1)];
	if (first === undefined || last === undefined) return '';
	const isRange = all.indexOf(last) - all.indexOf(first) === some.length - 1;
	return isRange && some.length > 2
		? `${nameOf(first)} to ${nameOf(last)}`
		: formatAlternatives(some.map(nameOf));
}

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
