const main = require('../../jest.config.js');

/** The suite that drives n8n's queue mode: run by `npm run queue`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...main,
	rootDir: '../..',
	roots: ['<rootDir>/test/queue'],
	testMatch: ['**/*.test.ts'],
	globalSetup: '<rootDir>/test/queue/setup.ts',
	globalTeardown: '<rootDir>/test/queue/teardown.ts',
	reporters: ['default', '<rootDir>/test/e2e/failureReporter.js'],
	// The main process and its workers are shared.
	maxWorkers: 1,
	testTimeout: 300_000,
};
