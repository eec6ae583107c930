const { register } = require('tsx/cjs/api');
const { maxWorkers: _, reporters, ...servers } = require('../n8n/jest.config.js');

// Jest itself, which reads TypeScript in its own way, follows.
const unregister = register();
const { chosenVersions, majorVersion } = require('../n8n/versions.ts');
unregister();

/** Human review of tools came with n8n 2. */
const sinceN8n2 = ['/agentApproval\\.test\\.ts$'];
/** What is asked of these servers is more than a busy machine can give: one comes after the other. */
const withOwnServer = ['OwnServer\\.test\\.ts$'];

/** The suite that drives whole n8n servers: run by `npm run e2e`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...servers,
	reporters,
	// The tests mostly wait for n8n, and each has workflows, a credential and a sandbox of its own.
	maxWorkers: 4,
	testSequencer: '<rootDir>/test/e2e/sequencer.js',
	// Each version's tests are files of their own to Jest, which runs them beside those of the other.
	projects: [
		...chosenVersions().map((n8nVersion) => ({
			...servers,
			displayName: `n8n ${n8nVersion}`,
			roots: ['<rootDir>/test/e2e'],
			testPathIgnorePatterns: [
				...withOwnServer,
				...(majorVersion(n8nVersion) < 2 ? sinceN8n2 : []),
			],
			globals: { n8nVersion },
		})),
		{
			...servers,
			displayName: 'n8n of its own',
			roots: ['<rootDir>/test/e2e'],
			testMatch: ['**/*OwnServer.test.ts'],
		},
	],
};
