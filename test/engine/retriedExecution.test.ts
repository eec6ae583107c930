import type { INodeExecutionData } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
	createMany,
	deleteImageProjects,
	requestLines,
	runMagicHour,
	toItems,
	withIds,
	type NodeResult,
	type NodeSettings,
} from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const twoItems = toItems([{ text: 'one' }, { text: 'two' }]);
const notPaid = { status: 402, body: { code: 'insufficient_credits', message: 'No' } };
const oneAtATime = { maxParallelRequests: 1 };

async function generate(
	{ parameters, options, ...settings }: NodeSettings = {},
	items = twoItems,
): Promise<NodeResult> {
	return await runMagicHour(sandbox(), 'imageProject', 'generate', items, {
		...settings,
		options: { ...oneAtATime, ...options },
		parameters: { prompt: '={{ $json.text }}', imageCount: 1, ...parameters },
	});
}

/** Fails at the second item, when the first has its project. */
async function failAtSecond(settings: NodeSettings = {}): Promise<NodeResult> {
	sandbox().addFaults({ method: 'POST', skip: 1, times: 1, fault: { answer: notPaid } });
	const failed = await generate(settings);
	expect(failed.status).toBe('error');
	return failed;
}

function prompts(): unknown[] {
	return sandbox()
		.requests.filter(({ url }) => url === '/v1/ai-image-generator')
		.map(({ body }) => (body as { style: { prompt: string } }).style.prompt);
}

/** What n8n keeps of the node with the execution. */
function contextOf({ run }: NodeResult): unknown {
	return run.data.executionData?.contextData['node:Magic Hour'] ?? {};
}

describe("Retry in n8n's list of executions", () => {
	it.each(['projectId', 'completedProject'])(
		'does not generate again what has a project (Output: %s)',
		async (output) => {
			const failed = await failAtSecond({ parameters: { output } });
			const [first] = sandbox().projects.ids();

			const retried = await generate({ parameters: { output }, retryOf: failed });

			expect(retried.status).toBe('success');
			expect(prompts()).toEqual(['one', 'two', 'two']);
			expect(retried.json.map(({ id }) => id)).toEqual(sandbox().projects.ids());
			expect(retried.json[0]).toMatchObject({ id: first, credits_charged: 5 });
			expect(contextOf(retried)).toEqual({});
		},
	);

	it('goes on with a project whose wait failed, of a single item', async () => {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
		const failed = await generate({}, toItems([{ text: 'one' }]));
		expect(failed.status).toBe('error');

		const retried = await generate({ retryOf: failed });

		expect(retried.json).toMatchObject([{ status: 'complete' }]);
		expect(prompts()).toEqual(['one']);
	});

	it('knows it from one retry to the next', async () => {
		const failed = await failAtSecond();
		sandbox().addFaults({ method: 'POST', times: 1, fault: { answer: notPaid } });
		const failedAgain = await generate({ retryOf: failed });
		expect(failedAgain.status).toBe('error');

		const retried = await generate({ retryOf: failedAgain });

		expect(retried.status).toBe('success');
		expect(prompts()).toEqual(['one', 'two', 'two', 'two']);
	});

	it('generates again what the workflow now requests in another way', async () => {
		const failed = await failAtSecond();

		const retried = await generate({
			parameters: { prompt: '={{ $json.text }}, at dusk' },
			retryOf: failed,
		});

		expect(retried.status).toBe('success');
		expect(prompts()).toEqual(['one', 'two', 'one, at dusk', 'two, at dusk']);
	});

	it.each([
		{ outcome: 'failed', state: { status: 'error', enabled: true }, posts: ['one'] },
		{ outcome: 'canceled', state: { status: 'canceled', enabled: true }, posts: ['one'] },
		{ outcome: 'deleted', state: { status: 'complete', enabled: false }, posts: ['one'] },
		{ outcome: 'a draft', state: { status: 'draft', enabled: true }, posts: [] },
		{ outcome: 'of a new status', state: { status: 'reviewing', enabled: true }, posts: [] },
	])('generates again only what has come to nothing: $outcome', async ({ state, posts }) => {
		sandbox().projects.holdClock();
		const running = generate({}, toItems([{ text: 'one' }]));
		while (sandbox().projects.ids().length === 0) {
			await nextTurn();
		}
		const [id = ''] = sandbox().projects.ids();
		const body = { id, downloads: [], ...state };
		sandbox().addFaults({ id, fault: { answer: { status: 200, body } } });
		const failed = await running;
		expect(failed.error?.message).toContain(`"${id}"`);
		sandbox().reset();

		await generate({ retryOf: failed });

		expect(prompts()).toEqual(posts);
	});

	it('does not generate again what a 404 says is missing: it may be of another account', async () => {
		const failed = await failAtSecond();
		const [id = ''] = sandbox().projects.ids();
		const body = { code: 'not_found', message: 'Not Found' };
		sandbox().addFaults({ id, times: 1, fault: { answer: { status: 404, body } } });
		const missing = await generate({ retryOf: failed });
		expect(missing.error?.message).toContain('was not found');

		const retried = await generate({ retryOf: missing });

		expect(retried.status).toBe('success');
		expect(prompts()).toEqual(['one', 'two', 'two']);
	});

	it('does not mind a name with the time in it', async () => {
		const parameters = { output: 'projectId' };
		const options = { name: '={{ $now.toMillis() }} {{ Math.random() }}' };
		const failed = await failAtSecond({ parameters, options });

		await generate({ parameters, options, retryOf: failed });

		expect(prompts()).toEqual(['one', 'two', 'two']);
	});

	it('generates again with another credential', async () => {
		const parameters = { output: 'projectId' };
		const failed = await failAtSecond({ parameters });

		const credentials = { magicHourApi: { id: 'another', name: 'Another account' } };
		await generate({ parameters, credentials, retryOf: failed });

		expect(prompts()).toEqual(['one', 'two', 'one', 'two']);
	});

	it('generates again with another file that has the same name and size', async () => {
		const file = (data: string) => ({ data, fileName: 'image.png', mimeType: 'image/png' });
		const binary = { first: file('AAAABBBB'), second: file('AAAACCCC') };
		const colorize = async (image: string, retryOf?: NodeResult) =>
			await runMagicHour(sandbox(), 'imageProject', 'colorize', [{ json: {}, binary }], {
				parameters: { image },
				retryOf,
			});
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
		const failed = await colorize('first');
		expect(failed.status).toBe('error');

		const retried = await colorize('second', failed);

		expect(retried.status).toBe('success');
		expect(sandbox().projects.ids()).toHaveLength(2);
	});

	it('uploads nothing again for what has a project, and knows its file by name', async () => {
		const picture = (fileName: string): INodeExecutionData => ({
			json: {},
			binary: {
				data: { data: Buffer.from(fileName).toString('base64'), fileName, mimeType: 'image/png' },
			},
		});
		const colorize = async (items: INodeExecutionData[], retryOf?: NodeResult) =>
			await runMagicHour(sandbox(), 'imageProject', 'colorize', items, {
				parameters: { image: 'data', output: 'projectId' },
				options: oneAtATime,
				retryOf,
			});
		sandbox().addFaults({ method: 'POST', skip: 3, times: 1, fault: { answer: notPaid } });
		const failed = await colorize([picture('one.png'), picture('two.png')]);
		expect(failed.status).toBe('error');
		expect(sandbox().projects.ids()).toHaveLength(1);

		const retried = await colorize([], failed);

		expect(retried.status).toBe('success');
		expect(sandbox().projects.ids()).toHaveLength(2);
		const puts = requestLines(sandbox()).filter((line) => line.startsWith('PUT'));
		expect(puts).toHaveLength(3);
	});

	it('does not start a face detection again', async () => {
		const detect = async (retryOf?: NodeResult) =>
			await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}]), {
				parameters: { file: 'https://example.com/a.png' },
				retryOf,
			});
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
		const failed = await detect();
		expect(failed.status).toBe('error');

		const retried = await detect(failed);

		expect(retried.status).toBe('success');
		expect(requestLines(sandbox()).filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});

	it('does not ask again for what is deleted', async () => {
		const [first = '', second = ''] = createMany(sandbox(), 2);
		sandbox().addFaults({ id: second, times: 1, fault: { answer: { status: 401 } } });
		const options = oneAtATime;
		const failed = await deleteImageProjects(sandbox(), withIds(first, second), { options });
		expect(failed.status).toBe('error');

		const retried = await deleteImageProjects(sandbox(), [], { options, retryOf: failed });

		expect(retried.json).toEqual(
			withIds(first, second).map((json) => ({ ...json, deleted: true })),
		);
		expect(requestLines(sandbox()).filter((line) => line.endsWith(first))).toHaveLength(1);
		expect(contextOf(retried)).toEqual({});
	});

	it('takes a 404 for a success if the answer of the deletion was lost before', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: { reset: true, afterProcessing: true } });
		const options = { maxRetries: 0 };
		const failed = await deleteImageProjects(sandbox(), withIds(id), { options });
		expect(failed.status).toBe('error');

		const retried = await deleteImageProjects(sandbox(), [], { options, retryOf: failed });

		expect(retried.json).toEqual([{ id, deleted: true }]);
	});
});

describe('what the node keeps with the execution', () => {
	it('is for a retry alone: another run generates again', async () => {
		await failAtSecond({ parameters: { output: 'projectId' } });
		await generate({ parameters: { output: 'projectId' } });

		expect(prompts()).toEqual(['one', 'two', 'one', 'two']);
	});

	it('is not taken for that of another run of the node, as in a loop', async () => {
		const failed = await failAtSecond({ parameters: { output: 'projectId' } });
		const { runData } = failed.run.data.resultData;
		runData['Magic Hour']?.unshift(...(runData.Start ?? []));

		await generate({ parameters: { output: 'projectId' }, retryOf: failed });

		expect(prompts()).toEqual(['one', 'two', 'one', 'two']);
	});

	it('is taken for that of the same run of the node, as in a loop', async () => {
		const parameters = { output: 'projectId' };
		const first = await failAtSecond({ parameters });
		const { runData } = first.run.data.resultData;
		runData['Magic Hour']?.unshift(...(runData.Start ?? []));
		sandbox().addFaults({ method: 'POST', skip: 1, times: 1, fault: { answer: notPaid } });
		const second = await generate({ parameters, retryOf: first });
		expect(second.status).toBe('error');

		const retried = await generate({ parameters, retryOf: second });

		expect(retried.status).toBe('success');
		expect(prompts()).toEqual(['one', 'two', 'one', 'two', 'two']);
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'goes when the run has succeeded (%s)',
		async (onError) => {
			const result = await generate({ onError });
			expect(contextOf(result)).toEqual({});
		},
	);

	it('goes as well where a failed item lets the workflow continue', async () => {
		sandbox().addFaults({ method: 'POST', skip: 1, times: 1, fault: { answer: notPaid } });
		const result = await generate({ onError: 'continueRegularOutput' });

		expect(result.json[1]?.error).toContain("doesn't have enough credits");
		expect(contextOf(result)).toEqual({});
	});

	it('is nothing for deletions that succeed', async () => {
		const result = await deleteImageProjects(sandbox(), withIds(...createMany(sandbox(), 3)));
		expect(result.run.data.executionData?.contextData).toEqual({});
	});

	it.each([
		['the project', 'stopWorkflow' as const],
		['the project, with On Error = Continue', 'continueRegularOutput' as const],
	])('is %s while the node waits for it, so that a stop leaves it', async (_, onError) => {
		sandbox().projects.holdClock();
		const stopped = await generate({
			onError,
			options: { maxParallelRequests: 5 },
			onStart: (cancel) => void untilPolled(3).then(cancel),
		});

		const ids = sandbox().projects.ids();
		expect(stopped.status).toBe('canceled');
		expect(ids).toHaveLength(2);
		const { magic_hour_image_project: highlighted = '' } =
			stopped.run.data.resultData.metadata ?? {};
		expect(highlighted.split(', ').sort()).toEqual(ids.sort());
		for (const id of ids) expect(JSON.stringify(contextOf(stopped))).toContain(id);
	});
});

describe('the error that stops a generating run', () => {
	const again =
		"'Retry' in the list of executions continues with what hasn't failed, unless its request has changed. Any other new run generates and charges again.";

	it('lists what exists, and says what generates it again', async () => {
		const { error } = await failAtSecond();
		const [id] = sandbox().projects.ids();
		expect(error?.description).toContain(`Created: ${id}. ${again}`);
	});

	it('does so for a single item, too', async () => {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
		const { error } = await generate({}, toItems([{ text: 'one' }]));
		const [id] = sandbox().projects.ids();
		expect(error?.description).toContain(`Created: ${id}. ${again}`);
	});

	it('names an item whose answer was lost, although another one stops the run', async () => {
		const lost = { reset: true, afterProcessing: true, delay: 20 };
		sandbox().addFaults({ method: 'POST', times: 1, fault: lost });
		sandbox().addFaults({ method: 'POST', fault: { answer: notPaid } });
		const { error } = await generate({ options: { maxParallelRequests: 2 } });

		expect(error?.message).toContain("doesn't have enough credits");
		expect(error?.description).toContain(
			"There was no usable response for item 0, so a new image project may exist that isn't listed here. Check your library before you use 'Retry', which starts it again.",
		);
	});

	it('does not send anyone to the library for a face detection, which it does not show', async () => {
		const lost = { reset: true, afterProcessing: true, delay: 20 };
		sandbox().addFaults({ method: 'POST', times: 1, fault: lost });
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 401 } } });
		const { error } = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}, {}]), {
			parameters: { file: 'https://example.com/a.png' },
			options: { maxParallelRequests: 2 },
		});

		expect(error?.message).toContain('rejected the API key');
		expect(error?.description).toContain(
			"There was no usable response for item 0, so a new face detection may exist that isn't listed here. 'Retry' starts a new one, at no cost.",
		);
		expect(error?.description).not.toContain('library');
	});

	it('does not speak of charges where there are none', async () => {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
		const { error } = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}]), {
			parameters: { file: 'https://example.com/a.png' },
		});

		expect(error?.description).toContain('Any other new run starts again.');
		expect(error?.description).not.toContain('charges');
	});

	it('says nothing of it where nothing was created', async () => {
		sandbox().addFaults({ method: 'POST', fault: { answer: notPaid } });
		const { error } = await generate({}, toItems([{ text: 'one' }]));
		expect(error?.description).not.toContain('Created');
	});
});

describe('the words of an execution that was stopped', () => {
	it.each([
		['a generation that waits', 'generate', { prompt: 'A lighthouse', imageCount: 1 }],
		['a look that waits', 'get', { id: 'waiting' }],
	])('say that what was started goes on, and that generating pays again: %s', async (...args) => {
		const [, operation, parameters] = args;
		sandbox().projects.holdClock();
		sandbox().projects.create({ id: 'waiting' });
		const { error } = await runMagicHour(sandbox(), 'imageProject', operation, toItems([{}]), {
			parameters,
			options: operation === 'get' ? { waitForCompletion: true } : {},
			onStart: (cancel) => void untilPolled(3).then(cancel),
		});

		expect(error?.message).toContain('The execution was canceled');
		expect(error?.description).toContain(
			'Magic Hour continues with what it has started. To check on it, use Get with its ID: generating it again charges credits again.',
		);
	});

	it.each(['detectFaces', 'getDetectedFaces'])(
		'speak of no charge where %s waits',
		async (last) => {
			sandbox().projects.holdClock();
			const file = 'https://example.com/a.png';
			const started = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}]), {
				parameters: { file, output: 'detectionId' },
			});
			const isLook = last === 'getDetectedFaces';
			const { error } = await runMagicHour(sandbox(), 'file', last, toItems([{}]), {
				parameters: isLook ? { id: String(started.json[0]?.id) } : { file },
				options: isLook ? { waitForCompletion: true } : {},
				onStart: (cancel) => void untilPolled(3).then(cancel),
			});

			expect(error?.description).toContain('To check on it, use Get Detected Faces with its ID.');
			expect(error?.description).not.toContain('charge');
		},
	);

	it('speak of no charge where a face detection was not started', async () => {
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 429 } } });
		const { error } = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}, {}]), {
			parameters: { file: 'https://example.com/a.png' },
			onStart: (cancel) => void untilRequested().then(cancel),
		});

		expect(error?.description).toContain('each face detection starts again, at no cost.');
		expect(error?.description).not.toContain('charged');
	});

	it('do not speak of what was started while its file goes up', async () => {
		const data = { data: 'AAAA', fileName: 'a.png', mimeType: 'image/png' };
		sandbox().addFaults({ method: 'PUT', fault: { delay: 1_000 } });
		const { error } = await runMagicHour(
			sandbox(),
			'imageProject',
			'colorize',
			[{ json: {}, binary: { data } }],
			{
				parameters: { image: 'data' },
				onStart: (cancel) => void untilRequested('PUT').then(cancel),
			},
		);

		expect(error?.message).toContain('The execution was canceled');
		expect(error?.description).toContain('Run this item again.');
		expect(error?.description).not.toContain('Get with its ID');
	});

	it('say what becomes of the items before the one that was not sent', async () => {
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 429 } } });
		const { error } = await generate({
			onStart: (cancel) => void untilRequested().then(cancel),
		});

		expect(error?.message).toContain('The execution was canceled');
		expect(error?.description).toContain(
			"If you run the workflow again, it generates earlier projects again, and you're charged again.",
		);
	});

	it('say how to delete the rest', async () => {
		const ids = createMany(sandbox(), 4);
		sandbox().addFaults({ fault: { answer: { status: 429 } } });
		const { error } = await deleteImageProjects(sandbox(), withIds(...ids), {
			onStart: (cancel) => void untilRequested().then(cancel),
		});

		expect(error?.description).toContain(
			"To delete the rest, run the workflow again with 'Ignore Already Deleted' turned on.",
		);
	});
});

/** Resolves when so many looks at projects have arrived. */
async function untilPolled(count: number): Promise<void> {
	while (sandbox().requests.filter(({ method }) => method === 'GET').length < count)
		await nextTurn();
}

/** Resolves when a request has arrived. */
async function untilRequested(method?: string): Promise<void> {
	while (!sandbox().requests.some((request) => [request.method, undefined].includes(method))) {
		await nextTurn();
	}
}
