import { randomUUID } from 'node:crypto';
import type { N8nClient, StoredCredential, WorkflowFile, WorkflowNode } from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { credentialReference } from './workflows';

/** The credential that each type of node needs. */
const credentialTypes: Record<string, string> = {
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-base.telegramHitlTool': 'telegramApi',
	'n8n-nodes-magic-hour.magicHourTool': 'magicHourApi',
};

interface ChatSettings {
	/** For the nodes that need one. */
	credentials: StoredCredential[];
	/** Options of the agent, beside those of the workflow. */
	agentOptions?: object;
}

/**
 * Publishes a workflow whose agent anyone may chat with.
 *
 * @param file begins with a Chat Trigger
 * @returns a function that says something to the agent in a new conversation, and gives its answer
 */
export async function publishChat(
	n8n: N8nClient,
	file: WorkflowFile,
	{ credentials, agentOptions = {} }: ChatSettings,
): Promise<(chatInput: string) => Promise<unknown>> {
	const webhookId = randomUUID();
	const nodes = file.nodes.map((node): WorkflowNode => {
		const { type, parameters } = node;
		if (type.endsWith('.chatTrigger')) {
			return { ...node, webhookId, parameters: { ...parameters, public: true } };
		}
		if (type.endsWith('.agent')) {
			const { options = {} } = parameters as { options?: object };
			const allOptions = { ...options, ...agentOptions };
			return { ...node, parameters: { ...parameters, options: allOptions } };
		}
		const credential = credentials.find((one) => one.type === credentialTypes[type]);
		if (credential === undefined) return node;
		return { ...node, credentials: credentialReference(credential) };
	});
	await n8n.publish(await n8n.importWorkflow({ ...file, nodes }));
	return async (chatInput) => {
		const response = await fetchWhenReady(`${n8n.url}/webhook/${webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: randomUUID(), chatInput }),
		});
		return await response.json();
	};
}
