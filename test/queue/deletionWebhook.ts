import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { chain, deleteNode, node, workflow } from '../e2e/workflows';
import type {
	StoredCredential,
	ExecutionStatus,
	ExecutionSummary,
	N8nClient,
	Workflow,
} from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';

/** A webhook that deletes the project which a call names, after it has answered the call. */
export interface DeletionWebhook {
	workflow: Workflow;
	/** @returns the ID of the execution that the call started */
	call(project: string): Promise<string>;
}

const ended: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

/**
 * Publishes a workflow Webhook → Magic Hour.
 *
 * @param options those of the Magic Hour node
 */
export async function publishDeletion(
	n8n: N8nClient,
	credential: StoredCredential,
	options: object,
): Promise<DeletionWebhook> {
	const path = `delete-${randomUUID()}`;
	const webhook = node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			options: { responseData: '={{ $execution.id }}' },
		},
		{ webhookId: randomUUID() },
	);
	const stored = await n8n.importWorkflow(
		workflow(
			'Delete by webhook',
			[webhook, deleteNode(credential, { id: '={{ $json.body.project }}', options })],
			chain('Webhook', 'Delete'),
		),
	);
	await n8n.publish(stored);
	return {
		workflow: stored,
		call: async (project) => {
			const answer = await fetchWhenReady(`${n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ project }),
			});
			const text = await answer.text();
			if (!answer.ok) throw new Error(`The call was answered ${answer.status}: ${text}`);
			return text;
		},
	};
}

/**
 * Calls a webhook for each of the projects, some calls at a time.
 *
 * @returns the IDs of the executions, in the order of the projects
 */
export async function callForEach(
	{ call }: DeletionWebhook,
	projects: string[],
	parallelCalls: number,
): Promise<string[]> {
	const executionIds: string[] = [];
	const rest = projects.entries();
	const callInTurn = async () => {
		for (const [index, project] of rest) executionIds[index] = await call(project);
	};
	await Promise.all(Array.from({ length: parallelCalls }, callInTurn));
	return executionIds;
}

/**
 * Waits until a number of executions of a workflow have ended, by n8n's own list.
 *
 * @param timeout milliseconds after which the wait fails
 * @returns all of the workflow's executions
 */
export async function waitUntilAllEnded(
	n8n: N8nClient,
	stored: Workflow,
	count: number,
	timeout: number,
): Promise<ExecutionSummary[]> {
	const deadline = Date.now() + timeout;
	for (;;) {
		const executions = await n8n.executions(stored);
		const unfinished = executions.filter(({ status }) => !ended.includes(status));
		if (executions.length >= count && unfinished.length === 0) return executions;
		if (Date.now() > deadline) {
			const words = JSON.stringify(countBy(executions.map(({ status }) => status)));
			throw new Error(`After ${timeout} ms, ${count} executions are not over: ${words}`);
		}
		await sleep(500);
	}
}

/** @returns how often each word occurs */
export function countBy(words: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
