import { majorVersion } from '../n8n/versions';
import { required } from '../required';
import { readExamples } from '../start/examples';
import { agentWorkflow } from './agent';
import { publishChat } from './chat';
import { describeOnEachVersion } from './fixture';
import {
	modelCredentialFor,
	startModel,
	type Call,
	type ModelServer,
	type Question,
	type Reply,
} from '../model/model';

/** How often the model calls the tool, which is more often than it may. */
const callCount = 10;

const toolNodeName = 'Generate an image';

const generation = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: "={{ $fromAI('Prompt', 'A description of the image', 'string') }}",
	imageCount: 1,
	output: 'projectId',
};

/** Of both kinds: the agent calls its tools itself, or leaves that to n8n's engine. */
const agents = [
	{ agentVersion: 1.9, usesResponsesApi: false },
	{ agentVersion: 2.2, usesResponsesApi: false },
	{ agentVersion: 3, usesResponsesApi: true },
	{ agentVersion: 3.1, usesResponsesApi: true, since: 2 },
];

const ways = [
	{ way: 'one after the other', atOnce: false },
	{ way: 'all in one reply', atOnce: true },
];

/** An image costs 5 credits, and the account has 10,000. */
const budgets = [
	{
		budget: 'Max Credits per Run',
		options: { maxCreditsPerRun: 12 },
		refusal:
			/^Credit limit reached: 10 of 12 credits used, and the next project may cost 5 \(the highest charge so far\) \[item 0\]$/,
	},
	{
		budget: 'Min Credits to Keep',
		options: { minCreditsToKeep: 9_988 },
		refusal:
			/^Credit limit reached: the account has 9990 credits, 'Min Credits to Keep' is 9988, and the next project may cost 5 \(the highest charge so far\) \[item 0\]$/,
	},
];

/** One item of what the tool answers, of which it has one. */
interface Answer {
	id?: string;
	error?: string;
	description?: string;
}

describeOnEachVersion("an AI Agent's tool with a credit budget", (fixture, version) => {
	let model: ModelServer | undefined;
	let atOnce = false;

	const scriptedModel = (): ModelServer => required(model, 'running model');

	/** The script: it calls the first of its tools ten times, whatever that answers. */
	const script = ({ tools, toolResults }: Question): Reply => {
		const done = toolResults.length;
		if (done >= callCount) return { say: 'Enough' };
		const { name: tool } = required(
			tools.find(({ name }) => /generate/i.test(name)),
			'tool',
		);
		const calls = Array.from({ length: callCount - done }, (_, index): Call => {
			return { tool, parameters: { Prompt: `Lighthouse ${done + index}` } };
		});
		return { calls: atOnce ? calls : calls.slice(0, 1) };
	};

	beforeEach(async () => {
		atOnce = false;
		model = await startModel(script);
	});
	afterEach(async () => await model?.close());

	const createModelCredential = async () =>
		await fixture().n8n.createCredential(modelCredentialFor(scriptedModel()));

	/** @returns what the tool has answered in the last conversation */
	const answers = (): Answer[] => {
		const { toolResults } = required(scriptedModel().questions.at(-1), 'question');
		return toolResults.map((result) => {
			const items = JSON.parse(result) as Answer[];
			expect(items).toHaveLength(1);
			return required(items[0], 'item');
		});
	};

	const posts = (): number =>
		fixture().sandbox.requests.filter(({ method }) => method === 'POST').length;

	/** Expects that of ten answers, some tell of a new project each, and all others say why not. */
	const expectAnswers = (newIds: string[], refusal: RegExp): void => {
		const given = answers();
		expect(given).toHaveLength(callCount);
		const ids = given.map(({ id }) => id).filter((id) => typeof id === 'string');
		expect(ids.sort()).toEqual([...newIds].sort());
		const refused = given.filter(({ error }) => error !== undefined);
		expect(refused).toHaveLength(callCount - newIds.length);
		for (const { id, error, description } of refused) {
			expect(id).toBeNull();
			expect(error).toMatch(refusal);
			expect(description).toContain('Nothing was generated');
			expect(description).toMatch(/call this tool again/);
		}
	};

	const shipped = agents.filter(({ since = 0 }) => majorVersion(version) >= since);
	describe.each(shipped)(
		'by version $agentVersion of the agent',
		({ agentVersion, usesResponsesApi }) => {
			/** Makes the workflow, which each call of the function that it gives runs once. */
			const prepare = async (options: object): Promise<() => Promise<void>> => {
				const { n8n, credential } = fixture();
				const stored = await n8n.importWorkflow(
					agentWorkflow({
						text: 'Lighthouses, please',
						agentVersion,
						usesResponsesApi,
						url: scriptedModel().url,
						modelCredential: await createModelCredential(),
						tool: {
							name: toolNodeName,
							parameters: { ...generation, options },
							credential,
							onError: 'continueRegularOutput',
						},
						options: { maxIterations: callCount + 2 },
					}),
				);
				return async () => {
					const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));
					expect(execution.status).toBe('success');
				};
			};

			describe.each(budgets)('with $budget', ({ options, refusal }) => {
				it.each(ways)('generates two for ten calls, $way', async ({ atOnce: isAtOnce }) => {
					const { sandbox } = fixture();
					atOnce = isAtOnce;
					const converse = await prepare(options);

					await converse();

					expect(posts()).toBe(2);
					expect(sandbox.projects.ids()).toHaveLength(2);
					expect(sandbox.credits).toBe(9_990);
					expectAnswers(sandbox.projects.ids(), refusal);
				});
			});

			it("counts a second execution's calls afresh, but for what the account must keep", async () => {
				const { sandbox } = fixture();
				const converse = await prepare({ maxCreditsPerRun: 12, minCreditsToKeep: 9_980 });
				await converse();
				const first = sandbox.projects.ids();
				expect(first).toHaveLength(2);

				await converse();

				const second = sandbox.projects.ids().slice(2);
				expect(second).toHaveLength(2);
				expectAnswers(second, required(budgets[0], 'budget').refusal);

				await converse();

				expect(sandbox.projects.ids()).toEqual([...first, ...second]);
				expect(posts()).toBe(4);
				expectAnswers([], /^Credit limit reached: the account has 9980 credits\b/);
			});
		},
	);

	it('ends as the example says, in each conversation by chat', async () => {
		const { n8n, sandbox, credential } = fixture();
		sandbox.credits = 129;
		const example = required(
			(await readExamples()).find(({ name }) => name === 'AI Agent That Generates With a Budget'),
			'example',
		);
		const say = await publishChat(n8n, example, {
			credentials: [credential, await createModelCredential()],
			agentOptions: { maxIterations: callCount + 2 },
		});

		expect(await say('Ten lighthouses, please')).toMatchObject({ output: 'Enough' });

		const first = sandbox.projects.ids();
		expect(first).toHaveLength(4);
		expectAnswers(first, /^Credit limit reached: 20 of 20 credits used, /);

		expect(await say('And ten more')).toMatchObject({ output: 'Enough' });

		expect(sandbox.projects.ids()).toHaveLength(5);
		expect(sandbox.credits).toBe(104);
		expectAnswers(
			sandbox.projects.ids().slice(4),
			/^Credit limit reached: the account has 104 credits, /,
		);
	});
});
