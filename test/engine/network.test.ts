import { generate } from 'selfsigned';
import { gzipSync } from 'node:zlib';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import type { Fault } from '../sandbox/faults';
import {
	createMany,
	deleteImageProjects,
	requestLines,
	runMagicHour,
	toItems,
	withIds,
} from './magicHour';
import { untilIdle, untilWaiting } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const noRetries = { maxRetries: 0 };
const timeoutMs = 300;
/** Far above what a deadline may take beside other tests, far below any other limit. */
const soonMs = 10_000;

/** Generates one image project, which costs credits each time that it is asked for. */
async function generateImage(api: Sandbox = sandbox(), requestOptions = {}) {
	return await runMagicHour(api, 'imageProject', 'generate', toItems([{}]), {
		parameters: { prompt: 'A lighthouse', imageCount: 1, output: 'projectId' },
		requestOptions,
		retryOnFail: true,
		maxTries: 3,
	});
}

async function get(id: string, options = {}, settings = {}) {
	return await runMagicHour(sandbox(), 'imageProject', 'get', toItems([{ id }]), {
		parameters: { id: '={{ $json.id }}' },
		options,
		...settings,
	});
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

describe('a request that has arrived before its connection failed', () => {
	const sockets: Fault[] = (
		['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT', 'ECONNABORTED'] as const
	).map((clientError) => ({ clientError }));

	it.each([...sockets, { garbage: true }, { halfClose: true }, { reset: true }])(
		'is not sent again where it costs credits: %j',
		async (fault) => {
			sandbox().addFaults({ fault: { ...fault, afterProcessing: true } });

			const { error } = await generateImage();

			expect(sandbox().projects.ids()).toHaveLength(1);
			expect(error?.message).toContain('it is not known whether the image project was created');
		},
	);

	it.each(sockets)('may have deleted the project: %j', async (fault) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ fault: { ...fault, afterProcessing: true } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id), { options: noRetries });

		expect(sandbox().projects.has(id)).toBe(false);
		expect(error?.message).toContain(
			`it is not known whether the image project "${id}" was deleted`,
		);
	});

	describe('by TLS', () => {
		let secure: Sandbox;
		beforeAll(async () => {
			const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
			secure = await startSandbox({ tls: { key, cert } });
		});
		beforeEach(() => secure.reset());
		afterAll(async () => await secure.close());
		const requestOptions = { allowUnauthorizedCerts: true };

		it.each(['version', 'mac'] as const)(
			'may have created the project (%s)',
			async (corruptTls) => {
				secure.addFaults({ fault: { corruptTls, afterProcessing: true } });

				const { error } = await generateImage(secure, requestOptions);

				expect(secure.projects.ids()).toHaveLength(1);
				expect(error?.message).toContain('it is not known whether');
			},
		);

		it.each(['version', 'mac'] as const)('may have deleted it (%s)', async (corruptTls) => {
			const id = secure.projects.create();
			secure.addFaults({ fault: { corruptTls, afterProcessing: true } });

			const { error } = await deleteImageProjects(secure, withIds(id), {
				options: noRetries,
				requestOptions,
			});

			expect(error?.message).toMatch(
				/^The encrypted connection to .* failed \(ERR_SSL_\w+\), so it is not known whether/,
			);
		});
	});
});

describe('a response that drips', () => {
	it.each(['headers', 'body'] as const)('ends at the time-out, in its %s', async (drip) => {
		sandbox().addFaults({ fault: { drip, answer: { status: 500, body: 'x' } } });

		const { error } = await deleteImageProjects(sandbox(), withIds('abc'), {
			options: noRetries,
			requestOptions: { timeout: timeoutMs },
		});

		expect(error?.message).toContain(
			'so it is not known whether the image project "abc" was deleted',
		);
		await untilIdle();
		expect(sandbox().inFlight).toBe(0);
	});

	it('is a success where the status says so and the body is not needed', async () => {
		const id = sandbox().projects.create();
		const headers = { 'content-type': 'application/json' };
		sandbox().addFaults({
			fault: { drip: 'body', afterProcessing: true, answer: { status: 200, headers } },
		});

		const { json } = await deleteImageProjects(sandbox(), withIds(id), {
			options: noRetries,
			requestOptions: { timeout: timeoutMs },
		});

		expect(json).toEqual([{ id, deleted: true }]);
		await untilIdle();
		expect(sandbox().inFlight).toBe(0);
	});

	it('may have created a project', async () => {
		sandbox().addFaults({
			fault: { drip: 'body', afterProcessing: true, answer: { status: 200, body: {} } },
		});

		const { error } = await generateImage(sandbox(), { timeout: timeoutMs });

		expect(error?.message).toContain('it is not known whether the image project was created');
		expect(requestLines(sandbox())).toHaveLength(1);
	});
});

describe('a wait', () => {
	const waiting = { waitForCompletion: true, maxWait: 1, maxRetries: 10 };
	const inMs = 1_000;

	it.each([
		{ drip: 'body', answer: { status: 200, body: '{' } },
		{ drip: 'headers' },
		{ stall: 'headers' },
		{ answer: { status: 429, headers: { 'retry-after': '50' } } },
		{ answer: { status: 503 } },
	] as Fault[])('ends at its deadline: %j', async (fault) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ fault });

		let message;
		const ms = await elapsedMs(async () => {
			message = (await get(id, waiting)).error?.message;
		});

		expect(message).toBe(`The image project "${id}" was not finished after 1 second [item 0]`);
		expect(ms).toBeGreaterThanOrEqual(inMs);
		expect(ms).toBeLessThan(soonMs);
		await untilIdle();
		expect(sandbox().inFlight).toBe(0);
	});

	it('ends at its deadline while it waits for its turn', async () => {
		const ids = createMany(sandbox(), 2);
		sandbox().addFaults({ id: ids[0], fault: { stall: 'headers' } });
		const input = toItems(withIds(...ids));

		const ms = await elapsedMs(async () => {
			await runMagicHour(sandbox(), 'imageProject', 'get', input, {
				parameters: { id: '={{ $json.id }}' },
				options: { ...waiting, maxWait: '={{ $itemIndex === 0 ? 2 : 1 }}', maxParallelRequests: 1 },
				onError: 'continueRegularOutput',
			});
		});

		expect(ms).toBeLessThan(soonMs);
	});
});

describe('a response that is too large', () => {
	const body = gzipSync(Buffer.alloc(50_000_000, ' '));
	const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };

	it('is read no further, and is not the answer', async () => {
		sandbox().addFaults({ fault: { answer: { status: 200, headers, body } } });

		const { error } = await get('abc', noRetries);

		const { host } = new URL(sandbox().url);
		expect(error?.message).toBe(
			`${host} sent more than 5 MB, which no response of Magic Hour has, so the image project "abc" was not looked up [item 0]`,
		);
	});

	it('may have created a project', async () => {
		sandbox().addFaults({
			fault: { afterProcessing: true, answer: { status: 200, headers, body } },
		});

		const { error } = await generateImage();

		expect(error?.message).toContain('it is not known whether the image project was created');
		expect(requestLines(sandbox())).toHaveLength(1);
	});

	it('is a success where its body is not needed', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			fault: { afterProcessing: true, answer: { status: 200, headers, body } },
		});

		const { json } = await deleteImageProjects(sandbox(), withIds(id));

		expect(json).toEqual([{ id, deleted: true }]);
	});

	it('is an error with its status', async () => {
		sandbox().addFaults({ fault: { answer: { status: 400, headers, body } } });

		const { error } = await get('abc', noRetries);

		expect(error?.message).toMatch(/^Magic Hour refused the request/);
	});
});

describe('a clock that is set back by an hour', () => {
	const realNow = Date.now;
	afterEach(() => {
		Date.now = realNow;
	});
	const setBack = (): void => {
		Date.now = () => realNow() - 60 * 60 * 1000;
	};

	it('does not prolong the wait that a response asks for', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			times: 1,
			fault: { answer: { status: 429, headers: { 'retry-after': '1' } } },
		});

		const run = deleteImageProjects(sandbox(), withIds(id));
		await untilWaiting();
		setBack();

		expect((await run).json).toEqual([{ id, deleted: true }]);
	});

	it('does not prolong the wait for a project', async () => {
		const id = sandbox().projects.create();
		sandbox().projects.holdClock();

		const run = get(id, { waitForCompletion: true, maxWait: 3 });
		await untilWaiting();
		setBack();

		expect((await run).error?.message).toContain('was not finished after 3 seconds');
	});

	it('does not change the wait until a date', async () => {
		setBack();
		const id = sandbox().projects.create();
		const retryAfter = new Date(realNow() + 1_000).toUTCString();
		sandbox().addFaults({
			times: 1,
			fault: { answer: { status: 429, headers: { 'retry-after': retryAfter } } },
		});

		const { json } = await deleteImageProjects(sandbox(), withIds(id));

		expect(json).toEqual([{ id, deleted: true }]);
	});
});

describe('stopping the execution', () => {
	it.each([
		{ drip: 'body', answer: { status: 500, body: 'x' } },
		{ drip: 'headers' },
		{ stall: 'headers' },
	] as Fault[])('ends a request at once: %j', async (fault) => {
		sandbox().addFaults({ fault });

		const { status } = await deleteImageProjects(sandbox(), withIds('abc'), {
			onStart: (cancel) => void untilArrived().then(cancel),
		});
		await untilIdle();

		expect(status).toBe('canceled');
		expect(requestLines(sandbox())).toHaveLength(1);
		expect(sandbox().inFlight).toBe(0);
	});
});

async function untilArrived(): Promise<void> {
	while (sandbox().inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
}
