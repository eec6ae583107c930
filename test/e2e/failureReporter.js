/** Tells the teardown whether something failed, so that the logs of the servers are kept. */
module.exports = class FailureReporter {
	onRunComplete(_contexts, { numFailedTests, numFailedTestSuites }) {
		globalThis.hasFailedTests = numFailedTests + numFailedTestSuites > 0;
	}
};
