const servers = require('../n8n/jest.config.js');

/** The suite that uses n8n's editor in a browser: run by `npm run browser`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...servers,
	roots: ['<rootDir>/test/browser'],
	testTimeout: 300_000,
};
