import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { isLeftover } from '../execution/leftovers';
import { findStrayCharacter } from '../http/characters';
import { isObject } from '../http/json';
import { describeNotFacePath, facePathReasons } from '../messages/files';
import { describeLeftoverText } from '../messages/validation';
import { findBinaryField, isBinary } from './binaryFields';
import { parseLibraryUrl } from './resourceId';

/** Where Magic Hour keeps the faces that it has found. */
const facePath = /^api-assets\/[^\s"'\\?#,;]+$/;

/**
 * Reads the path of a face that Detect Faces has returned. Magic Hour takes nothing else in its place:
 * no file, and no other way that leads to one.
 *
 * @param given what the parameter holds
 * @returns undefined where it is empty
 * @throws ItemError where it is anything else
 */
export function readFacePath(
	item: ItemContext,
	given: unknown,
	displayName: string,
): string | undefined {
	const text = String(given ?? '').trim();
	if (text === '') return undefined;
	if (typeof given === 'string' && isFacePath(text)) return text;
	if (!isObject(given) && isLeftover(text)) {
		throw validationError({ displayName, ...describeLeftoverText(text) });
	}
	const reason = reasonAgainst(item, given, text);
	throw validationError({ displayName, ...describeNotFacePath(reason) });
}

function isFacePath(text: string): boolean {
	const steps = text.split('/');
	return (
		facePath.test(text) &&
		findStrayCharacter(text) === undefined &&
		!steps.some((step) => ['', '.', '..'].includes(step) || isLeftover(step))
	);
}

function reasonAgainst(item: ItemContext, given: unknown, text: string): string {
	if (isObject(given)) return isBinary(given) ? facePathReasons.file : facePathReasons.object;
	if (findBinaryField(item, text) !== undefined) return facePathReasons.binaryField(text);
	const stray = findStrayCharacter(text);
	if (stray !== undefined) return facePathReasons[stray];
	if (parseLibraryUrl(text) !== undefined) return facePathReasons.libraryUrl;
	if (/^https?:\/\//i.test(text)) return facePathReasons.url;
	return facePathReasons.other(text);
}
