import { describeLeftover, strayCharacterReasons } from './validation';
import { withArticle } from './text';

/** What can be wrong with an ID, to follow the name of its parameter. */
export const idReasons = {
	inexactNumber: "is a number that can't be read as an exact ID",
	empty: 'is empty',
	dots: (id: string) => `is "${id}", which is not a valid ID`,
	separator: 'contains a character that IDs can\'t have: / \\ ? # % " < > [ ] { or }',
	...strayCharacterReasons,
	spacesAround: 'starts or ends with a space',
	leftover: describeLeftover,
	tooLong: (maxLength: number) => `is longer than ${maxLength} characters`,
	url: 'is a URL, not an ID',
	otherUrl: 'is a URL, but not a Magic Hour library URL',
	otherKind: (noun: string, wantedNoun: string) =>
		`is the URL of ${withArticle(noun)}, not of ${withArticle(wantedNoun)}`,
	noId: (noun: string) => `is a library URL that doesn't contain the ID of one ${noun}`,
	otherType: (value: unknown) => `is ${describeType(value)}, not an ID`,
};

/** @param hasLibraryUrls whether Magic Hour's library has URLs of such things */
export function adviseOnId(noun: string, hasLibraryUrls: boolean): string {
	return `Enter the ID of one ${noun}${hasLibraryUrls ? ', or its library URL' : ''}.`;
}

/** What a 404 for an ID may mean. */
export function describeMissingId(noun: string): string {
	return `The ID may be wrong or belong to another account, or the ${noun} no longer exists.`;
}

function describeType(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return `the value ${String(value)}`;
	return typeof value === 'object' ? 'an object' : 'a value other than text or a number';
}
