const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: '<rootDir>/test/jest/environment.js',
	roots: ['<rootDir>/test'],
	testMatch: ['**/unit/**/*.test.ts', '**/engine/**/*.test.ts'],
	// MagicHour.node.json lies beside MagicHour.node.ts: the import names the file's end.
	moduleNameMapper: {
		'^(\\.{1,2}/.*\\.node)\\.js$': '$1',
		// The engine is loaded once for all test files of a worker.
		'^(@n8n/config|@n8n/di|n8n-core|n8n-workflow)$': '<rootDir>/test/jest/packages/$1.js',
	},
	moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
	// Without a look at types, which `npm run lint` checks.
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json', transpilation: true }],
	},
	// One more than processors, for when a test waits.
	maxWorkers: availableParallelism() + 1,
	testTimeout: 30_000,
};
