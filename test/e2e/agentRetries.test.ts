import { majorVersion } from '../n8n/versions';
import { required } from '../required';
import { agentWorkflow } from './agent';
import { describeOnEachVersion } from './fixture';
import {
	modelCredentialFor,
	startModel,
	type ModelServer,
	type Question,
	type Reply,
} from '../model/model';

const generation = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: "={{ $fromAI('prompt', 'What to draw', 'string') }}",
	imageCount: 1,
	output: 'projectId',
	options: {},
};

/** Versions of the agent node: the newest of each kind, in the n8n that has it. */
const agents = [
	{ agentVersion: 1.9, usesResponsesApi: false },
	{ agentVersion: 2.2, usesResponsesApi: false },
	{ agentVersion: 2.3, usesResponsesApi: false, since: 2 },
	{ agentVersion: 3, usesResponsesApi: true },
	{ agentVersion: 3.1, usesResponsesApi: true, since: 2 },
];

describeOnEachVersion("a tool of the AI Agent with n8n's Retry On Fail", (fixture, version) => {
	let model: ModelServer | undefined;
	let callsOfModel = 1;

	/** The script: it calls the tool, each time for the same, and then it is content. */
	const script = ({ tools, toolResults }: Question): Reply => {
		if (toolResults.length >= callsOfModel) return { say: toolResults.join('; ') };
		const { name } = required(tools[0], 'tool');
		return { call: { tool: name, parameters: { prompt: 'A lighthouse' } } };
	};

	beforeEach(async () => {
		model = await startModel(script);
	});
	afterEach(async () => await model?.close());

	const converse = async (agentVersion: number, usesResponsesApi: boolean): Promise<void> => {
		const { n8n, credential } = fixture();
		const { url } = required(model, 'running model');
		const modelCredential = await n8n.createCredential(modelCredentialFor({ url }));
		const stored = await n8n.importWorkflow(
			agentWorkflow({
				text: 'Draw a lighthouse',
				agentVersion,
				usesResponsesApi,
				url,
				modelCredential,
				tool: {
					name: 'Generate an image',
					parameters: generation,
					credential,
					retryOnFail: true,
					maxTries: 3,
					waitBetweenTries: 1,
				},
			}),
		);
		await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));
	};

	const generations = (): number =>
		fixture().sandbox.requests.filter(({ method }) => method === 'POST').length;

	const shipped = agents.filter(({ since = 0 }) => majorVersion(version) >= since);
	describe.each(shipped)('version $agentVersion', ({ agentVersion, usesResponsesApi }) => {
		it.each([1, 2])('sends one POST for each of %i calls, answered or not', async (calls) => {
			callsOfModel = calls;
			const fault = { reset: true, afterProcessing: true };
			// The last of the calls is the one whose answer is lost.
			fixture().sandbox.addFaults({ method: 'POST', skip: calls - 1, fault });

			await converse(agentVersion, usesResponsesApi);

			expect(generations()).toBe(calls);
		});
	});
});
