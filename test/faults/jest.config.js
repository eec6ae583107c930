const main = require('../../jest.config.js');

/** The suite that crosses faults with modes: run by `npm run test:faults`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...main,
	rootDir: '../..',
	roots: ['<rootDir>/test/faults'],
	testMatch: ['**/*.test.ts'],
	// The tests hear what the engine prints only if it is loaded where they are.
	testEnvironment: 'node',
	moduleNameMapper: { '^(\\.{1,2}/.*\\.node)\\.js$': '$1' },
	setupFiles: ['<rootDir>/test/faults/logEverything.ts'],
	globalSetup: '<rootDir>/test/faults/setup.js',
	reporters: ['default', '<rootDir>/test/faults/tableReporter.js'],
	testTimeout: 240_000,
};
