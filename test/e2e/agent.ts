import type { StoredCredential, WorkflowFile, WorkflowNode } from '../n8n/client';
import {
	chain,
	items,
	manualTrigger,
	node,
	credentialReference,
	workflow,
	type Link,
} from './workflows';

/** The agent node either calls its tools itself, or leaves that to n8n's engine. */
export const agents = [
	{ title: 'that calls its tools itself', agentVersion: 2.2, usesResponsesApi: false },
	{ title: 'whose tools n8n calls', agentVersion: 3, usesResponsesApi: true },
];

export interface AgentSettings {
	/** What a person says. */
	text: string;
	agentVersion: number;
	usesResponsesApi: boolean;
	/** Base URL of the model. */
	url: string;
	modelCredential: StoredCredential;
	/** What the tool does, and when it fails. */
	tool: {
		name: string;
		parameters: object;
		credential: StoredCredential;
	} & Pick<WorkflowNode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>;
	/** Options of the agent. */
	options?: object;
	/** What comes after the agent, one after the other. */
	next?: WorkflowNode[];
}

/** @returns a workflow in which an AI Agent has one tool, a Magic Hour node */
export function agentWorkflow({
	text,
	agentVersion,
	usesResponsesApi,
	url,
	modelCredential,
	tool: { name: toolName, parameters: toolParameters, credential, ...toolSettings },
	options = {},
	next = [],
}: AgentSettings): WorkflowFile {
	const modelParameters = {
		model: { __rl: true, mode: 'id', value: 'scripted' },
		responsesApiEnabled: usesResponsesApi,
		options: { baseURL: url, maxRetries: 0 },
	};
	const steps = ['Start', 'Objects', 'Items', 'Agent', ...next.map(({ name }) => name)];
	const links: Link[] = [
		...chain(...steps),
		{ from: 'Model', to: 'Agent', kind: 'ai_languageModel' },
		{ from: toolName, to: 'Agent', kind: 'ai_tool' },
	];
	return workflow(
		'By conversation',
		[
			manualTrigger(),
			...items([{ chatInput: text }]),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', agentVersion, {
				promptType: 'define',
				text: '={{ $json.chatInput }}',
				options,
			}),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, modelParameters, {
				credentials: credentialReference(modelCredential),
			}),
			node(toolName, 'n8n-nodes-magic-hour.magicHourTool', 1, toolParameters, {
				...toolSettings,
				credentials: credentialReference(credential),
			}),
			...next,
		],
		links,
	);
}
