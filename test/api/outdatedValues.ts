/** A value of an enumeration. */
export type Value = string | number | boolean;

/**
 * Finds the values of an enumeration that its description tells not to use any more:
 *
 * - those that a sentence names first which has the word "deprecated";
 * - those that are listed below a heading with that word;
 * - those that are missing where the description lists most of the values one by one.
 *
 * @param description Markdown
 * @returns why each of them is outdated, by the value as text
 */
export function outdatedValues(values: Value[], description: string): Map<string, string> {
	const names = values.map(String);
	const lines = description.split('\n');
	const outdated = new Map<string, string>();
	for (const name of [...namedAsDeprecated(lines), ...listedAsDeprecated(lines, names)]) {
		if (names.includes(name)) outdated.set(name, 'is deprecated');
	}
	const listed = new Set(lines.map(listedName));
	const missing = names.filter((name) => !listed.has(name));
	if (missing.length < names.length / 2) {
		for (const name of missing) outdated.set(name, 'is no longer documented');
	}
	return outdated;
}

const deprecation = /deprecated/i;
const endOfSentence = /(?<=[.!?]\**)\s+/;

function namedAsDeprecated(lines: string[]): string[] {
	return lines
		.flatMap((line) => line.split(endOfSentence))
		.filter((sentence) => deprecation.test(sentence))
		.map((sentence) => unquote(/`([^`]+)`/.exec(sentence)?.[1]));
}

function listedAsDeprecated(lines: string[], names: string[]): string[] {
	let isBelowHeading = false;
	return lines.flatMap((line) => {
		const name = listedName(line);
		if (line.trim() === '' || line.startsWith(' ')) return [];
		if (name === undefined) isBelowHeading = deprecation.test(line) && /:\**\s*$/.test(line);
		return isBelowHeading && name !== undefined && names.includes(name) ? [name] : [];
	});
}

/** @returns the name that an entry of a list begins with */
function listedName(line: string): string | undefined {
	const name = /^\s*[*+-]\s+\**`([^`]+)`/.exec(line)?.[1];
	return name === undefined ? undefined : unquote(name);
}

function unquote(text = ''): string {
	return text.replace(/^["']|["']$/g, '');
}
