const { resolve } = require('node:path');
const main = require('../../jest.config.js');

/** What the suites that drive whole n8n servers have in common. The servers run until all tests have. */
/** @type {import('jest').Config} */
module.exports = {
	...main,
	rootDir: resolve(__dirname, '../..'),
	testMatch: ['**/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/setup.ts',
	globalTeardown: '<rootDir>/test/e2e/teardown.ts',
	reporters: ['default', '<rootDir>/test/e2e/failureReporter.js'],
	// The n8n servers are shared, and there is one of each version.
	maxWorkers: 1,
	testTimeout: 120_000,
};
