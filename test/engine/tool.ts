import './environment.js';
import { SupplyDataContext } from 'n8n-core';
import { makeHandleToolInvocation } from 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data.js';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IRunExecutionData,
} from 'n8n-workflow';
import type { Sandbox } from '../sandbox/sandbox';
import { magicHour, makeAdditionalData, nodeTypesWith } from './engine';

/** Parameters by which a tool generates an image, and does not wait for it. */
export const imageGeneration = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: 'A lighthouse',
	imageCount: 1,
	output: 'projectId',
};

export const toolType = 'n8n-nodes-magic-hour.magicHourTool';

/**
 * Calls the Magic Hour node as an AI agent does that calls its tools itself.
 *
 * @param args what the model has filled in
 * @returns what the agent is told, which is JSON unless n8n says otherwise
 */
export async function callTool(
	sandbox: Sandbox,
	parameters: INodeParameters,
	args: IDataObject = {},
): Promise<string> {
	return String(await createTool(sandbox, parameters)(args));
}

/** What n8n knows of the execution in which an agent calls a tool. */
interface ToolExecution {
	id?: string;
	data?: IRunExecutionData;
}

/**
 * Makes a tool of the Magic Hour node, as an AI agent has it for all of its calls.
 *
 * @param settings of the node, such as Retry On Fail
 * @param execution that the agent runs in; a new one, unless said otherwise
 */
export function createTool(
	sandbox: Sandbox,
	parameters: INodeParameters,
	settings: Partial<INode> = {},
	{ id, data = createRunExecutionData({}) }: ToolExecution = {},
): (args: IDataObject) => Promise<string> {
	const agent = nodeOf('Agent', '@n8n/n8n-nodes-langchain.agent', {});
	const tool: INode = {
		...nodeOf('Tool', toolType, parameters),
		credentials: { magicHourApi: { id: 'credential-of-a-test', name: 'Magic Hour account' } },
		...settings,
	};
	const nodes = [agent, tool];
	const { AiTool } = NodeConnectionTypes;
	const connections = { Tool: { ai_tool: [[{ node: 'Agent', type: AiTool, index: 0 }]] } };
	const nodeTypes = nodeTypesWith(magicHour);
	const workflow = new Workflow({ nodes, connections, active: false, nodeTypes });
	const credential = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
	const additionalData = makeAdditionalData(credential, { nodes, connections }, id);
	const input = [{ json: {} }];
	const executeData = { node: agent, data: { main: [input] }, source: null };
	const contextOf = (runIndex: number) =>
		new SupplyDataContext(
			workflow,
			tool,
			additionalData,
			'manual',
			data,
			runIndex,
			input,
			{},
			AiTool,
			executeData,
			[],
			undefined,
			agent,
		);
	return makeHandleToolInvocation(contextOf, tool, magicHour, data);
}

function nodeOf(name: string, type: string, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion: 2, position: [0, 0], parameters };
}
