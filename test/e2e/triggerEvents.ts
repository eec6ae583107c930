import type { Workflow, WorkflowNode } from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { sandboxWebhookSecret as secret, signatureHeaders } from '../sandbox/webhooks';
import type { Fixture } from './fixture';
import { chain, triggerPath, workflow } from './workflows';

/** Sends a signed event, with no help of the sandbox. */
export async function postEvent(url: string, id: string, signal?: AbortSignal): Promise<number> {
	const body = eventBody(id);
	const headers = { ...signatureHeaders(body, secret), 'content-type': 'application/json' };
	return (await fetchWhenReady(url, { method: 'POST', headers, body, signal })).status;
}

/** Publishes a workflow that begins with the trigger, and registers its webhook in the sandbox. */
export async function publish(
	{ n8n, sandbox }: Pick<Fixture, 'n8n' | 'sandbox'>,
	trigger: WorkflowNode,
	next: WorkflowNode,
): Promise<Workflow> {
	const stored = await n8n.importWorkflow(
		workflow('Started by Magic Hour', [trigger, next], chain(trigger.name, next.name)),
	);
	await n8n.publish(stored);
	sandbox.webhooks.register(n8n.url + triggerPath(trigger));
	return stored;
}

/** @returns the body of an event that tells of a complete image */
export function eventBody(id: string): string {
	return JSON.stringify({ type: 'image.completed', payload: { id, downloads: [] } });
}
