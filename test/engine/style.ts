/** What a user reads of a failure. */
interface ReadError {
	message?: string;
	description?: string | null;
}

const maxSentences = 3;
const maxWords = 28;

/** Words that a native does not write here, or that mean something else in the other texts. */
const bannedWords =
	/\b(?:shall|anew|asked for|answer(?:s|ed)?|gave|gives?|given|refused(?! \[| *$|,)|address(?:es)?|link(?:s|ed)?|jobs?|somebody|nobody|for ever|by itself|in the place of|at most|switched|is finished|see to it)\b/i;

/** What a sentence says that nothing was done. */
const nothingDone = /\b(?:nothing was|(?:was|were) not|wasn't|weren't)\b/gi;

/** What stands behind the sentences: what else happened in the run, and what came, for the record. */
const summary =
	/(?: |^)(?:Nothing was \w+ before the run stopped|\d+ [a-z ]+ (?:was|were) \w+(?: and .*?)? before the run stopped|This was a dry run|Created:|Deleted:|Also failed:).*$/s;
const record = / ?\((?:HTTP \d+|No response|Failed)[^]*\)$/;

/**
 * Checks the words of a failure by the rules of this package's texts. What is quoted is somebody
 * else's, and what is in parentheses beside the sentences does not count.
 *
 * @returns what breaks a rule
 */
export function findStyleIssues({ message = '', description = '' }: ReadError = {}): string[] {
	const ownWords = [
		message.replace(/ \[item \d+\]$/, ''),
		String(description ?? '')
			.replace(summary, '')
			.replace(record, ''),
	].map(withoutQuotes);
	const sentences = ownWords.flatMap(sentencesOf);
	const text = ownWords.join(' ');
	const found: string[] = [];
	if (message === '') found.push('There is no message');
	if (sentences.length > maxSentences) found.push(`${sentences.length} sentences: ${text}`);
	for (const sentence of sentences) {
		const count = sentence.split(/\s+/).length;
		if (count > maxWords) found.push(`${count} words: ${sentence}`);
	}
	const [banned] = bannedWords.exec(text) ?? [];
	if (banned !== undefined) found.push(`"${banned}" in: ${text}`);
	const denials = text.match(nothingDone) ?? [];
	if (denials.length > 1) found.push(`says twice that nothing was done: ${text}`);
	return found;
}

/** Leaves out what is quoted, lists of formats, and the source of a reason, none of which is a sentence. */
function withoutQuotes(text: string): string {
	return text
		.replace(/ failed: .*$/s, ' failed')
		.replace(/^Reported by Magic Hour( \(.*?\))?\. /, '')
		.replace(/ Supported: .*$/s, '')
		.replace(/\{\{.*?\}\}|https?:\/\/\S*/g, 'X')
		.replace(/"[^"]*"/g, '"X"')
		.replace(/ \((?:[^()]|\([^()]*\))*\)/g, '');
}

function sentencesOf(text: string): string[] {
	return text
		.split(/(?<=[.!?])\s+(?=[A-Z'"])/)
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
}
