import { createMany, deleteImageProjects, requestLines, withIds } from './magicHour';
import { useVirtualTime, waitedFor } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

describe('a retry', () => {
	it.each([429, 500, 502, 503, 504])('comes after %i, until it succeeds', async (status) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 2, fault: { answer: { status } } });

		const { json } = await deleteImageProjects(sandbox(), withIds(id));

		expect(json).toEqual([{ id, deleted: true }]);
		expect(requestLines(sandbox())).toHaveLength(3);
	});

	it.each([
		['before it was processed', false],
		['after it was processed', true],
	])('comes after an answer that was lost %s', async (_, afterProcessing) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: { reset: true, afterProcessing } });

		const { json } = await deleteImageProjects(sandbox(), withIds(id));

		expect(json).toEqual([{ id, deleted: true }]);
		expect(requestLines(sandbox())).toHaveLength(2);
		expect(sandbox().projects.has(id)).toBe(false);
	});

	it.each(['headers', 'body'] as const)('comes after a time-out in the %s', async (stall) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			id,
			times: 1,
			fault: { stall, afterProcessing: true, answer: { status: 500, body: 'x' } },
		});

		const { json } = await deleteImageProjects(sandbox(), withIds(id), {
			requestOptions: { timeout: 150 },
		});

		expect(json).toEqual([{ id, deleted: true }]);
	});

	it('that is answered 404 after a 5xx has found the project gone', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			id,
			times: 1,
			fault: { answer: { status: 500 }, afterProcessing: true },
		});

		const { json } = await deleteImageProjects(sandbox(), withIds(id));

		expect(json).toEqual([{ id, deleted: true }]);
	});

	it('that is answered 404 after a 429 has not', async () => {
		sandbox().addFaults({ id: 'gone', times: 1, fault: { answer: { status: 429 } } });

		const { error } = await deleteImageProjects(sandbox(), withIds('gone'));

		expect(error?.httpCode).toBe('404');
	});

	it.each([
		['by default 3', undefined, 4],
		['3 where it was emptied', '', 4],
		['3 where it has only spaces', ' ', 4],
		['0', 0, 1],
		['1', 1, 2],
		['less than 0', -1, 1],
	])('comes as often as Max Retries says: %s', async (_, maxRetries, requests) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, fault: { answer: { status: 503 } } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id), {
			options: maxRetries === undefined ? {} : { maxRetries },
		});

		expect(requestLines(sandbox())).toHaveLength(requests);
		const retries = requests - 1;
		expect(error?.description).toContain(
			retries === 0
				? '(HTTP 503)'
				: `(HTTP 503 after ${retries} ${retries === 1 ? 'retry' : 'retries'}`,
		);
	});

	it('that was in vain leaves the outcome open if an earlier attempt may have done it', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: { reset: true } });
		sandbox().addFaults({ id, fault: { answer: { status: 429 } } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id), {
			options: { maxRetries: 1 },
		});

		expect(error?.message).toBe(
			`Magic Hour received too many requests, so the image project "${id}" may or may not have been deleted [item 0]`,
		);
	});

	it('keeps its place among the parallel requests', async () => {
		const ids = createMany(sandbox(), 6);
		sandbox().addFaults({ id: ids[0], times: 2, fault: { answer: { status: 503 } } });

		await deleteImageProjects(sandbox(), withIds(...ids), {
			options: { maxParallelRequests: 1 },
		});

		expect(requestLines(sandbox())).toEqual(
			[ids[0], ids[0], ...ids].map((id) => `DELETE /v1/image-projects/${id}`),
		);
	});
});

describe('Retry-After', () => {
	it.each([
		['in seconds', () => '1'],
		['as a date', () => new Date(Date.now() + 2_000).toUTCString()],
	])('%s is obeyed, and pauses the whole run', async (_, retryAfter) => {
		const ids = createMany(sandbox(), 8);
		sandbox().addFaults({
			id: ids[0],
			times: 1,
			fault: { answer: { status: 429, headers: { 'retry-after': retryAfter() } } },
		});
		sandbox().addFaults({ fault: { delay: 50 } });

		const { json } = await deleteImageProjects(sandbox(), withIds(...ids), {
			options: { maxParallelRequests: 2 },
		});

		expect(json).toEqual(ids.map((id) => ({ id, deleted: true })));
		const [first = Infinity, , ...later] = sandbox().requests.map(({ arrivedAt }) => arrivedAt);
		for (const arrivedAt of later) expect(arrivedAt - first).toBeGreaterThanOrEqual(900);
	});

	it.each([
		['in the past', new Date(Date.now() - 60_000).toUTCString()],
		['zero', '0'],
		['garbage', 'in a while, maybe in 3000'],
		['negative', '-5'],
	])('that is %s is ignored', async (_, retryAfter) => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			id,
			times: 1,
			fault: { answer: { status: 503, headers: { 'retry-after': retryAfter } } },
		});
		const waitedBefore = waitedFor();

		const { json } = await deleteImageProjects(sandbox(), withIds(id));

		expect(json).toEqual([{ id, deleted: true }]);
		// The longest wait before the first retry that no answer asked for.
		expect(waitedFor() - waitedBefore).toBeLessThanOrEqual(500);
	});

	it('that is too long ends the retries, and the message names the ceiling', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			id,
			fault: { answer: { status: 429, headers: { 'retry-after': '3600' } } },
		});

		const { error } = await deleteImageProjects(sandbox(), withIds(id));

		expect(requestLines(sandbox())).toHaveLength(1);
		expect(error?.description).toContain(
			'Magic Hour requires a wait of 3600 seconds, but this node waits up to 60.',
		);
	});
});
