/** What an expression makes of a value that is missing, or that is no text, within a text. */
const leftover = /^(?:undefined|NaN|-Infinity|Invalid Date(?:Time)?|\[object \w+\]|Symbol\(.*\))$/s;

/**
 * Whether a whole text is what an expression leaves behind. "null", "Infinity" and "true" are words
 * that somebody may mean.
 */
export function isLeftover(text: string): boolean {
	return leftover.test(text.trim());
}
