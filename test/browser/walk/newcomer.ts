import { credentialFor } from '../../e2e/fixture';
import { chain, credentialReference, manualTrigger, node, workflow } from '../../e2e/workflows';
import type { StoredCredential, WorkflowNode } from '../../n8n/client';
import type { Session } from '../fixture';

export const readmeUrl = 'https://github.com/n8n-nodes-magic-hour/n8n-nodes-magic-hour#';

/** @returns a Magic Hour node that nobody has set up further */
export function magicHourNode(
	name: string,
	parameters: object,
	credential: StoredCredential,
): WorkflowNode {
	const credentials = credentialReference(credential);
	return node(name, 'n8n-nodes-magic-hour.magicHour', 1, parameters, { credentials });
}

/** Stores a credential for the session's sandbox. */
export async function storeCredential(
	{ n8n, sandbox }: Session,
	data: Parameters<typeof credentialFor>[1] = {},
): Promise<StoredCredential> {
	return await n8n.createCredential(credentialFor(sandbox, data));
}

/** Opens a workflow that begins by hand, and goes from node to node. */
export async function openChain(
	{ n8n, editor }: Session,
	name: string,
	...nodes: WorkflowNode[]
): Promise<void> {
	const all = [manualTrigger(), ...nodes];
	const links = chain(...all.map((one) => one.name));
	await editor.openWorkflow(await n8n.importWorkflow(workflow(name, all, links)));
}
