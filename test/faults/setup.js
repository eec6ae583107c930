const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Gives the test files, which run in processes of their own, a folder for their tallies. */
module.exports = function setUp() {
	process.env.TALLY_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-magic-hour-faults-'));
};
