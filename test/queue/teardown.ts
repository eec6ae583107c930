import { stopCluster } from './setup';

/** Ends everything; after a failure, the logs stay and are named. */
export default async function tearDown(): Promise<void> {
	const { hasFailedTests = true } = globalThis as { hasFailedTests?: boolean };
	await stopCluster(hasFailedTests);
}
