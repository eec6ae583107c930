/** Kinds of characters that no ID, URL or path has, unless something went wrong. */
export type StrayCharacter = 'controlCharacter' | 'brokenCharacter' | 'invisibleCharacter';

/** Format and private characters, those that Unicode lets nobody show, and blanks but for the space. */
const invisible = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]|[^\S ]/u;
const everyInvisible = new RegExp(invisible, 'gu');

/** @returns the kind of a character in a text that cannot be seen or was lost; undefined if none is */
export function findStrayCharacter(text: string): StrayCharacter | undefined {
	if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return 'controlCharacter';
	if (/[\p{Cs}\ufffd]/u.test(text)) return 'brokenCharacter';
	return invisible.test(text) ? 'invisibleCharacter' : undefined;
}

/** @returns the text with its percent-encoding read; as it is, where that is broken */
export function decodePercent(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** @returns the text without the characters that cannot be seen */
export function removeInvisible(text: string): string {
	return text.replace(everyInvisible, '');
}
