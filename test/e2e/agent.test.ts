import {
	outputItems,
	type Execution,
	type StoredCredential,
	type WorkflowNode,
} from '../n8n/client';
import { agents, agentWorkflow } from './agent';
import { sortedRequests, deleteRequest, describeOnEachVersion } from './fixture';
import {
	modelCredentialFor,
	startModel,
	type ModelServer,
	type Question,
	type Reply,
} from '../model/model';
import { required } from '../required';

const toolNodeName = 'Delete an image project';
const deletion = {
	resource: 'imageProject',
	operation: 'delete',
	id: "={{ $fromAI('imageProjectId', 'The ID of the image project', 'string') }}",
	options: { maxRetries: 0 },
};

const generation = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: "={{ $fromAI('prompt', 'What to show', 'string') }}",
	imageCount: 1,
	output: 'completedProject',
	options: {},
};

describeOnEachVersion('the AI Agent with Magic Hour as its tool', (fixture) => {
	let model: ModelServer | undefined;
	let modelCredential: StoredCredential | undefined;

	const scriptedModel = (): ModelServer => required(model, 'running model');

	const lastToolResult = (): unknown => {
		const { toolResults } = required(scriptedModel().questions.at(-1), 'question');
		expect(toolResults).toHaveLength(1);
		return JSON.parse(toolResults.join());
	};

	beforeEach(async () => {
		model = await startModel(deleteWhatIsNamed);
		modelCredential = await fixture().n8n.createCredential(modelCredentialFor(model));
	});
	afterEach(async () => await model?.close());

	describe.each(agents)('$title', ({ agentVersion, usesResponsesApi }) => {
		const converse = async (
			text: string,
			onError: WorkflowNode['onError'] = 'stopWorkflow',
		): Promise<Execution> => {
			const { n8n, credential } = fixture();
			const stored = await n8n.importWorkflow(
				agentWorkflow({
					text,
					agentVersion,
					usesResponsesApi,
					url: scriptedModel().url,
					modelCredential: required(modelCredential, 'credential of the model'),
					tool: { name: toolNodeName, parameters: deletion, credential, onError },
				}),
			);
			return await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));
		};

		it('deletes the project that the conversation names, and nothing else', async () => {
			const { sandbox } = fixture();
			const named = sandbox.projects.create();
			const others = Array.from({ length: 3 }, () => sandbox.projects.create());

			const execution = await converse(`Please delete image project ${named}. Keep all others.`);

			expect(execution.data.resultData.error).toBeUndefined();
			expect(execution.status).toBe('success');
			expect(sortedRequests(sandbox.requests)).toEqual([deleteRequest(named)]);
			expect(sandbox.projects.ids()).toEqual(others);
			const answer = outputItems(execution, 'Agent')[0]?.json.output;
			expect(answer).toContain(named);
			expect(answer).toContain('"deleted":true');
			expect([...scriptedModel().calledApis]).toEqual([
				usesResponsesApi ? 'responses' : 'chat/completions',
			]);
		});

		it('is described to the model in words that it can act on', async () => {
			const { sandbox } = fixture();
			await converse(`Please delete image project ${sandbox.projects.create()}`);

			const { tools } = required(scriptedModel().questions[0], 'question');
			expect(tools).toHaveLength(1);
			const tool = required(tools[0], 'tool');
			expect(tool.name).toBe('Delete_an_image_project');
			expect(tool.description).toMatch(/^Delete (an? )?image ?project in Magic Hour$/i);
			expect(tool.parameters).toMatchObject({
				type: 'object',
				properties: {
					imageProjectId: { type: 'string', description: 'The ID of the image project' },
				},
				required: ['imageProjectId'],
			});
			expect(Object.keys(tool.parameters.properties)).toEqual(['imageProjectId']);
		});

		it('tells the model why a deletion failed, if the tool continues on error', async () => {
			const { sandbox } = fixture();
			const kept = sandbox.projects.create();

			await converse('Please delete image project not-there', 'continueRegularOutput');

			expect(lastToolResult()).toEqual([
				{
					id: 'not-there',
					deleted: false,
					error: expect.stringContaining('The image project "not-there" was not found'),
					description: expect.stringContaining('The ID may be wrong'),
					httpCode: '404',
					magicHour: null,
				},
			]);
			expect(sortedRequests(sandbox.requests)).toEqual([deleteRequest('not-there')]);
			expect(sandbox.projects.ids()).toEqual([kept]);
		});

		it('sends nothing for an ID that is a path to something else, and says so', async () => {
			const { sandbox } = fixture();
			const kept = sandbox.projects.create();
			const text = `Please delete image project ../image-projects/${kept}`;

			await converse(text, 'continueRegularOutput');

			expect(lastToolResult()).toEqual([
				expect.objectContaining({
					deleted: false,
					error: expect.stringContaining("The parameter 'Project ID'"),
				}),
			]);
			expect(sandbox.requests).toEqual([]);
			expect(sandbox.projects.ids()).toEqual([kept]);
		});

		// What becomes of the agent then is n8n's to decide, and differs between its versions.
		it('shows in the execution why a deletion failed, if the tool stops on error', async () => {
			const { sandbox } = fixture();
			const kept = sandbox.projects.create();

			const execution = await converse('Please delete image project not-there');

			const error = execution.data.resultData.runData[toolNodeName]?.at(-1)?.error;
			expect(error?.message).toContain('The image project "not-there" was not found');
			expect(error?.description).toContain('The ID may be wrong');
			expect(sortedRequests(sandbox.requests)).toEqual([deleteRequest('not-there')]);
			expect(sandbox.projects.ids()).toEqual([kept]);
		});
	});
});

describeOnEachVersion('the AI Agent with a tool that waits', (fixture) => {
	it('is told after 50 s which project goes on, by both kinds of agents', async () => {
		const { n8n, sandbox, credential } = fixture();
		sandbox.projects.holdClock();
		const model = await startModel(generateOnce);
		try {
			const modelCredential = await n8n.createCredential(modelCredentialFor(model));
			const startedAt = Date.now();
			const executions = await Promise.all(
				agents.map(async ({ agentVersion, usesResponsesApi }) => {
					const stored = await n8n.importWorkflow(
						agentWorkflow({
							text: 'An image, please',
							agentVersion,
							usesResponsesApi,
							url: model.url,
							modelCredential,
							tool: { name: 'Generate an image', parameters: generation, credential },
						}),
					);
					return await n8n.waitForExecution(await n8n.runManually(stored, 'Start'), 120_000);
				}),
			);

			const seconds = (Date.now() - startedAt) / 1000;
			expect(seconds).toBeGreaterThan(48);
			expect(seconds).toBeLessThan(75);
			const ids = sandbox.projects.ids();
			expect(ids).toHaveLength(2);
			for (const execution of executions) {
				expect(execution.status).toBe('success');
				const answer = String(outputItems(execution, 'Agent')[0]?.json.output);
				const id = required(
					ids.find((one) => answer.includes(one)),
					'project in the answer',
				);
				expect(JSON.parse(answer.replace('The tool said: ', ''))).toEqual([
					{
						id,
						status: 'queued',
						credits_charged: 5,
						message: expect.stringContaining(`run Get with the ID "${id}"`),
					},
				]);
			}
		} finally {
			await model.close();
		}
	});
});

/** The script of a model that calls its tool once, and repeats what it said. */
function generateOnce({ tools, toolResults }: Question): Reply {
	if (toolResults.length > 0) return { say: `The tool said: ${toolResults.join('; ')}` };
	const { name } = required(tools[0], 'tool');
	return { call: { tool: name, parameters: { prompt: 'A lighthouse' } } };
}

/** The script: it calls the tool for the project that the person names, then repeats the answer. */
function deleteWhatIsNamed({ text, tools, toolResults }: Question): Reply {
	if (toolResults.length > 0) return { say: `The tool said: ${toolResults.join('; ')}` };
	const [, imageProjectId = ''] = /delete image project ([^\s]*[^\s.])/.exec(text) ?? [];
	const { name } = required(tools[0], 'tool');
	return { call: { tool: name, parameters: { imageProjectId } } };
}
