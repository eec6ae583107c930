import {
	createEmptyRunExecutionData,
	createRunExecutionData,
	type IDataObject,
	type INodeParameters,
} from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggedRequest } from '../sandbox/sandbox';
import { runWorkflow } from './engine';
import {
	requestLines,
	runMagicHour,
	toItems,
	type NodeResult,
	type NodeSettings,
} from './magicHour';
import { useVirtualTime } from './time';
import { createTool, imageGeneration } from './tool';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const continuing = { onError: 'continueRegularOutput' } as const;
const lost = { reset: true, afterProcessing: true };
const generator = '/v1/ai-image-generator';

/** Generates so many images in each item; each costs 5 credits. */
async function generate(
	imageCounts: number[],
	options: INodeParameters,
	{ parameters, ...settings }: Omit<NodeSettings, 'options'> = {},
): Promise<NodeResult> {
	const input = toItems(imageCounts.map((imageCount) => ({ imageCount })));
	return await runMagicHour(sandbox(), 'imageProject', 'generate', input, {
		...settings,
		options,
		parameters: {
			prompt: 'A lighthouse',
			imageCount: '={{ $json.imageCount }}',
			output: 'projectId',
			...parameters,
		},
	});
}

function alike(count: number): number[] {
	return Array.from({ length: count }, () => 1);
}

/** What the items say: the charge of what was generated, or what went wrong. */
function outcomes({ json }: Pick<NodeResult, 'json'>): unknown[] {
	return json.map(({ credits_charged: credits, error }) => error ?? credits);
}

function posts(): string[] {
	return requestLines(sandbox()).filter((line) => line.startsWith('POST'));
}

function spent(): number {
	return 10_000 - sandbox().credits;
}

async function untilRequested(count: number): Promise<void> {
	while (sandbox().requests.length < count) await nextTurn();
}

/** Runs the node twice in one execution, as a loop does. */
async function runTwice(options: INodeParameters): Promise<IDataObject[][]> {
	const passOn = (name: string) => ({
		id: name,
		name,
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	});
	const to = (...names: string[]) => ({
		main: [names.map((node) => ({ node, type: 'main' as const, index: 0 }))],
	});
	const run = await runWorkflow(
		{
			nodes: [
				...['Start', 'First', 'Second'].map(passOn),
				{
					...passOn('Magic Hour'),
					type: 'n8n-nodes-magic-hour.magicHour',
					parameters: {
						resource: 'imageProject',
						operation: 'generate',
						prompt: 'A lighthouse',
						imageCount: 1,
						output: 'projectId',
						options,
					},
					credentials: { magicHourApi: { id: 'credential-of-a-test', name: 'Magic Hour' } },
					...continuing,
				},
			],
			connections: {
				Start: to('First', 'Second'),
				First: to('Magic Hour'),
				Second: to('Magic Hour'),
			},
		},
		{
			credential: { apiKey: sandbox().apiKey, baseUrl: sandbox().url },
			startNode: 'Start',
		},
	);
	const runs = run.data.resultData.runData['Magic Hour'] ?? [];
	return runs.map(({ data }) => (data?.main?.[0] ?? []).map(({ json }) => json));
}

describe('Max Credits per Run', () => {
	it('starts nothing that could exceed it, and says so', async () => {
		const result = await generate(alike(5), { maxCreditsPerRun: 12 }, continuing);

		const reached =
			'Credit limit reached: 10 of 12 credits used, and the next project may cost 5 (the highest charge so far)';
		expect(outcomes(result)).toEqual([
			5,
			5,
			`${reached} [item 2]`,
			`${reached} [item 3]`,
			`${reached} [item 4]`,
		]);
		expect(result.json[2]?.description).toBe(
			"Nothing was generated for this item. To generate more, raise 'Max Credits per Run' under Options, or generate the remaining items in another run.",
		);
		expect(result.json[2]).toMatchObject({ id: null, magicHour: null });
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(posts()).toHaveLength(2);
	});

	it.each([
		[10, 2],
		[9, 1],
		[15, 3],
	])('of %i credits is enough for %i projects of 5', async (limit, count) => {
		await generate(alike(4), { maxCreditsPerRun: limit }, continuing);
		expect(posts()).toHaveLength(count);
	});

	it('of 0 lets nothing be generated', async () => {
		const result = await generate(alike(1), { maxCreditsPerRun: 0 }, continuing);

		expect(outcomes(result)).toEqual(['Credit limit reached: 0 of 0 credits used [item 0]']);
		expect(sandbox().requests).toEqual([]);
	});

	it('cannot know what the first project costs', async () => {
		const result = await generate([4, 1], { maxCreditsPerRun: 12 }, continuing);

		expect(outcomes(result)).toEqual([
			20,
			'Credit limit reached: 20 of 12 credits used, and the next project may cost 20 (the highest charge so far) [item 1]',
		]);
	});

	it('is exceeded by one project at most, whose price nobody knew', async () => {
		const options = { maxCreditsPerRun: 20, maxParallelRequests: 6 };
		const result = await generate([1, 4, 4, 4, 4, 4], options, continuing);

		expect(outcomes(result).slice(0, 3)).toEqual([
			5,
			20,
			expect.stringContaining(
				'25 of 20 credits used, and the next project may cost 20 (the highest charge so far)',
			),
		]);
		expect(spent()).toBe(25);
	});

	it('stops the workflow with the list of what exists', async () => {
		const { error, status } = await generate(alike(4), { maxCreditsPerRun: 12 });

		expect(status).toBe('error');
		expect(error?.message).toBe(
			'Credit limit reached: 10 of 12 credits used, and the next project may cost 5 (the highest charge so far) [item 2]',
		);
		const [first, second] = sandbox().projects.ids();
		expect(error?.description).toContain('2 image projects were created before the run stopped');
		expect(error?.description).toContain(`Created: ${first}, ${second}.`);
		expect(posts()).toHaveLength(2);
	});

	it('counts what an earlier try of Retry On Fail was charged', async () => {
		const fault = { answer: { status: 402, body: { message: 'No' } } };
		sandbox().addFaults({ method: 'POST', skip: 1, times: 1, fault });
		const options = { maxCreditsPerRun: 17, maxParallelRequests: 1 };
		const { error } = await generate(alike(5), options, { retryOnFail: true, maxTries: 3 });

		expect(error?.message).toContain('15 of 17 credits used');
		expect(spent()).toBe(15);
	});

	it("counts what the execution was charged that n8n's Retry continues", async () => {
		const options = { maxCreditsPerRun: 12, maxParallelRequests: 1 };
		const failed = await generate(alike(4), options);
		const retried = await generate(alike(4), options, { retryOf: failed });
		expect(retried.error?.message).toContain('10 of 12 credits used');

		const raised = await generate(alike(4), { maxCreditsPerRun: 20 }, { retryOf: retried });

		expect(outcomes(raised)).toEqual([5, 5, 5, 5]);
		expect(spent()).toBe(20);
	});

	it.each([
		['is missing', {}],
		['is below 0', { credits_charged: -100 }],
	])("does not know a charge any better in n8n's Retry where it %s", async (_, charge) => {
		const answer = { status: 200, body: { id: 'x', ...charge } };
		sandbox().addFaults({ method: 'POST', times: 1, fault: { answer } });
		const failed = await generate(alike(2), { maxCreditsPerRun: 12 });
		const retried = await generate(alike(2), { maxCreditsPerRun: 12 }, { retryOf: failed });

		expect(retried.error?.message).toContain("what item 0 was charged isn't known");
		expect(posts()).toHaveLength(1);
	});

	it("lets nothing be generated in n8n's Retry with 0, although a project was free", async () => {
		const free = { status: 200, body: { id: 'free', credits_charged: 0 } };
		const rejection = { status: 402, body: { message: 'No' } };
		sandbox().addFaults(
			{ method: 'POST', times: 1, fault: { answer: free } },
			{ method: 'POST', times: 1, fault: { answer: rejection } },
		);
		const failed = await generate(alike(2), { maxCreditsPerRun: 5 });
		const retried = await generate(alike(2), { maxCreditsPerRun: 0 }, { retryOf: failed });

		expect(retried.error?.message).toContain('0 of 0 credits used');
		expect(posts()).toHaveLength(2);
	});

	it('does not count what was rejected', async () => {
		const fault = { answer: { status: 422, body: { message: 'No' } } };
		sandbox().addFaults({ method: 'POST', times: 2, fault });
		const result = await generate(alike(5), { maxCreditsPerRun: 12 }, continuing);

		expect(outcomes(result).slice(2)).toEqual([5, 5, expect.stringContaining('10 of 12')]);
	});

	it.each([
		['no answer came', lost],
		['a fault of Magic Hour was the answer', { afterProcessing: true, answer: { status: 500 } }],
		[
			'the answer does not tell the charge',
			{ afterProcessing: true, answer: { status: 200, body: { id: 'x' } } },
		],
		[
			'the charge is not a number',
			{ answer: { status: 200, body: { id: 'x', credits_charged: '5' } } },
		],
	])('starts nothing more where %s', async (_, fault) => {
		sandbox().addFaults({ method: 'POST', skip: 1, times: 1, fault });
		const options = { maxCreditsPerRun: 100 };
		const result = await generate(alike(4), options, continuing);

		const reached =
			"Credit limit reached: 5 of 100 credits used, and what item 1 was charged isn't known";
		expect(outcomes(result).slice(2)).toEqual([`${reached} [item 2]`, `${reached} [item 3]`]);
		expect(result.json[2]?.description).toContain('The request of item 1 got no usable response');
		expect(posts()).toHaveLength(2);
	});

	it.each(['constructor', '__proto__', 'toString'])(
		'counts a project whose ID is %s',
		async (id) => {
			const answer = { status: 200, body: JSON.stringify({ id, credits_charged: 5 }) };
			const headers = { 'content-type': 'application/json' };
			sandbox().addFaults({ method: 'POST', times: 1, fault: { answer: { ...answer, headers } } });
			const result = await generate(alike(3), { maxCreditsPerRun: 7 }, continuing);

			expect(outcomes(result).slice(1)).toEqual([
				expect.stringContaining('5 of 7 credits used'),
				expect.stringContaining('5 of 7 credits used'),
			]);
		},
	);

	it('adds up the charges of projects that share an ID', async () => {
		const answer = { status: 200, body: { id: 'same', credits_charged: 5 } };
		sandbox().addFaults({ method: 'POST', fault: { answer } });
		await generate(alike(6), { maxCreditsPerRun: 12 }, continuing);
		expect(posts()).toHaveLength(2);
	});

	it.each(['', '../x', 7])('starts nothing more after a project whose ID is %j', async (id) => {
		const answer = { status: 200, body: { id, credits_charged: 5 } };
		sandbox().addFaults({ method: 'POST', fault: { answer } });
		await generate(alike(3), { maxCreditsPerRun: 12 }, continuing);
		expect(posts()).toHaveLength(1);
	});

	it('starts nothing more in the next try where no answer came', async () => {
		sandbox().addFaults({ method: 'POST', times: 1, fault: lost });
		const settings = { retryOnFail: true, maxTries: 2 };
		const { error } = await generate(alike(2), { maxCreditsPerRun: 100 }, settings);

		expect(error?.message).toContain('An earlier try got no usable response');
		expect(posts()).toHaveLength(1);
	});

	it('sends nothing more when the execution is stopped', async () => {
		const { status } = await generate(
			alike(3),
			{ maxCreditsPerRun: 100 },
			{
				...continuing,
				onStart: (cancel) => void untilRequested(1).then(cancel),
			},
		);

		expect(status).toBe('canceled');
		expect(posts()).toHaveLength(1);
	});

	it('counts for one run alone', async () => {
		await generate(alike(3), { maxCreditsPerRun: 12 }, continuing);
		await generate(alike(3), { maxCreditsPerRun: 12 }, continuing);
		expect(posts()).toHaveLength(4);
	});
});

describe('Min Credits to Keep', () => {
	it('starts nothing that could take the account below it, and says so', async () => {
		const result = await generate(alike(4), { minCreditsToKeep: 9_988 }, continuing);

		const reached =
			"Credit limit reached: the account has 9990 credits, 'Min Credits to Keep' is 9988, and the next project may cost 5 (the highest charge so far)";
		expect(outcomes(result)).toEqual([5, 5, `${reached} [item 2]`, `${reached} [item 3]`]);
		expect(requestLines(sandbox())).toEqual([
			'GET /v1/account',
			`POST ${generator}`,
			`POST ${generator}`,
		]);
	});

	it('starts nothing where the account has no more', async () => {
		sandbox().credits = 50;
		const result = await generate(alike(1), { minCreditsToKeep: 50 }, continuing);

		expect(outcomes(result)).toEqual([
			"Credit limit reached: the account has 50 credits, and 'Min Credits to Keep' is 50 [item 0]",
		]);
		expect(posts()).toEqual([]);
	});

	it('asks for the account only where it is on', async () => {
		await generate(alike(1), { maxCreditsPerRun: 5 });
		expect(requestLines(sandbox())).toEqual([`POST ${generator}`]);
	});

	it('counts what other runs were charged', async () => {
		const options = { minCreditsToKeep: 9_990 };
		await generate(alike(1), options, continuing);
		await generate(alike(1), options, continuing);
		const result = await generate(alike(1), options, continuing);

		expect(outcomes(result)).toEqual([expect.stringContaining('the account has 9990 credits')]);
	});

	it('knows what a project costs from an earlier run of the same execution', async () => {
		const run = await runTwice({ minCreditsToKeep: 9_993 });

		const [first, second] = run;
		expect(outcomes({ json: first ?? [] })).toEqual([5]);
		expect(outcomes({ json: second ?? [] })).toEqual([
			"Credit limit reached: the account has 9995 credits, 'Min Credits to Keep' is 9993, and the next project may cost 5 (the highest charge so far) [item 0]",
		]);
	});

	it.each([
		[
			'the key is wrong',
			{ status: 401, body: { message: 'No' } },
			'Magic Hour rejected the API key',
		],
		['Magic Hour has a fault', { status: 500 }, 'Magic Hour is temporarily unavailable'],
		['it tells no credits', { status: 200, body: { id: 'x' } }, "Magic Hour's format"],
	])('starts nothing where the account cannot be read: %s', async (_, answer, message) => {
		sandbox().addFaults({ endpoint: '/v1/account', fault: { answer } });
		const options = { minCreditsToKeep: 0, maxRetries: 0 };
		const result = await generate(alike(2), options, continuing);

		expect(outcomes(result)).toEqual([
			expect.stringContaining(message),
			expect.stringContaining(message),
		]);
		expect(result.json[1]?.description).toContain(
			"Nothing was generated for this item, because 'Min Credits to Keep' needs to know the account's credits.",
		);
		expect(requestLines(sandbox())).toEqual(['GET /v1/account']);
	});

	it('stops the workflow where the account cannot be read', async () => {
		sandbox().addFaults({ endpoint: '/v1/account', fault: { answer: { status: 401 } } });
		const { error } = await generate(alike(2), { minCreditsToKeep: 0 });

		expect(error?.message).toContain('Magic Hour rejected the API key');
		expect(requestLines(sandbox())).toEqual(['GET /v1/account']);
	});

	it('asks for the account again in the next try', async () => {
		sandbox().addFaults({ endpoint: '/v1/account', times: 1, fault: { answer: { status: 401 } } });
		const settings = { retryOnFail: true, maxTries: 2 };
		const result = await generate(alike(1), { minCreditsToKeep: 0 }, settings);

		expect(outcomes(result)).toEqual([5]);
	});

	it("knows what a project costs from the execution that n8n's Retry continues", async () => {
		const options = { minCreditsToKeep: 9_988 };
		const failed = await generate(alike(3), options);
		expect(failed.error?.message).toContain('the account has 9990 credits');
		const retried = await generate(alike(3), options, { retryOf: failed });

		expect(retried.error?.message).toContain('the account has 9990 credits');
		expect(posts()).toHaveLength(2);
	});

	it('does not deduct again what an earlier try was charged', async () => {
		const rejection = { answer: { status: 402, body: { message: 'No' } } };
		const untilLookedUp = async (): Promise<void> => {
			const isLookup = ({ url, status }: LoggedRequest) =>
				url.startsWith('/v1/image-projects/') && status === 200;
			while (!sandbox().requests.some(isLookup)) await nextTurn();
		};
		sandbox().addFaults(
			{ method: 'POST', skip: 1, times: 1, fault: rejection },
			{ method: 'POST', times: 1, fault: { until: untilLookedUp() } },
		);
		const result = await generate(
			alike(3),
			{ minCreditsToKeep: 9_985 },
			{
				retryOnFail: true,
				maxTries: 2,
				parameters: { output: 'completedProject' },
			},
		);

		expect(outcomes(result)).toEqual([5, 5, 5]);
	});

	it('reads the account of each API key', async () => {
		const accountWith = (credits: number) => ({
			answer: { status: 200, body: { id: 'account', credits } },
		});
		sandbox().addFaults(
			{ endpoint: '/v1/account', times: 1, fault: accountWith(1_000) },
			{ endpoint: '/v1/account', times: 1, fault: accountWith(10) },
		);
		const keys = [sandbox().apiKey, `Bearer ${sandbox().apiKey}`, `Bearer ${sandbox().apiKey}`];
		const input = toItems(keys.map((apiKey) => ({ apiKey })));
		const result = await runMagicHour(sandbox(), 'imageProject', 'generate', input, {
			parameters: { prompt: 'A lighthouse', imageCount: 1, output: 'projectId' },
			options: { minCreditsToKeep: 4 },
			credential: { apiKey: '={{ $json.apiKey }}', baseUrl: sandbox().url },
			...continuing,
		});

		expect(outcomes(result)).toEqual([
			5,
			5,
			"Credit limit reached: the account has 5 credits, 'Min Credits to Keep' is 4, and the next project may cost 5 (the highest charge so far) [item 2]",
		]);
	});

	it('takes no account with endless credits', async () => {
		const headers = { 'content-type': 'application/json' };
		const answer = { status: 200, headers, body: '{"id":"account","credits":1e999}' };
		sandbox().addFaults({ endpoint: '/v1/account', fault: { answer } });
		await generate(alike(1), { minCreditsToKeep: 0 }, continuing);
		expect(posts()).toEqual([]);
	});

	it('holds beside Max Credits per Run', async () => {
		const options = { minCreditsToKeep: 9_980, maxCreditsPerRun: 10 };
		const result = await generate(alike(3), options, continuing);
		expect(outcomes(result)[2]).toContain('10 of 10 credits used');
	});
});

describe.each([
	['Max Credits per Run', 'maxCreditsPerRun'],
	['Min Credits to Keep', 'minCreditsToKeep'],
])('%s', (displayName, name) => {
	it.each([
		['empty', ''],
		['only spaces', '  '],
		['null', null],
		['text', 'many'],
		['an expression without a value', '={{ $json.missing }}'],
		['an expression that fails', '={{ $json.missing.more }}'],
		['an object', '={{ {} }}'],
		['true', true],
		['not finite', '={{ Infinity }}'],
	])('lets nothing be sent where it is %s', async (_, value) => {
		const result = await generate(alike(2), { [name]: value } as INodeParameters, continuing);

		expect(outcomes(result)).toEqual([
			`The parameter '${displayName}' is not a number of credits [item 0]`,
			`The parameter '${displayName}' is not a number of credits [item 1]`,
		]);
		expect(sandbox().requests).toEqual([]);
	});

	it.each([-1, '-0.5'])('lets nothing be sent where it is %s', async (value) => {
		const { error } = await generate(alike(1), { [name]: value });
		expect(error?.message).toBe(
			`The parameter '${displayName}' must be 0 or more, but is ${value} [item 0]`,
		);
		expect(sandbox().requests).toEqual([]);
	});

	it('means nothing to a face detection', async () => {
		const { json } = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}]), {
			parameters: { file: 'https://example.com/a.png' },
			options: { [name]: '' },
		});
		expect(json).toHaveLength(1);
	});
});

it('takes a number as text', async () => {
	await generate(alike(3), { maxCreditsPerRun: ' 10 ' }, continuing);
	expect(posts()).toHaveLength(2);
});

describe('the tool of an agent', () => {
	function tool(
		options: INodeParameters,
		execution?: Parameters<typeof createTool>[3],
	): () => Promise<IDataObject> {
		const call = createTool(sandbox(), { ...imageGeneration, options }, continuing, execution);
		return async () => JSON.parse(await call({}))[0];
	}

	it('has one limit for all calls in an execution', async () => {
		const call = tool({ maxCreditsPerRun: 12 });
		const answers = [await call(), await call(), await call()];

		expect(outcomes({ json: answers })).toEqual([
			5,
			5,
			'Credit limit reached: 10 of 12 credits used, and the next project may cost 5 (the highest charge so far) [item 0]',
		]);
		expect(answers[2]?.description).toBe(
			"Nothing was generated by this call. Don't call this tool again unless a person raises 'Max Credits per Run', which counts all calls in this execution.",
		);
	});

	it.each([{ maxCreditsPerRun: 12 }, { minCreditsToKeep: 9_988 }])(
		'keeps to %j where calls run at the same time',
		async (options) => {
			const call = tool(options);
			await Promise.all(Array.from({ length: 10 }, call));
			expect(posts()).toHaveLength(2);
		},
	);

	it('asks for the account with each call', async () => {
		const call = tool({ minCreditsToKeep: 9_000 });
		await call();
		sandbox().credits = 9_002;

		expect(String((await call()).error)).toContain(
			"the account has 9002 credits, 'Min Credits to Keep' is 9000, and the next project may cost 5 (the highest charge so far)",
		);
	});

	it('goes on counting when its execution has waited for a person', async () => {
		const data = createRunExecutionData({});
		const options = { maxCreditsPerRun: 5 };
		await tool(options, { data })();
		const resumed = JSON.parse(JSON.stringify(data)) as typeof data;

		expect(String((await tool(options, { data: resumed })()).error)).toContain('5 of 5 credits');
	});

	it('begins anew in the retry of its execution', async () => {
		const data = createRunExecutionData({});
		const options = { maxCreditsPerRun: 5 };
		await tool(options, { data })();

		expect(outcomes({ json: [await tool(options, { data, id: 'retry' })()] })).toEqual([5]);
	});

	it.each([{ maxCreditsPerRun: 7 }, { minCreditsToKeep: 9_993 }])(
		'keeps to %j in each call where n8n has no execution',
		async (options) => {
			const call = tool(options, { data: createEmptyRunExecutionData() });
			expect(outcomes({ json: [await call()] })).toEqual([5]);
		},
	);

	it('counts a refund that a call has seen', async () => {
		sandbox().projects.outcome = 'error';
		const call = createTool(
			sandbox(),
			{ ...imageGeneration, output: 'completedProject', options: { maxCreditsPerRun: 5 } },
			continuing,
		);
		await call({});
		await call({});
		expect(posts()).toHaveLength(2);
	});

	it('counts no refund beyond what was charged', async () => {
		const body = { id: 'x', status: 'canceled', credits_charged: -100, downloads: [] };
		sandbox().addFaults(
			{ method: 'POST', fault: { answer: { status: 200, body: { id: 'x', credits_charged: 5 } } } },
			{ method: 'GET', fault: { answer: { status: 200, body } } },
		);
		const parameters = { ...imageGeneration, output: 'completedProject' };
		const options = { maxCreditsPerRun: 7 };
		const call = createTool(sandbox(), { ...parameters, options }, continuing);
		await call({});

		expect(await call({})).toContain('5 of 7 credits used');
	});

	it('takes a lower charge for a refund only when the project has ended', async () => {
		const look = (status: string, credits: number) => ({
			method: 'GET',
			times: 1,
			fault: {
				answer: {
					status: 200,
					body: { id: 'x', status, credits_charged: credits, downloads: [] },
				},
			},
		});
		const created = { status: 200, body: { id: 'x', credits_charged: 5 } };
		sandbox().addFaults(
			{ method: 'POST', times: 1, fault: { answer: created } },
			look('queued', 0),
			{ method: 'GET', times: 1, fault: { answer: { status: 401 } } },
		);
		const parameters = { ...imageGeneration, output: 'completedProject' };
		const options = { maxCreditsPerRun: 7 };
		const call = createTool(sandbox(), { ...parameters, options }, continuing);
		await call({});

		expect(await call({})).toContain('5 of 7 credits used');
	});

	it('learns from a look what the response to the creation did not tell', async () => {
		sandbox().projects.create({ id: 'x', isFinished: true });
		const answer = { status: 200, body: { id: 'x' } };
		sandbox().addFaults({ method: 'POST', times: 1, fault: { answer } });
		const parameters = { ...imageGeneration, output: 'completedProject' };
		const options = { maxCreditsPerRun: 10 };
		const call = createTool(sandbox(), { ...parameters, options }, continuing);
		await call({});

		expect(await call({})).toContain('"credits_charged":5');
		expect(await call({})).toContain('10 of 10 credits used');
	});

	it.each([
		[{ maxCreditsPerRun: 100 }, '0 of 100 credits used'],
		[{ minCreditsToKeep: 100 }, "the account has 9995 credits, 'Min Credits to Keep' is 100"],
	])('starts nothing more after a call that got no answer, with %j', async (options, state) => {
		sandbox().addFaults({ method: 'POST', times: 1, fault: lost });
		const call = tool(options);
		await call();

		expect(await call()).toMatchObject({
			error: `Credit limit reached: ${state}, and what an earlier call was charged isn't known [item 0]`,
			description: expect.stringContaining(
				"so don't call this tool again until a person has checked",
			),
		});
	});
});
