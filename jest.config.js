/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/unit/**/*.test.ts', '**/engine/**/*.test.ts'],
	// MagicHour.node.json lies beside MagicHour.node.ts: the import names the file's end.
	moduleNameMapper: { '^(\\.{1,2}/.*\\.node)\\.js$': '$1' },
	moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }],
	},
	// Most tests wait for something; Jest would leave one processor idle.
	maxWorkers: '100%',
	testTimeout: 30_000,
};
