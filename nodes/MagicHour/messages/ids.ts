import { describeLeftover, strayCharacterReasons } from './validation';
import { withArticle } from './text';

/** What can be wrong with an ID, to follow the name of its parameter. */
export const idReasons = {
	inexactNumber: 'is a number that cannot be an exact ID',
	empty: 'is empty',
	dots: (id: string) => `is "${id}", which is not an ID`,
	separator: 'contains a character that no ID has: / \\ ? # % " < > [ ] { or }',
	...strayCharacterReasons,
	spacesAround: 'has spaces around it',
	leftover: describeLeftover,
	tooLong: (maxLength: number) => `is longer than ${maxLength} characters`,
	url: 'is a link, not an ID',
	otherUrl: 'is a link, but not one into the Magic Hour library',
	otherKind: (noun: string, wantedNoun: string) =>
		`is a link to ${withArticle(noun)}, not to ${withArticle(wantedNoun)}`,
	noId: (noun: string) => `is a link that does not name one ${noun}`,
	otherType: (value: unknown) => `is ${describeType(value)}, not an ID`,
};

/** @param hasLibraryUrls whether Magic Hour's library has URLs of such things */
export function adviseOnId(noun: string, hasLibraryUrls: boolean): string {
	return `Give the ID of one ${noun}${hasLibraryUrls ? ', or its link in the Magic Hour library' : ''}.`;
}

/** What a 404 for an ID may mean. */
export function describeMissingId(noun: string): string {
	return `The ID may be wrong, belong to another account, or be of ${withArticle(noun)} that is already gone.`;
}

function describeType(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'boolean') return `the value ${String(value)}`;
	return typeof value === 'object' ? 'an object' : 'neither text nor a number';
}
