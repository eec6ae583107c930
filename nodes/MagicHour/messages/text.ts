import { cutText } from '../http/foreignData';

const maxExcerptLength = 200;

/** @returns the first 200 characters of a text that may be long */
export function excerpt(text: string): string {
	return cutText(text, maxExcerptLength);
}

/** @returns the name after "a" or "an" */
export function withArticle(name: string): string {
	return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** @returns a number of things, for example "2 seconds" */
export function pluralize(count: number, name: string): string {
	return count === 1 ? `1 ${name}` : `${count} ${name}s`;
}

/** @returns a number of things and its verb, for example "2 image projects were" */
export function pluralizeWithVerb(count: number, name: string): string {
	return `${pluralize(count, name)} ${count === 1 ? 'was' : 'were'}`;
}

const maxNames = 50;

/** @returns the names with commas between them, of many only the first 50 */
export function formatList(names: string[]): string {
	const others = names.length - maxNames;
	const shown = names.slice(0, maxNames).join(', ');
	return others > 0 ? `${shown} and ${others} more` : shown;
}

/** @returns what may be chosen, for example "2 to 10, 15, or 20": four or more in a row are a range */
export function formatAlternatives(values: ReadonlyArray<string | number>): string {
	const runs: Array<Array<string | number>> = [];
	for (const value of values) {
		const run = runs.at(-1);
		const isNext = typeof value === 'number' && run?.at(-1) === value - 1;
		if (run !== undefined && isNext) run.push(value);
		else runs.push([value]);
	}
	const names = runs.flatMap((run) =>
		run.length > 3 ? [`${run[0]} to ${run.at(-1)}`] : run.map(String),
	);
	const last = names.pop() ?? '';
	if (names.length === 0) return last;
	return `${names.join(', ')}${names.length > 1 ? ',' : ''} or ${last}`;
}

/** @returns one text of all sentences that are not empty */
export function joinSentences(...sentences: Array<string | undefined>): string {
	return sentences
		.map((sentence) => (sentence ?? '').trim())
		.filter((sentence) => sentence !== '')
		.join(' ');
}

/** @returns the text with a capital first letter */
export function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @returns the text with a small first letter, unless that begins an abbreviation */
export function lowerFirst(text: string): string {
	return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
