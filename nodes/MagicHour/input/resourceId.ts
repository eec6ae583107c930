import type { INodeProperties } from 'n8n-workflow';
import { findIdIssue } from '../api/ids';
import { projectKinds, type ResourceKind } from '../api/projectKinds';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { findStrayCharacter } from '../http/characters';
import type { ErrorContext } from '../messages/errorMessage';
import { adviseOnId, describeMissingId, idReasons } from '../messages/ids';

const libraryHosts = ['magichour.ai', 'www.magichour.ai'];

/**
 * The field that holds the ID of a project. It is one for all kinds of projects, since n8n evaluates
 * an ID from an expression twice for each field of its name.
 */
export const projectIdField: INodeProperties = {
	displayName: 'Project ID',
	name: 'id',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. cm6pvghix03bvyz0zwash6noj',
	hint: 'The ID or library URL of the project',
};

/**
 * Reads the ID of what an item is about.
 *
 * @param field holds an ID, a number or a Magic Hour library URL
 * @returns the ID, safe to stand as one URL segment once it is percent-encoded
 * @throws ItemError where it is no ID of that kind
 */
export function resolveId(
	item: ItemContext,
	field: INodeProperties,
	kind: ResourceKind,
): { id: string; errorContext: ErrorContext } {
	const { displayName } = field;
	const id = parseId(item.parameter(field), kind, (reason) =>
		validationError({
			displayName,
			reason,
			advice: adviseOnId(kind.noun, kind.libraryParameter !== undefined),
		}),
	);
	item.resolvedId = id;
	const errorContext = item.errorContext(`the ${kind.noun} "${id}"`, {
		hint: `Check '${displayName}'.`,
		missingHint: describeMissingId(kind.noun),
	});
	return { id, errorContext };
}

/**
 * Reads an ID from what the user gave.
 *
 * @param value of any type, as its expression gave it
 * @param toError makes the error of a value that is not valid, from what is wrong with it
 * @throws what `toError` makes
 */
export function parseId(
	value: unknown,
	{ noun, libraryParameter }: Pick<ResourceKind, 'noun' | 'libraryParameter'>,
	toError: (reason: string) => Error,
): string {
	if (typeof value === 'number' && !isExactNumber(value)) throw toError(idReasons.inexactNumber);
	if (value === undefined || value === null) throw toError(idReasons.empty);
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw toError(idReasons.otherType(value));
	}

	const text = String(value).trim();
	if (!/^https?:\/\//i.test(text)) return checkId(text, toError);

	if (libraryParameter === undefined) throw toError(idReasons.url);
	// The parser of URLs would drop line breaks and tabs.
	const stray = findStrayCharacter(text);
	if (stray !== undefined) throw toError(idReasons[stray]);
	const parameters = parseLibraryUrl(text);
	if (parameters === undefined) throw toError(idReasons.otherUrl);

	const otherKind = projectKinds.find(
		(kind) => kind.libraryParameter !== libraryParameter && parameters.has(kind.libraryParameter),
	);
	if (otherKind !== undefined) throw toError(idReasons.otherKind(otherKind.noun, noun));
	const [id, ...others] = parameters.getAll(libraryParameter);
	if (id === undefined || others.length > 0) throw toError(idReasons.noId(noun));
	return checkId(id.trim(), toError);
}

/** @returns the parameters of a Magic Hour library URL; undefined for anything else */
export function parseLibraryUrl(text: string): URLSearchParams | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	const isLibrary = libraryHosts.includes(url.hostname) && /^\/my-library\/?$/.test(url.pathname);
	return isLibrary ? url.searchParams : undefined;
}

/** @throws what `toError` makes of what is wrong with the ID */
function checkId(id: string, toError: (reason: string) => Error): string {
	const reason = findIdIssue(id);
	if (reason !== undefined) throw toError(reason);
	return id;
}

/** A number above 2^53 has lost digits, and would name another project. */
function isExactNumber(value: number): boolean {
	return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
