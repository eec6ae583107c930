import { credentialFor } from '../e2e/fixture';
import { chain, deleteNode, items as itemsOf, manualTrigger, workflow } from '../e2e/workflows';
import type { N8nClient, NodeRun, StoredCredential, WorkflowNode } from '../n8n/client';
import type { ProgressListener } from '../n8n/processes';
import { defaultVersion } from '../n8n/versions';
import type { Case } from './cases';
import { parallelRequests } from './contestants';
import { httpRequestNode, makeUserFolder, startBenchServer } from './n8nServer';
import { alternate, makeIds, type Figures, type Runs } from './run';
import type { SandboxProcess } from './sandboxProcess';

/** Who takes part in a whole n8n server. */
export const n8nContestantTitles = {
	nodeInN8n: `n8n ${defaultVersion}: this node, ${parallelRequests} parallel`,
	httpRequestInN8n: `n8n ${defaultVersion}: HTTP Request node`,
} as const;

export type N8nContestantName = keyof typeof n8nContestantTitles;

/** A running n8n with the package in it, for the contestants that need one. */
export interface N8nBench {
	/** Runs the contestants of a whole n8n, in turn. */
	run(oneCase: Case, rounds: number): Promise<Map<N8nContestantName, Runs>>;
	stop(): Promise<void>;
}

const warmUpItems = 50;
const timeout = 300_000;

/**
 * Starts an n8n. The caller stops it.
 *
 * @param tarball the packed package
 */
export async function startN8nBench(
	sandbox: SandboxProcess,
	tarball: string,
	onProgress: ProgressListener,
): Promise<N8nBench> {
	const { client, stop } = await startBenchServer(tarball, onProgress, await makeUserFolder());
	try {
		const credential = await client.createCredential(credentialFor(sandbox));
		const lastNodes: Record<N8nContestantName, WorkflowNode> = {
			nodeInN8n: deleteNode(credential, { options: { maxParallelRequests: parallelRequests } }),
			httpRequestInN8n: httpRequest(sandbox, credential),
		};
		const runOnce = async (contestant: N8nContestantName, oneCase: Case) =>
			await runInN8n(client, sandbox, lastNodes[contestant], oneCase);
		const contestants = Object.keys(lastNodes) as N8nContestantName[];
		const warmUp: Case = { title: 'Warm-up', items: warmUpItems, contestants: [] };
		for (const contestant of contestants) await runOnce(contestant, warmUp);
		return {
			run: async (oneCase, rounds) =>
				await alternate(
					contestants,
					rounds,
					async (contestant) => await runOnce(contestant, oneCase),
				),
			stop,
		};
	} catch (error) {
		await stop(true);
		throw error;
	}
}

function httpRequest(sandbox: SandboxProcess, credential: StoredCredential): WorkflowNode {
	const url = `=${sandbox.url}/v1/image-projects/{{ $json.project }}`;
	return httpRequestNode('Delete', { method: 'DELETE', url }, credential);
}

/** Runs a workflow that ends with the node, and reads what n8n has noted of that node. */
async function runInN8n(
	client: N8nClient,
	sandbox: SandboxProcess,
	lastNode: WorkflowNode,
	{ items, delay, requestsPerSecond }: Case,
): Promise<Figures> {
	const ids = makeIds(items);
	const stored = await client.importWorkflow(
		workflow(
			lastNode.type,
			[manualTrigger(), ...itemsOf(ids.map((project) => ({ project }))), lastNode],
			chain('Start', 'Objects', 'Items', lastNode.name),
		),
	);
	await sandbox.set({ ids, delay, requestsPerSecond });
	const execution = await client.waitForExecution(
		await client.runManually(stored, 'Start'),
		timeout,
	);
	const { projectsLeft, ...stats } = await sandbox.readStats();
	const { runData, error } = execution.data.resultData;
	const run = runData[lastNode.name]?.at(-1) as (NodeRun & { executionTime: number }) | undefined;
	if (run === undefined) throw new Error(error?.message ?? 'The node was not run');
	return {
		...stats,
		// The sandbox answers at once what it does not delay: it never sees two requests together.
		highestInFlight: delay === undefined ? undefined : stats.highestInFlight,
		items,
		milliseconds: run.executionTime,
		done: items - projectsLeft,
		reportedDone: run.data?.main?.[0]?.length ?? 0,
		error: run.error?.message,
	};
}
