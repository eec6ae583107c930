import { SsrfProtectionConfig } from '@n8n/config';
import { Container } from '@n8n/di';
import { gzipSync } from 'node:zlib';
import { selfSigned } from '../sandbox/certificate';
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
import { untilIdle } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const noRetries = { maxRetries: 0 };
const timeoutMs = 300;

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

describe('a request that has arrived before its connection failed', () => {
	const sockets: Fault[] = (
		['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT'] as const
	).map((clientError) => ({ clientError }));

	it.each([...sockets, { garbage: true }, { halfClose: true }, { reset: true }])(
		'is not sent again where it costs credits: %j',
		async (fault) => {
			sandbox().addFaults({ fault: { ...fault, afterProcessing: true } });

			const { error } = await generateImage();

			expect(sandbox().projects.ids()).toHaveLength(1);
			expect(error?.message).toContain('the image project may or may not have been created');
		},
	);

	it.each(sockets)('may have deleted the project: %j', async (fault) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ fault: { ...fault, afterProcessing: true } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id), { options: noRetries });

		expect(sandbox().projects.has(id)).toBe(false);
		expect(error?.message).toContain(`the image project "${id}" may or may not have been deleted`);
	});

	describe('by TLS', () => {
		let secure: Sandbox;
		beforeAll(async () => {
			secure = await startSandbox({ tls: await selfSigned() });
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
				expect(error?.message).toContain('may or may not have been');
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
				/^The encrypted connection to .* failed \(ERR_SSL_\w+\), so .* may or may not have been/,
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

		expect(error?.message).toContain('so the image project "abc" may or may not have been deleted');
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

		expect(error?.message).toContain('the image project may or may not have been created');
		expect(requestLines(sandbox())).toHaveLength(1);
	});
});

describe('a wait', () => {
	const maxWait = 1;
	const waiting = { waitForCompletion: true, maxWait, maxRetries: 10 };

	it.each([
		{ drip: 'body', answer: { status: 200, body: '{' } },
		{ drip: 'headers' },
		{ stall: 'headers' },
		{ answer: { status: 429, headers: { 'retry-after': '50' } } },
		{ answer: { status: 503 } },
	] as Fault[])('ends at its deadline: %j', async (fault) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ fault });

		const { error } = await get(id, waiting);

		expect(error?.message).toBe(
			`The image project "${id}" couldn't be retrieved within 1 second [item 0]`,
		);
		await untilIdle();
		expect(sandbox().inFlight).toBe(0);
	});

	it('ends at its deadline while it waits for its turn', async () => {
		const ids = createMany(sandbox(), 2);
		sandbox().addFaults({ id: ids[0], fault: { stall: 'headers' } });
		const input = toItems(withIds(...ids));

		const { json } = await runMagicHour(sandbox(), 'imageProject', 'get', input, {
			parameters: { id: '={{ $json.id }}' },
			options: { ...waiting, maxWait: '={{ $itemIndex === 0 ? 2 : 1 }}', maxParallelRequests: 1 },
			onError: 'continueRegularOutput',
		});

		expect(json.map(({ error }) => error)).toEqual([
			expect.stringContaining("couldn't be retrieved within 2 seconds"),
			expect.stringContaining("couldn't be retrieved within 1 second"),
		]);
		// The second had no turn within its time.
		expect(requestLines(sandbox())).toEqual([`GET /v1/image-projects/${ids[0]}`]);
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
			`The response from ${host} is larger than any of Magic Hour's (over 2 MB), so the image project "abc" was not retrieved [item 0]`,
		);
	});

	it('may have created a project', async () => {
		sandbox().addFaults({
			fault: { afterProcessing: true, answer: { status: 200, headers, body } },
		});

		const { error } = await generateImage();

		expect(error?.message).toContain('the image project may or may not have been created');
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

		expect(error?.message).toMatch(/^Magic Hour rejected the request/);
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

describe('stopping the execution while a project is created', () => {
	it.each([{ stall: 'headers' }, { drip: 'body', answer: { status: 500, body: 'x' } }] as Fault[])(
		'says so, and that it may have been created, also with Retry On Fail: %j',
		async (fault) => {
			sandbox().addFaults({ fault });

			const { status, record } = await runMagicHour(
				sandbox(),
				'imageProject',
				'generate',
				toItems([{}]),
				{
					parameters: { prompt: 'A lighthouse', imageCount: 1, output: 'projectId' },
					retryOnFail: true,
					maxTries: 3,
					onStart: (cancel) => void untilArrived().then(cancel),
				},
			);
			await untilIdle();

			expect(status).toBe('canceled');
			expect(record).not.toContain('An earlier try got no usable response');
			expect(requestLines(sandbox())).toHaveLength(1);
		},
	);
});

describe('a time-out that is none', () => {
	it.each([-1, 2 ** 40, 'soon', '={{ Infinity }}'])(
		'is as if it were not set: %p',
		async (timeout) => {
			const { json } = await generateImage(sandbox(), { timeout });

			expect(json).toEqual([expect.objectContaining({ id: expect.any(String) })]);
		},
	);
});

describe("a request that n8n's protection of inner addresses blocks", () => {
	const protection = Container.get(SsrfProtectionConfig);
	beforeAll(() => (protection.enabled = true));
	afterAll(() => (protection.enabled = false));

	it('has not created anything', async () => {
		const { error } = await generateImage();

		const { host } = new URL(sandbox().url);
		expect(error?.message).toBe(
			`n8n didn't allow the request to ${host}, so the image project was not created [item 0]`,
		);
		expect(error?.description).toContain('restricted IP address');
		expect(requestLines(sandbox())).toEqual([]);
	});
});

async function untilArrived(): Promise<void> {
	while (sandbox().inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
}
