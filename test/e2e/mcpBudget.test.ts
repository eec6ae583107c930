import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { randomUUID } from 'node:crypto';
import { required } from '../required';
import { describeOnEachVersion } from './fixture';
import { credentialReference, node, workflow } from './workflows';

const toolNodeName = 'Generate an image';

interface ToolResult {
	content: Array<{ text: string }>;
}

describeOnEachVersion('a tool with a credit budget, for MCP clients', (fixture) => {
	/** Publishes the tool, and gives a function that calls it in one session. */
	const connect = async (options: object): Promise<(prompt: string) => Promise<string>> => {
		const { n8n, credential } = fixture();
		const path = randomUUID();
		const trigger = node('MCP Server', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path });
		const tool = node(
			toolNodeName,
			'n8n-nodes-magic-hour.magicHourTool',
			1,
			{
				resource: 'imageProject',
				operation: 'generate',
				prompt: "={{ $fromAI('Prompt', 'A description of the image', 'string') }}",
				imageCount: 1,
				output: 'projectId',
				options,
			},
			{ credentials: credentialReference(credential), onError: 'continueRegularOutput' },
		);
		const links = [{ from: toolNodeName, to: trigger.name, kind: 'ai_tool' as const }];
		const nodes = [{ ...trigger, webhookId: path }, tool];
		await n8n.publish(await n8n.importWorkflow(workflow('For MCP clients', nodes, links)));

		let session: Record<string, string> = {};
		let id = 0;
		const request = async (method: string, params: object): Promise<unknown> => {
			const response = await fetchWhenReady(`${n8n.url}/mcp/${path}`, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					accept: 'application/json, text/event-stream',
					...session,
				},
				body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
			});
			session = { 'mcp-session-id': response.headers.get('mcp-session-id') ?? '' };
			const [, data = '{}'] = /^data: (.*)$/m.exec(await response.text()) ?? [];
			return (JSON.parse(data) as { result?: unknown }).result;
		};
		await request('initialize', {
			protocolVersion: '2025-03-26',
			capabilities: {},
			clientInfo: { name: 'test', version: '1' },
		});
		return async (prompt) => {
			const name = toolNodeName.replaceAll(' ', '_');
			const result = await request('tools/call', { name, arguments: { Prompt: prompt } });
			return required((result as ToolResult | undefined)?.content[0], 'content').text;
		};
	};

	it('counts each call for itself, and generates while the account has more than it must keep', async () => {
		const { sandbox } = fixture();
		const call = await connect({ maxCreditsPerRun: 5, minCreditsToKeep: 9_990 });

		const answers = [await call('one'), await call('two'), await call('three')];

		const ids = sandbox.projects.ids();
		expect(ids).toHaveLength(2);
		expect(answers.slice(0, 2)).toEqual(ids.map((id) => expect.stringContaining(id)));
		expect(answers[2]).toContain('Credit limit reached: the account has 9990 credits');
		expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});
});
