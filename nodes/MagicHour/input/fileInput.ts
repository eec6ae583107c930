import { excerpt } from '../http/answer';
import { linksOf } from '../api/downloads';
import { refusalOf } from '../messages/failures';
import type { FileKind } from './fileFormat';
import { readIdentifier, readLibraryLink } from './resourceId';
import type { Item } from '../execution/itemContext';
import { lookingUp } from '../execution/profiles';
import { seeProject } from '../api/projects';
import { libraryLinkKinds, type LibraryLinkParameter, type Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';
import { binaryOf, readLocalFile, uploadOnce, type LocalFile } from '../api/uploads';
import { withArticle } from '../messages/text';

/** A parameter in which the user gives a file. */
export interface FileParameter {
	displayName: string;
	/** The kinds of files that Magic Hour takes there. */
	kinds: readonly FileKind[];
}

/** A file as the user gave it. */
export type GivenFile =
	| { kind: 'local'; file: LocalFile }
	| { kind: 'project'; parameter: LibraryLinkParameter; id: string }
	| { kind: 'address'; address: string };

const inputTypes = ['automatic', 'binaryField', 'urlOrPath'] as const;
const onThisComputer = /^(\/|~|\.{1,2}[/\\]|[a-z]:[/\\]|file:)/i;

/**
 * Reads a file that the user gave as a binary field, a URL, a library link or a Magic Hour path.
 *
 * @param given what the parameter holds
 * @throws Unfinished where it is none of these
 */
export function readGivenFile(
	item: Item,
	given: unknown,
	{ displayName, kinds }: FileParameter,
): GivenFile {
	const inputType = item.parameter('options.inputType', 'Input Type', inputTypes[0]);
	const refuse = (reason: string, advice = adviceFor(kinds)) =>
		refusalOf({ displayName, reason, advice });
	if (typeof given !== 'string') throw refuse('is not text');
	const text = given.trim();
	if (text === '') throw refuse('is empty');

	const isField = inputType === 'binaryField' || binaryOf(item, text) !== undefined;
	if (isField && inputType !== 'urlOrPath') {
		return { kind: 'local', file: readLocalFile(item, text, displayName, kinds) };
	}
	return readAddress(text, kinds, refuse);
}

/**
 * Turns a given file into what the API takes: uploads it, or looks its project up, where need be.
 *
 * @returns a URL or a Magic Hour path
 * @throws Unfinished
 */
export async function addressOf(item: Item, given: GivenFile, target: Target): Promise<string> {
	switch (given.kind) {
		case 'address':
			return given.address;
		case 'local':
			return await uploadOnce(item, given.file, target);
		case 'project': {
			const { name, url } = libraryLinkKinds[given.parameter];
			const seen = {
				url: url.replace('{id}', () => encodeURIComponent(given.id)),
				target: {
					...target,
					profile: lookingUp({ name }),
					name: `the ${name} "${given.id}"`,
					missing: 'Its link may be wrong, or of another account.',
				},
				waits: false,
				maximumWait: 0,
				pace: { first: 0, longest: 0 },
			};
			return linksOf(await seeProject(item, seen), seen.target)[0];
		}
	}
}

function readAddress(
	text: string,
	kinds: readonly FileKind[],
	refuse: (reason: string, advice?: string) => Unfinished,
): GivenFile {
	if (/\p{Cc}/u.test(text)) throw refuse('contains a line break or another control character');
	if (/^https?:\/\//i.test(text)) {
		if (!URL.canParse(text)) throw refuse('is not a complete web address');
		const link = readLibraryLink(text);
		return link === undefined
			? { kind: 'address', address: text }
			: readProjectLink(text, link, kinds, refuse);
	}
	if (onThisComputer.test(text)) {
		throw refuse(
			'is a path on a computer, which Magic Hour cannot see',
			'Read the file with a node before this one, and give the name of its binary field.',
		);
	}
	// Magic Hour's own paths have folders: a single word is a field that the item does not have.
	if (!text.includes('/')) {
		throw refuse(
			`is "${excerpt(text)}", which is neither a binary field of the item nor an address`,
		);
	}
	return { kind: 'address', address: text };
}

function readProjectLink(
	text: string,
	link: URLSearchParams,
	kinds: readonly FileKind[],
	refuse: (reason: string) => Unfinished,
): GivenFile {
	const parameters = Object.keys(libraryLinkKinds) as LibraryLinkParameter[];
	const [parameter, ...others] = parameters.filter((name) => link.has(name));
	if (parameter === undefined || others.length > 0) {
		throw refuse('is a link into the Magic Hour library that does not name one project');
	}
	const { name, fileKind } = libraryLinkKinds[parameter];
	if (!kinds.includes(fileKind)) {
		throw refuse(`is a link to ${withArticle(name)}, and no ${fileKind} is wanted here`);
	}
	const subject = { name, libraryLinkParameter: parameter };
	const identifier = readIdentifier(text, subject);
	if ('refusal' in identifier) throw refuse(identifier.refusal.reason);
	return { kind: 'project', parameter, id: identifier.id };
}

function adviceFor(kinds: readonly FileKind[]): string {
	return `Give ${kinds.map(withArticle).join(' or ')} as the name of a binary field, a URL, a Magic Hour library link or a Magic Hour file path.`;
}
