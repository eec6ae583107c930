const servers = require('../n8n/jest.config.js');

/** The suite that uses n8n's editor in a browser: run by `npm run browser`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...servers,
	roots: ['<rootDir>/test/browser'],
	// Each has a window of its own, and nothing that one test does on a server reaches another.
	maxWorkers: 2,
	testTimeout: 300_000,
};
