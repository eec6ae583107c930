const e2e = require('../e2e/jest.config.js');

/** The suite that uses n8n's editor in a browser: run by `npm run browser`, never by `npm test`. */
/** @type {import('jest').Config} */
module.exports = {
	...e2e,
	roots: ['<rootDir>/test/browser'],
	testTimeout: 300_000,
};
