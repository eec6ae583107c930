/** @returns the name after "a" or "an" */
export function withArticle(name: string): string {
	return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** @returns a number of things, for example "2 seconds" */
export function counted(count: number, name: string): string {
	return count === 1 ? `1 ${name}` : `${count} ${name}s`;
}

/** @returns a number of things and its verb, for example "2 image projects were" */
export function countedSubject(count: number, name: string): string {
	return `${counted(count, name)} ${count === 1 ? 'was' : 'were'}`;
}

const longestList = 50;

/** @returns the names with commas between them, of many only the first 50 */
export function listed(names: string[]): string {
	const others = names.length - longestList;
	const shown = names.slice(0, longestList).join(', ');
	return others > 0 ? `${shown} and ${others} more` : shown;
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
