import type { ValueIssue } from './validation';

/** What is wrong with the Base URL of a credential, to follow its name, and what to set instead. */
export type BaseUrlIssue = ValueIssue;

export const baseUrlIssues = {
	notWebAddress: {
		reason: 'is not a web address',
		advice: 'Set it to an address that starts with https://',
	},
	character: {
		reason: 'contains a space, a backslash, or a character that cannot be seen',
		advice: 'Type it again, without such characters.',
	},
	query: {
		reason: 'contains ? or #',
		advice: 'Remove that and everything after it.',
	},
	user: {
		reason: 'contains a user name or a password',
		advice: 'Remove everything between // and @, and the @ itself.',
	},
	version: {
		reason: 'ends in /v1',
		advice: 'Remove /v1: the node adds it.',
	},
	path: {
		reason: 'has a path',
		advice: 'Set it to https://api.magichour.ai',
	},
} satisfies Record<string, BaseUrlIssue>;
