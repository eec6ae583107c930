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
} from 'n8n-workflow';
import { magicHour, makeAdditionalData, nodeTypesWith } from './engine';
import { requestLines } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const lost = { reset: true, afterProcessing: true };

/** @returns what an agent of n8n calls, which tries each call three times */
function tool(parameters: INodeParameters): (args: IDataObject) => Promise<string> {
	const agent: INode = {
		id: 'agent',
		name: 'Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 2,
		position: [0, 0],
		parameters: {},
	};
	const node: INode = {
		id: 'tool',
		name: 'Tool',
		type: 'n8n-nodes-magic-hour.magicHourTool',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { magicHourApi: { id: 'credential-of-a-test', name: 'Magic Hour account' } },
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 1,
	};
	const nodes = [agent, node];
	const connections = {
		Tool: { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] },
	};
	const workflow = new Workflow({
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypesWith(magicHour),
	});
	const credential = { apiKey: sandbox().apiKey, baseUrl: sandbox().url };
	const additionalData = makeAdditionalData(credential, { nodes, connections });
	const runExecutionData = createRunExecutionData({});
	const input = [{ json: {} }];
	const executeData = { node: agent, data: { main: [input] }, source: null };
	const { AiTool } = NodeConnectionTypes;
	const contextOf = (runIndex: number) =>
		new SupplyDataContext(
			workflow,
			node,
			additionalData,
			'manual',
			runExecutionData,
			runIndex,
			input,
			{},
			AiTool,
			executeData,
			[],
			undefined,
			agent,
		);
	return makeHandleToolInvocation(contextOf, node, magicHour, runExecutionData);
}

const generating = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: 'A lighthouse',
	imageCount: 1,
	output: 'projectId',
	options: {},
};

function posts(): string[] {
	return requestLines(sandbox()).filter((line) => line.startsWith('POST'));
}

describe('a call of a tool', () => {
	it.each([
		['generation', generating],
		[
			'face detection',
			{
				resource: 'file',
				operation: 'detectFaces',
				file: 'https://example.com/a.png',
				options: {},
			},
		],
	])('sends one POST for a %s, however often n8n tries it', async (_, parameters) => {
		sandbox().addFaults({ method: 'POST', fault: lost });

		await expect(tool(parameters)({})).rejects.toThrow('An earlier try got no answer');

		expect(posts()).toHaveLength(1);
	});

	it('goes on with its project in the next try', async () => {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });

		const response = await tool({ ...generating, output: 'completedProject' })({});

		expect(response).toContain('"status":"complete"');
		expect(posts()).toHaveLength(1);
	});

	it('that the model makes again is a new one', async () => {
		const call = tool(generating);
		sandbox().addFaults({ method: 'POST', times: 1, fault: lost });
		await expect(call({})).rejects.toThrow('An earlier try got no answer');

		const response = await call({});

		expect(response).toContain('"credits_charged":5');
		expect(posts()).toHaveLength(2);
	});

	it('is told apart from another that runs at the same time', async () => {
		const call = tool(generating);
		await Promise.all([call({}), call({})]);
		expect(posts()).toHaveLength(2);
	});

	it('that waits says what it created, and what another call does', async () => {
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 401 } } });
		const failing = tool({ ...generating, output: 'completedProject' })({});

		await expect(failing).rejects.toThrow('The API key was not accepted');
		const [id] = sandbox().projects.ids();
		await expect(failing).rejects.toThrow(
			`Created: ${id}. To look at it, use Get with its ID. Another call generates and charges again.`,
		);
	});

	it('deletes once, and finds that an earlier try has done it', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: lost });
		const deletion = {
			resource: 'imageProject',
			operation: 'delete',
			id,
			options: { maxRetries: 0 },
		};

		const call = tool(deletion);
		expect(await call({})).toBe(JSON.stringify([{ id, deleted: true }]));
		expect(await call({})).toBe(JSON.stringify([{ id, deleted: true }]));

		expect(requestLines(sandbox())).toHaveLength(2);
	});
});
