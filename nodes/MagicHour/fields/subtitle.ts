import { upperFirst } from '../messages/text';
import type { Resource } from './mergeFields';

/** Words that stay small within a title. */
const smallWords = ['and', 'at', 'for', 'from', 'in', 'into', 'of', 'on', 'to', 'with'];
const articles = ['a', 'an', 'the'];

/**
 * Tells what a node does, below its name on the canvas: "Delete Image Project" in place of the stored
 * "delete: imageProject".
 *
 * @returns an expression, with a table of what each operation's `action` says
 */
export function subtitleOf(resources: Resource[]): string {
	const titles = resources.flatMap(({ value: resource, operations }) =>
		operations.map(({ option: { value, action = '' } }): [string, string] => [
			`${resource}.${value}`,
			titleOf(action),
		]),
	);
	const key = '$parameter["resource"] + "." + $parameter["operation"]';
	// One that is not in the table may come from another version of this package.
	return `={{ (${JSON.stringify(Object.fromEntries(titles))})[${key}] ?? $parameter["operation"] }}`;
}

/** @returns a sentence as a title, without its articles */
function titleOf(sentence: string): string {
	return sentence
		.split(' ')
		.filter((word) => !articles.includes(word))
		.map((word) => (smallWords.includes(word) ? word : upperFirst(word)))
		.join(' ');
}
