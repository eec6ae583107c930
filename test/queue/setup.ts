import { publishCluster, startCluster, type Cluster } from './cluster';

let cluster: Cluster | undefined;

/** Ends everything that the suite has started. */
export async function stopCluster(failed: boolean): Promise<void> {
	await cluster?.stop(failed);
	cluster = undefined;
}

/** Starts n8n in queue mode, with the packed package in every process. */
export default async function setUp(): Promise<void> {
	// Without a listener, a signal would end this process before it can end those that it started.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(1));
	}
	cluster = await startCluster((line) => process.stderr.write(`${line}\n`));
	publishCluster(cluster);
}
