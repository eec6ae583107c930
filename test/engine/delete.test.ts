import { createMany, deleteImageProjects, requestLines, withIds } from './magicHour';
import { Deferred, untilFullyArrived } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();

describe('a deletion', () => {
	it('sends one DELETE with the key and answers with the ID, linked to its input item', async () => {
		const id = sandbox().projects.create();

		const { items, status } = await deleteImageProjects(sandbox(), withIds(id));

		expect(status).toBe('success');
		expect(items).toEqual([{ json: { id, deleted: true }, pairedItem: { item: 0 } }]);
		expect(requestLines(sandbox())).toEqual([`DELETE /v1/image-projects/${id}`]);
		expect(sandbox().requests[0]?.headers).toMatchObject({
			accept: 'application/json',
			authorization: `Bearer ${sandbox().apiKey}`,
		});
		expect(sandbox().requests[0]?.headers).not.toHaveProperty('content-type');
		expect(sandbox().projects.has(id)).toBe(false);
	});

	it('touches no other project', async () => {
		const [first, second, third] = createMany(sandbox(), 3);

		await deleteImageProjects(sandbox(), withIds(second));

		expect(sandbox().projects.ids()).toEqual([first, third]);
	});

	it('does nothing without items', async () => {
		const id = sandbox().projects.create();

		const { json } = await deleteImageProjects(sandbox(), [], { id });

		expect(json).toEqual([]);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('runs for the first item only when the node is set to execute once', async () => {
		const [first, second] = createMany(sandbox(), 2);

		const { json } = await deleteImageProjects(sandbox(), withIds(first, second), {
			executeOnce: true,
		});

		expect(json).toEqual([{ id: first, deleted: true }]);
		expect(sandbox().projects.ids()).toEqual([second]);
	});

	it('gives the items in the order of the input, however long each takes', async () => {
		const ids = createMany(sandbox(), 12);
		ids.forEach((id, index) =>
			sandbox().addFaults({ id, fault: { delay: (ids.length - index) * 15 } }),
		);

		const { json, items } = await deleteImageProjects(sandbox(), withIds(...ids));

		expect(json.map(({ id }) => id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('asks once for an ID that comes twice, in any form, and both items report it', async () => {
		const id = sandbox().projects.create();
		const link = `https://magichour.ai/my-library?imageId=${id}`;

		const { json } = await deleteImageProjects(sandbox(), withIds(id, ` ${id}\n`, link));

		expect(json).toEqual([
			{ id, deleted: true },
			{ id, deleted: true },
			{ id, deleted: true },
		]);
		expect(requestLines(sandbox())).toHaveLength(1);
	});

	it('counts the failure of an ID that comes twice for both items', async () => {
		const { json } = await deleteImageProjects(sandbox(), withIds('gone', 'gone'), {
			onError: 'continueRegularOutput',
		});

		expect(json.map(({ id, deleted }) => ({ id, deleted }))).toEqual([
			{ id: 'gone', deleted: false },
			{ id: 'gone', deleted: false },
		]);
		expect(requestLines(sandbox())).toHaveLength(1);
	});
});

describe('Ignore Already Deleted', () => {
	it('is off by default', async () => {
		const { error } = await deleteImageProjects(sandbox(), withIds('gone'));

		expect(error?.httpCode).toBe('404');
	});

	it('makes a 404 a success that says so', async () => {
		const id = sandbox().projects.create();

		const { json, status } = await deleteImageProjects(sandbox(), withIds('gone', id), {
			options: { ignoreAlreadyDeleted: true },
		});

		expect(status).toBe('success');
		expect(json).toEqual([
			{ id: 'gone', deleted: true, alreadyDeleted: true },
			{ id, deleted: true },
		]);
	});

	it('ignores nothing but a 404', async () => {
		const { error } = await deleteImageProjects(sandbox(), withIds('status-400-x'), {
			options: { ignoreAlreadyDeleted: true },
		});

		expect(error?.httpCode).toBe('400');
	});
});

describe("n8n's Request Options", () => {
	it('keep the time-out', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, fault: { stall: 'headers' } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id), {
			requestOptions: { timeout: 100 },
			options: { maxRetries: 0 },
		});

		expect(error?.message).toContain('timed out');
	});

	it('keep the batching: a pause between batches', async () => {
		const ids = createMany(sandbox(), 4);

		const { json } = await deleteImageProjects(sandbox(), withIds(...ids), {
			requestOptions: { batching: { batch: { batchSize: 2, batchInterval: 600 } } },
		});

		const [, second = Infinity, third = 0] = sandbox().requests.map(({ arrivedAt }) => arrivedAt);
		expect(json).toEqual(ids.map((id) => ({ id, deleted: true })));
		expect(third - second).toBeGreaterThanOrEqual(300);
	});

	it('keep the proxy', async () => {
		const id = sandbox().projects.create();

		await deleteImageProjects(sandbox(), withIds(id), {
			requestOptions: { proxy: sandbox().url },
			credential: { apiKey: sandbox().apiKey, baseUrl: 'http://api.magichour.invalid' },
		});

		expect(requestLines(sandbox())).toEqual([
			`DELETE http://api.magichour.invalid/v1/image-projects/${id}`,
		]);
	});
});

describe('Max Parallel Requests', () => {
	it.each([
		['the default', undefined, 5],
		['1', 1, 1],
		['12', 12, 12],
		['an expression', '={{ 3 }}', 3],
		['text', '={{ "4" }}', 4],
		['empty', '={{ undefined }}', 5],
		['more than 50', 1000, 50],
		['less than 1', -3, 1],
	])('%s bounds the requests in flight', async (_, maxParallelRequests, expected) => {
		const ids = createMany(sandbox(), 60);
		const counted = new Deferred();
		sandbox().addFaults({ fault: { until: counted.promise } });

		const run = deleteImageProjects(sandbox(), withIds(...ids), {
			options: maxParallelRequests === undefined ? {} : { maxParallelRequests },
		});
		await untilFullyArrived(sandbox());
		expect(sandbox().inFlight).toBe(expected);
		counted.resolve();
		const { json } = await run;

		expect(json).toHaveLength(60);
		expect(sandbox().highestInFlight).toBe(expected);
	});

	it('is refused before anything is sent when it is not a number', async () => {
		const id = sandbox().projects.create();

		const { error } = await deleteImageProjects(sandbox(), withIds(id), {
			options: { maxParallelRequests: '={{ "many" }}' },
		});

		expect(error?.message).toBe("The parameter 'Max Parallel Requests' is not a number [item 0]");
		expect(requestLines(sandbox())).toEqual([]);
	});
});
