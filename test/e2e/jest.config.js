const main = require('../../jest.config.js');

/** The suite that drives whole n8n servers: run by `npm run e2e`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...main,
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/setup.ts',
	globalTeardown: '<rootDir>/test/e2e/teardown.ts',
	reporters: ['default', '<rootDir>/test/e2e/failureReporter.js'],
	// The n8n servers are shared, and there is one of each version.
	maxWorkers: 1,
	testTimeout: 120_000,
};
