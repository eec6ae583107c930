import { withArticle } from '../messages/text';
import { libraryLinkKinds, type LibraryLinkParameter, type Subject } from '../execution/types';

const longestId = 200;
const libraryHosts = ['magichour.ai', 'www.magichour.ai'];
const linkParameters = Object.keys(libraryLinkKinds) as LibraryLinkParameter[];

export type Identifier = { id: string } | { refusal: { reason: string; advice: string } };

/**
 * Reads a project's ID from what the user gave: an ID, a number or a Magic Hour library link.
 *
 * @param value the value of the ID parameter, of any type, as its expression gave it
 * @param subject the kind of project that is asked for
 * @returns the ID, safe to stand as one URL segment once it is percent-encoded, or why it was refused
 */
export function readIdentifier(
	value: unknown,
	subject: Pick<Subject, 'name' | 'libraryLinkParameter'>,
): Identifier {
	const orLink =
		subject.libraryLinkParameter === undefined ? '' : ', or its link in the Magic Hour library';
	const advice = `Give the ID of one ${subject.name}${orLink}.`;
	const refuse = (reason: string) => ({ refusal: { reason, advice } });

	if (typeof value === 'number' && !isExactNumber(value)) {
		return refuse('is a number that cannot be an exact ID');
	}
	if (value === undefined || value === null) return refuse('is empty');
	if (typeof value !== 'string' && typeof value !== 'number') {
		return refuse(`is ${nameOfType(value)}, not an ID`);
	}

	const text = String(value).trim();
	if (!/^https?:\/\//i.test(text)) return checkId(text, refuse);

	const link = readLibraryLink(text);
	const { libraryLinkParameter } = subject;
	if (libraryLinkParameter === undefined) return refuse('is a link, not an ID');
	if (link === undefined) return refuse('is a link, but not one into the Magic Hour library');

	const otherKind = linkParameters.find(
		(parameter) => parameter !== libraryLinkParameter && link.has(parameter),
	);
	if (otherKind !== undefined) {
		return refuse(
			`is a link to ${withArticle(libraryLinkKinds[otherKind].name)}, not to ${withArticle(subject.name)}`,
		);
	}
	const ids = link.getAll(libraryLinkParameter);
	if (ids.length !== 1) return refuse(`is a link that does not name one ${subject.name}`);
	return checkId(ids[0].trim(), refuse);
}

function checkId(id: string, refuse: (reason: string) => Identifier): Identifier {
	if (id === '') return refuse('is empty');
	if (id === '.' || id === '..') return refuse(`is "${id}", which is not an ID`);
	if (/[/\\?#]/.test(id)) return refuse('contains a character that no ID has: / \\ ? or #');
	if (/\p{Cc}/u.test(id)) return refuse('contains a line break or another control character');
	if (/\p{Cs}/u.test(id)) return refuse('contains a broken character');
	if (id.length > longestId) return refuse(`is longer than ${longestId} characters`);
	return { id };
}

/** A number above 2^53 has lost digits, and would name another project. */
function isExactNumber(value: number): boolean {
	return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** @returns the parameters of a link into the Magic Hour library; undefined for anything else */
export function readLibraryLink(text: string): URLSearchParams | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	const isLibrary = libraryHosts.includes(url.hostname) && /^\/my-library\/?$/.test(url.pathname);
	return isLibrary ? url.searchParams : undefined;
}

function nameOfType(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return `the value ${String(value)}`;
	return typeof value === 'object' ? 'an object' : 'neither text nor a number';
}
