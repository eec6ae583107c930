import type { ValueIssue } from './validation';

/** What is wrong with the Base URL of a credential, to follow its name, and what to set instead. */
export type BaseUrlIssue = ValueIssue;

export const baseUrlIssues = {
	notUrl: {
		reason: 'is not a URL',
		advice: 'Enter a URL that starts with https://',
	},
	character: {
		reason: 'contains a space, a backslash, or an invisible character',
		advice: 'Enter it again without such characters.',
	},
	query: {
		reason: 'contains ? or #',
		advice: 'Remove that character and everything after it.',
	},
	user: {
		reason: 'contains a username or password',
		advice: 'Remove everything between // and @, and the @ itself.',
	},
	version: {
		reason: 'ends with /v1',
		advice: 'Remove /v1, which the node adds.',
	},
	path: {
		reason: 'contains a path',
		advice: 'Enter https://api.magichour.ai',
	},
} satisfies Record<string, BaseUrlIssue>;
