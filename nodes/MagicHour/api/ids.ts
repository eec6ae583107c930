import { isLeftover } from '../execution/leftovers';
import { findStrayCharacter } from '../http/characters';
import { idReasons } from '../messages/ids';

const maxIdLength = 200;
/** What expressions leave behind and may be meant elsewhere, but is no ID. */
const wordsOfExpressions = ['null', 'true', 'false', 'Infinity', 'None'];

/**
 * Checks the characters of an ID, whoever gave it: it becomes a segment of a path, and an ID that is
 * none would find nothing, which counts as deleted.
 *
 * @returns what is wrong with it, to follow the name of its parameter; undefined for an ID
 */
export function findIdIssue(id: string): string | undefined {
	if (id === '') return idReasons.empty;
	if (id === '.' || id === '..') return idReasons.dots(id);
	if (isLeftover(id) || wordsOfExpressions.includes(id)) return idReasons.leftover(id);
	if (/[/\\?#%"<>[\]{}]/.test(id)) return idReasons.separator;
	const stray = findStrayCharacter(id);
	if (stray !== undefined) return idReasons[stray];
	if (id !== id.trim()) return idReasons.spacesAround;
	return id.length > maxIdLength ? idReasons.tooLong(maxIdLength) : undefined;
}

/** Whether something is an ID: text, and safe to stand as one URL segment once it is encoded. */
export function isId(id: unknown): id is string {
	return typeof id === 'string' && findIdIssue(id) === undefined;
}
