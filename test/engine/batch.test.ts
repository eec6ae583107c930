import { ExpressionError } from 'n8n-workflow';
import { createMany, deleteImageProjects, requestLines, withIds } from './magicHour';
import { Deferred, untilIdle, untilWaiting, waitedFor } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const oneByOne = { maxParallelRequests: 1 };

describe('On Error = Stop Workflow', () => {
	it('sends nothing at all if any ID is refused, and names the parameter and the item', async () => {
		const ids = createMany(sandbox(), 3);

		const { error, status } = await deleteImageProjects(
			sandbox(),
			withIds(ids[0], ids[1], '..', ids[2], ''),
		);

		expect(status).toBe('error');
		expect(requestLines(sandbox())).toEqual([]);
		expect(error?.message).toBe(
			'The parameter \'Project ID\' is "..", which is not a valid ID [item 2]',
		);
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.description).toContain(
			'Nothing was deleted before the run stopped, and 4 items were not attempted.',
		);
	});

	it('sends nothing if the expression of a later item fails', async () => {
		const ids = createMany(sandbox(), 3);

		const { error } = await deleteImageProjects(sandbox(), withIds(...ids), {
			id: '={{ $itemIndex === 2 ? $("No such node").item.json.id : $json.id }}',
		});

		expect(error?.message).toBe("Referenced node doesn't exist");
		await untilIdle();
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([
		['the ID', "couldn't be read"],
		['an option', 'is not a number'],
	])('sends nothing if the expression of %s fails when it is read again', async (what, reason) => {
		const messages: string[] = [];
		let isSuccess = false;
		for (let goodReads = 1; !isSuccess; goodReads++) {
			const id = sandbox().projects.create();
			const input = { id };
			let reads = 0;
			sandbox().requests.length = 0;
			Object.defineProperty(input, 'unsteady', {
				get: () => {
					if (reads++ >= goodReads) throw new ExpressionError('Not again');
					return what === 'the ID' ? id : 2;
				},
			});
			const { error } = await deleteImageProjects(
				sandbox(),
				[input, { id, unsteady: id }],
				what === 'the ID'
					? { id: '={{ $json.unsteady }}' }
					: { options: { maxRetries: '={{ $json.unsteady }}' } },
			);

			await untilIdle();

			if (error) messages.push(error.message);
			else isSuccess = true;
			expect(requestLines(sandbox())).toEqual(error ? [] : [`DELETE /v1/image-projects/${id}`]);
		}
		expect(messages.some((message) => message.includes(reason))).toBe(true);
	});

	it('sends nothing after the batch in which a refused ID stands', async () => {
		const ids = createMany(sandbox(), 5);

		const { error } = await deleteImageProjects(
			sandbox(),
			withIds(ids[0], ids[1], ids[2], 'a/b', ids[3], ids[4]),
			{ requestOptions: { batching: { batch: { batchSize: 2, batchInterval: 20 } } } },
		);

		expect(requestLines(sandbox())).toEqual(
			[ids[0], ids[1]].map((id) => `DELETE /v1/image-projects/${id}`),
		);
		expect(error?.context?.itemIndex).toBe(3);
		expect(error?.description).toContain(
			'2 image projects were deleted before the run stopped, and 3 items were not attempted.',
		);
	});

	it('starts no request after the first failure, and tells what was done and what was not', async () => {
		const ids = createMany(sandbox(), 9);

		const { error } = await deleteImageProjects(
			sandbox(),
			withIds(...ids.slice(0, 2), 'gone', ...ids.slice(2)),
			{ options: oneByOne },
		);

		expect(requestLines(sandbox())).toEqual(
			[ids[0], ids[1], 'gone'].map((id) => `DELETE /v1/image-projects/${id}`),
		);
		expect(sandbox().projects.ids()).toEqual(ids.slice(2));
		expect(error?.message).toBe('The image project "gone" was not found [item 2]');
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.description).toContain(
			'2 image projects were deleted before the run stopped, and 7 items were not attempted.',
		);
	});

	it('waits for the requests under way, and counts what they did', async () => {
		const ids = createMany(sandbox(), 6);
		sandbox().addFaults(
			{ id: ids[0], fault: { delay: 150 } },
			{ id: ids[1], fault: { delay: 150 } },
		);

		const { error } = await deleteImageProjects(
			sandbox(),
			withIds(ids[0], ids[1], 'gone', ...ids.slice(2)),
			{ options: { maxParallelRequests: 3 } },
		);

		expect(requestLines(sandbox())).toHaveLength(3);
		expect(error?.message).toContain('"gone"');
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.description).toContain(
			'2 image projects were deleted before the run stopped, and 4 items were not attempted.',
		);
	});

	it('reports the failure that came first, also if an earlier item fails after it', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, fault: { delay: 100, answer: { status: 403 } } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id, 'gone', 'not-sent'), {
			options: { maxParallelRequests: 2 },
		});

		expect(error?.httpCode).toBe('404');
		expect(error?.context?.itemIndex).toBe(1);
		expect(error?.description).toContain('1 item was not attempted. Also failed: item 0.');
	});

	it('does not repeat a request of another item after the first failure', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			id,
			fault: { answer: { status: 503, headers: { 'retry-after': '1' } } },
		});
		sandbox().addFaults({ id: 'gone', fault: { delay: 40 } });

		const { error } = await deleteImageProjects(sandbox(), withIds(id, 'gone'), {
			options: { maxParallelRequests: 2, maxRetries: 10 },
		});

		await untilIdle();
		expect(error?.context?.itemIndex).toBe(1);
		expect(requestLines(sandbox())).toHaveLength(2);
	});

	it('sends no request of an earlier batch after the expression of a later item failed', async () => {
		const ids = createMany(sandbox(), 7);
		const end = new Deferred();
		sandbox().addFaults({ fault: { until: end.promise } });

		const { error } = await deleteImageProjects(sandbox(), withIds(...ids), {
			id: '={{ $itemIndex === 6 ? $("No such node").item.json.id : $json.id }}',
			options: oneByOne,
			requestOptions: { batching: { batch: { batchSize: 6, batchInterval: 20 } } },
		});

		expect(error?.message).toBe("Referenced node doesn't exist");
		end.resolve();
		await untilIdle();
		// The end of the execution ends the first request, which may not have left by then.
		expect([`DELETE /v1/image-projects/${ids[0]}`]).toEqual(
			expect.arrayContaining(requestLines(sandbox())),
		);
	});
});

describe('On Error = Continue', () => {
	it('makes an item of each failure, linked to its input', async () => {
		const [first, last] = createMany(sandbox(), 2);

		const { items, status } = await deleteImageProjects(
			sandbox(),
			withIds(first, 'gone', '', last),
			{ onError: 'continueRegularOutput' },
		);

		expect(status).toBe('success');
		expect(items).toEqual([
			{ json: { id: first, deleted: true }, pairedItem: { item: 0 } },
			{
				json: {
					id: 'gone',
					deleted: false,
					error: 'The image project "gone" was not found [item 1]',
					description: expect.stringContaining('Ignore Already Deleted'),
					httpCode: '404',
					magicHour: null,
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					id: '',
					deleted: false,
					error: "The parameter 'Project ID' is empty [item 2]",
					description: expect.stringContaining('Nothing was sent for this item.'),
					httpCode: null,
					magicHour: null,
				},
				pairedItem: { item: 2 },
			},
			{ json: { id: last, deleted: true }, pairedItem: { item: 3 } },
		]);
	});

	it('has null for the httpCode where there was no answer', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, fault: { reset: true } });

		const { json } = await deleteImageProjects(sandbox(), withIds(id), {
			onError: 'continueRegularOutput',
			options: { maxRetries: 0 },
		});

		expect(json).toMatchObject([{ id, deleted: false, httpCode: null, magicHour: null }]);
	});
});

describe('On Error = Continue (using error output)', () => {
	it('parts successes from failures, which keep the fields and the link of their input', async () => {
		const [first, last] = createMany(sandbox(), 2);

		const { items, errorItems } = await deleteImageProjects(
			sandbox(),
			[
				{ id: first, customer: 'Ada' },
				{ id: 'gone', customer: 'Bert', order: { number: 7 } },
				{ id: '..', customer: 'Cleo' },
				{ id: last, customer: 'Dora' },
			],
			{ onError: 'continueErrorOutput' },
		);

		expect(items).toEqual([
			{ json: { id: first, deleted: true }, pairedItem: { item: 0 } },
			{ json: { id: last, deleted: true }, pairedItem: { item: 3 } },
		]);
		expect(errorItems).toEqual([
			{
				json: {
					id: 'gone',
					customer: 'Bert',
					order: { number: 7 },
					error: 'The image project "gone" was not found [item 1]',
					message: expect.stringMatching(/^The image project "gone" .*Ignore Already Deleted/),
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					id: '..',
					customer: 'Cleo',
					error: expect.stringContaining('is "..", which is not a valid ID [item 2]'),
					message: expect.stringContaining('Enter the ID of one image project'),
				},
				pairedItem: { item: 2 },
			},
		]);
	});
});

describe("n8n's Retry On Fail", () => {
	const retryOnFail = { retryOnFail: true, maxTries: 3 };

	it('does not ask again for what an earlier try deleted, and reports it as deleted', async () => {
		const ids = createMany(sandbox(), 3);
		sandbox().addFaults({ id: ids[1], times: 1, fault: { answer: { status: 403 } } });

		const { json, status } = await deleteImageProjects(sandbox(), withIds(...ids), {
			...retryOnFail,
			options: oneByOne,
		});

		expect(status).toBe('success');
		expect(json).toEqual(ids.map((id) => ({ id, deleted: true })));
		expect(requestLines(sandbox())).toEqual(
			[ids[0], ids[1], ids[1], ids[2]].map((id) => `DELETE /v1/image-projects/${id}`),
		);
	});

	it('takes a 404 for a success if the answer of an earlier try was lost', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: { afterProcessing: true, reset: true } });

		const { json, status } = await deleteImageProjects(sandbox(), withIds(id), {
			...retryOnFail,
			options: { maxRetries: 0 },
		});

		expect(status).toBe('success');
		expect(json).toEqual([{ id, deleted: true }]);
		expect(requestLines(sandbox())).toHaveLength(2);
	});

	it('keeps what an earlier try found deleted already', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: { answer: { status: 403 } } });

		const { json } = await deleteImageProjects(sandbox(), withIds('gone', id), {
			...retryOnFail,
			options: { ...oneByOne, ignoreAlreadyDeleted: true },
		});

		expect(json).toEqual([
			{ id: 'gone', deleted: true, alreadyDeleted: true },
			{ id, deleted: true },
		]);
		expect(requestLines(sandbox()).filter((line) => line.endsWith('/gone'))).toHaveLength(1);
	});

	it('works with On Error = Continue, where n8n repeats the run for a failed first item', async () => {
		const id = sandbox().projects.create();
		const other = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: { answer: { status: 403 } } });

		const { json } = await deleteImageProjects(sandbox(), withIds(id, other), {
			...retryOnFail,
			onError: 'continueRegularOutput',
		});

		expect(json).toEqual([
			{ id, deleted: true },
			{ id: other, deleted: true },
		]);
		expect(requestLines(sandbox()).filter((line) => line.endsWith(other))).toHaveLength(1);
	});

	it('remembers nothing beyond the run', async () => {
		const id = sandbox().projects.create();
		await deleteImageProjects(sandbox(), withIds(id));

		const { error } = await deleteImageProjects(sandbox(), withIds(id));

		expect(error?.httpCode).toBe('404');
	});
});

describe('stopping the execution', () => {
	it.each([
		['stopWorkflow', false],
		['continueRegularOutput', false],
		['continueErrorOutput', false],
		['stopWorkflow', true],
	] as const)(
		'lets no further request leave (%s, run without the server: %s)',
		async (onError, bare) => {
			const ids = createMany(sandbox(), 40);
			const end = new Deferred();
			sandbox().addFaults({ skip: 2, fault: { until: end.promise } });

			const { status } = await deleteImageProjects(sandbox(), withIds(...ids), {
				onError,
				bare,
				options: { maxParallelRequests: 2 },
				onStart: (cancel) =>
					void whenArrived(4).then(() => {
						cancel();
						end.resolve();
					}),
			});

			expect(status).toBe('canceled');
			await untilIdle();
			expect(sandbox().requests).toHaveLength(4);
		},
	);

	it('ends a wait before a retry', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({
			id,
			fault: { answer: { status: 429, headers: { 'retry-after': '20' } } },
		});
		const waitedBefore = waitedFor();

		const { status } = await deleteImageProjects(sandbox(), withIds(id), {
			onStart: (cancel) => void untilWaiting().then(cancel),
		});
		await untilIdle();

		expect(status).toBe('canceled');
		expect(waitedFor() - waitedBefore).toBeLessThan(20_000);
		expect(requestLines(sandbox())).toHaveLength(1);
	});
});

async function whenArrived(requests: number): Promise<void> {
	while (sandbox().requests.length < requests) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
