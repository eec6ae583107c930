const { createRequire } = require('node:module');
const { TestEnvironment } = require('jest-environment-node');

/** Jest gives each test file classes of its own, by which objects of the engine would not be known. */
const sharedClasses = { AggregateError, Error, Map, RangeError, Set, SyntaxError, TypeError };

/**
 * Jest's environment for Node.js, in which `requireOnce` loads a module outside of the test files, once
 * for all that a worker runs. n8n's engine has 2,000 modules, and takes two seconds to load.
 * `onEnvironmentEnd` takes what is to be done when the tests of a file are over.
 */
module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.ends = [];
		Object.assign(this.global, sharedClasses, {
			requireOnce: createRequire(__filename),
			onEnvironmentEnd: (end) => this.ends.push(end),
		});
	}

	async teardown() {
		for (const end of this.ends) end();
		await super.teardown();
	}
};
