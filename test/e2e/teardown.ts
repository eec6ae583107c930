import { stopServers } from './setup';

/** Ends the servers; after a failure, their logs stay and are named. */
export default async function tearDown(): Promise<void> {
	const { hasFailedTests = true } = globalThis as { hasFailedTests?: boolean };
	await stopServers(hasFailedTests);
}
