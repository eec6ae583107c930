import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProjectKind } from '../sandbox/projects';
import {
	createMany,
	deleteImageProjects,
	requestLines,
	runMagicHour,
	withIds,
	type NodeResult,
	type NodeSettings,
} from './magicHour';
import { Deferred, untilFullyArrived, useVirtualTime } from './time';
import { createTool } from './tool';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

/** The DELETEs that a test expects to have left: none, unless it says so. */
let expectedDeletions: string[];
beforeEach(() => {
	expectedDeletions = [];
});
afterEach(() => {
	const deletions = requestLines(sandbox()).filter((line) => !line.startsWith('GET '));
	expect(deletions).toEqual(expectedDeletions);
});

function expectDeletionsOf(...ids: Array<string | undefined>): void {
	expectedDeletions = ids.map((id) => `DELETE /v1/image-projects/${id}`);
}

function looksAt(...ids: Array<string | undefined>): string[] {
	return ids.map((id) => `GET /v1/image-projects/${id}`);
}

/** Runs Delete on image projects with Dry Run on, unless the settings say otherwise. */
async function dryRun(
	input: IDataObject[],
	{ options, ...settings }: NodeSettings = {},
): Promise<NodeResult> {
	return await deleteImageProjects(sandbox(), input, {
		...settings,
		options: { dryRun: true, ...options },
	});
}

const oneByOne = { maxParallelRequests: 1 };
const checked = { deleted: false, dryRun: true };
const found = { ...checked, name: '', status: 'complete', type: 'AI_IMAGE', fileCount: 1 };
const nothing = 'This was a dry run, so nothing was deleted';

describe('a dry run', () => {
	it.each([
		['imageProject', 'image', 'AI_IMAGE'],
		['videoProject', 'video', 'TEXT_TO_VIDEO'],
		['audioProject', 'audio', 'VOICE_GENERATOR'],
	])('tells what would be deleted: %s', async (resource, kind, type) => {
		const id = sandbox().projects.create({
			kind: kind as ProjectKind,
			name: 'Lighthouse',
			files: 3,
			isFinished: true,
		});

		const { items, status } = await runMagicHour(sandbox(), resource, 'delete', [{ json: {} }], {
			parameters: { id },
			options: { dryRun: true },
		});

		expect(status).toBe('success');
		expect(items).toEqual([
			{
				json: {
					id,
					deleted: false,
					dryRun: true,
					name: 'Lighthouse',
					status: 'complete',
					type,
					createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
					fileCount: 3,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(requestLines(sandbox())).toEqual([`GET /v1/${kind}-projects/${id}`]);
		expect(sandbox().requests[0]?.headers).toMatchObject({
			authorization: `Bearer ${sandbox().apiKey}`,
		});
		expect(sandbox().projects.has(id, kind as ProjectKind)).toBe(true);
	});

	it('tells the status of a project in progress, which has no files yet', async () => {
		sandbox().projects.holdClock();
		const { json } = await dryRun(withIds(sandbox().projects.create()));
		expect(json).toMatchObject([{ ...found, status: 'queued', fileCount: 0 }]);
	});

	it('gives the items in the order of the input, however long each takes', async () => {
		const ids = createMany(sandbox(), 6);
		ids.forEach((id, index) =>
			sandbox().addFaults({ id, fault: { delay: (ids.length - index) * 15 } }),
		);

		const { items } = await dryRun(withIds(...ids), { options: { maxParallelRequests: 6 } });

		expect(items).toMatchObject(ids.map((id, item) => ({ json: { id }, pairedItem: { item } })));
	});

	it('looks once for an ID that comes twice, in any form, and both items report it', async () => {
		const id = sandbox().projects.create({ isFinished: true });
		const link = `https://magichour.ai/my-library?imageId=${id}`;

		const { json } = await dryRun(withIds(id, ` ${id}\n`, link));

		expect(json).toMatchObject(Array.from({ length: 3 }, () => ({ id, ...found })));
		expect(requestLines(sandbox())).toEqual(looksAt(id));
	});

	it('keeps Max Parallel Requests', async () => {
		const ids = createMany(sandbox(), 10);
		const counted = new Deferred();
		sandbox().addFaults({ fault: { until: counted.promise } });

		const run = dryRun(withIds(...ids), { options: { maxParallelRequests: 3 } });
		await untilFullyArrived(sandbox());
		counted.resolve();
		const { json } = await run;

		expect(json).toHaveLength(10);
		expect(sandbox().highestInFlight).toBe(3);
	});

	it.each([
		['a 429', { answer: { status: 429, headers: { 'retry-after': '1' } } }],
		['a 503', { answer: { status: 503 } }],
		['an answer that was lost', { reset: true }],
		['an answer that was cut off', { cutOff: true }],
	])('looks again after %s', async (_, fault) => {
		const id = sandbox().projects.create({ isFinished: true });
		sandbox().addFaults({ times: 2, fault });

		const { json } = await dryRun(withIds(id));

		expect(json).toMatchObject([{ id, ...found }]);
		expect(requestLines(sandbox())).toEqual(looksAt(id, id, id));
	});

	it.each([
		['another project', { id: 'other', status: 'complete' }],
		['something that is no project', { id: 'asked-for' }],
		['a list', [{ id: 'asked-for', status: 'complete' }]],
		['nothing', ''],
	])('takes no answer with %s for the project', async (_, body) => {
		const headers = { 'content-type': 'application/json' };
		sandbox().addFaults({ fault: { answer: { status: 200, headers, body } } });

		const { error } = await dryRun(withIds('asked-for'), { options: { maxRetries: 0 } });

		expect(error?.message).toMatch(/so the image project "asked-for" was not checked \[item 0\]$/);
		expect(error?.description).not.toContain('may have been');
	});

	it('checks nothing without items', async () => {
		expect((await dryRun([], { id: sandbox().projects.create() })).json).toEqual([]);
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('the switch', () => {
	it.each([true, 'true', 'TRUE', ' True\n', '={{ $json.on }}', '={{ true }}'])(
		'is on for %j',
		async (value) => {
			const id = sandbox().projects.create({ isFinished: true });
			const { json } = await dryRun([{ id, on: 'TRUE' }], { options: { dryRun: value } });
			expect(json).toMatchObject([{ id, ...found }]);
		},
	);

	it.each([false, 'false', 'FALSE', ' False ', '={{ $json.off }}', '={{ false }}'])(
		'is off for %j',
		async (value) => {
			const id = sandbox().projects.create();
			expectDeletionsOf(id);
			const { json } = await dryRun([{ id, off: 'False' }], { options: { dryRun: value } });
			expect(json).toEqual([{ id, deleted: true }]);
			expect(requestLines(sandbox())).toHaveLength(1);
		},
	);

	it('is off where it is not added', async () => {
		const id = sandbox().projects.create();
		expectDeletionsOf(id);
		const { json } = await deleteImageProjects(sandbox(), withIds(id), { options: oneByOne });
		expect(json).toEqual([{ id, deleted: true }]);
	});

	const unclear = [
		'',
		' ',
		null,
		'={{ undefined }}',
		'={{ null }}',
		'={{ "" }}',
		'={{ $json.missing }}',
		'maybe',
		'on',
		0,
		1,
		'={{ [true] }}',
		'={{ {} }}',
		'={{ undefined + 1 }}',
	];

	it.each(unclear)('is refused, and nothing of the run is sent, for %j', async (value) => {
		const ids = createMany(sandbox(), 3);

		const { error } = await dryRun(
			ids.map((id, index) => ({ id, index })),
			{ options: { dryRun: value as INodeParameters[string] } },
		);

		expect(error?.message).toBe("The parameter 'Dry Run' must be true or false [item 0]");
		expect(error?.description).toContain('Nothing was sent');
		expect(requestLines(sandbox())).toEqual([]);
		expect(sandbox().projects.ids()).toEqual(ids);
	});

	it.each(unclear)('fails only its own item with On Error = Continue, for %j', async (value) => {
		const ids = createMany(sandbox(), 2);
		expectDeletionsOf(ids[1]);
		const expression =
			typeof value === 'string' && value.startsWith('={{')
				? value.slice(3, -2)
				: JSON.stringify(value);

		const { json } = await dryRun(
			ids.map((id, index) => ({ id, index })),
			{
				onError: 'continueRegularOutput',
				options: { dryRun: `={{ $json.index === 0 ? (${expression}) : false }}` },
			},
		);

		expect(json).toEqual([
			{
				id: ids[0],
				deleted: false,
				error: "The parameter 'Dry Run' must be true or false [item 0]",
				description: expect.stringContaining('Nothing was sent for this item'),
				httpCode: null,
				magicHour: null,
			},
			{ id: ids[1], deleted: true },
		]);
	});

	it('sends nothing where its expression fails, as n8n reports itself', async () => {
		const { error } = await dryRun(withIds('a'), { options: { dryRun: '={{ $("None").item }}' } });
		expect(error?.message).toBe("Referenced node doesn't exist");
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('may differ from item to item', async () => {
		const ids = createMany(sandbox(), 4);
		expectDeletionsOf(ids[1], ids[3]);

		const { items } = await dryRun(
			ids.map((id, index) => ({ id, keep: index % 2 === 0 })),
			{ options: { dryRun: '={{ $json.keep }}', ...oneByOne } },
		);

		expect(items).toMatchObject([
			{ json: { id: ids[0], ...checked }, pairedItem: { item: 0 } },
			{ json: { id: ids[1], deleted: true }, pairedItem: { item: 1 } },
			{ json: { id: ids[2], ...checked }, pairedItem: { item: 2 } },
			{ json: { id: ids[3], deleted: true }, pairedItem: { item: 3 } },
		]);
		expect(Object.keys(items[1]?.json ?? {})).toEqual(['id', 'deleted']);
		expect(sandbox().projects.ids()).toEqual([ids[0], ids[2]]);
	});

	it('looks once, also where the same run deletes what it has looked at', async () => {
		const id = sandbox().projects.create({ isFinished: true });
		expectDeletionsOf(id);

		const { json } = await dryRun(
			[
				{ id, dry: true },
				{ id, dry: false },
				{ id, dry: true },
			],
			{ options: { dryRun: '={{ $json.dry }}', ...oneByOne } },
		);

		// The two dry items share the look, which came before the deletion.
		expect(json).toMatchObject([
			{ id, ...found },
			{ id, deleted: true },
			{ id, ...found },
		]);
		expect(requestLines(sandbox())).toHaveLength(2);
	});

	it('does not miss what the same run has deleted before', async () => {
		const id = sandbox().projects.create();
		expectDeletionsOf(id);

		const { json } = await dryRun(
			[
				{ id, dry: false },
				{ id, dry: true },
			],
			{ options: { dryRun: '={{ $json.dry }}', ...oneByOne } },
		);

		expect(json).toEqual([
			{ id, deleted: true },
			{ id, ...checked, alreadyDeleted: true },
		]);
	});
});

describe('a refused ID', () => {
	it.each(['', '..', 'a/b', '={{ undefined }}', 'https://magichour.ai/my-library?videoId=x'])(
		'stops all of the run before anything is sent, and says that it was a dry run: %j',
		async (id) => {
			const ids = createMany(sandbox(), 2);
			const input = [
				...withIds(ids[0]),
				{ id: id.startsWith('=') ? null : id },
				...withIds(ids[1]),
			];

			const { error } = await dryRun(input);
			const { error: ofReal } = await deleteImageProjects(sandbox(), input);

			expect(error?.message).toBe(ofReal?.message);
			expect(error?.message).toContain("The parameter 'Project ID' ");
			expect(error?.description).toContain(`${nothing}: 2 items were not attempted.`);
			expect(requestLines(sandbox())).toEqual([]);
		},
	);

	it('fails its own item with On Error = Continue', async () => {
		const id = sandbox().projects.create();
		const { json } = await dryRun(withIds('..', id), { onError: 'continueRegularOutput' });
		expect(json).toMatchObject([
			{ id: '..', ...checked, error: expect.stringContaining('which is not a valid ID [item 0]') },
			{ id, ...checked },
		]);
	});

	it('is also told for a limit that is not a number', async () => {
		const { error } = await dryRun(withIds('a'), { options: { maxRetries: 'many' } });
		expect(error?.message).toBe("The parameter 'Max Retries' is not a number [item 0]");
		expect(error?.description).toMatch(new RegExp(`${nothing}\\.$`));
	});
});

/** How Magic Hour tells that a project is not there. */
const missing = [
	['a 404', () => 'gone'],
	['a project that is not enabled', () => sandbox().projects.create({ enabled: false })],
] as const;

describe.each(missing)('a missing project (%s)', (_, create) => {
	it('fails as its deletion would', async () => {
		const id = create();
		const { error } = await dryRun(withIds(id));

		expect(error?.message).toBe(`The image project "${id}" was not found [item 0]`);
		expect(error?.httpCode).toBe('404');
		expect(error?.description).toContain(
			"To count a missing one as deleted, turn on 'Ignore Already Deleted' under Options.",
		);
		expect(error?.description).toMatch(new RegExp(`${nothing}\\.$`));
	});

	it.each([true, 'TRUE'])('is fine with Ignore Already Deleted: %j', async (value) => {
		const id = create();
		const other = sandbox().projects.create({ isFinished: true });

		const { json, status } = await dryRun(withIds(id, id, other), {
			options: { ignoreAlreadyDeleted: value },
		});

		expect(status).toBe('success');
		expect(json).toMatchObject([{ id }, { id }, { id: other, ...found }]);
		expect(json[0]).toEqual({ id, ...checked, alreadyDeleted: true });
		expect(json[1]).toEqual({ id, ...checked, alreadyDeleted: true });
		expect(requestLines(sandbox())).toHaveLength(2);
	});

	it('fails the items that do not ignore it', async () => {
		const id = create();
		const { json } = await dryRun(
			[
				{ id, ignore: true },
				{ id, ignore: false },
			],
			{
				onError: 'continueRegularOutput',
				options: { ignoreAlreadyDeleted: '={{ $json.ignore }}' },
			},
		);

		expect(json).toEqual([
			{ id, ...checked, alreadyDeleted: true },
			{
				id,
				...checked,
				error: `The image project "${id}" was not found [item 1]`,
				description: expect.any(String),
				httpCode: '404',
				magicHour: null,
			},
		]);
	});
});

it('says of a project that is not enabled what Magic Hour has said of it', async () => {
	const id = sandbox().projects.create({ enabled: false });
	const { error } = await dryRun(withIds(id));
	expect(error?.description).toMatch(/^Magic Hour reports it as deleted\. To count/);
});

it('does not take a missing project for deleted after a look that was lost', async () => {
	sandbox().addFaults({ times: 1, fault: { reset: true } });
	const { error } = await dryRun(withIds('gone'));
	expect(error?.message).toBe('The image project "gone" was not found [item 0]');
});

describe('the words of a failure', () => {
	const notFound = { code: 'not_found', message: 'Not Found' };
	const statuses: Array<[string, object]> = [
		...[
			300, 301, 400, 401, 403, 404, 405, 408, 409, 410, 418, 422, 425, 429, 451, 500, 501, 502, 503,
			504, 520, 599,
		].map((status): [string, object] => [String(status), { answer: { status } }]),
		['402', { answer: { status: 402, body: { code: 'insufficient_credits', message: 'No' } } }],
		['404 not_found', { answer: { status: 404, body: notFound } }],
		['400 with words', { answer: { status: 400, body: { message: 'Bad "words"' } } }],
		['200 with a web page', { answer: { status: 200, body: '<html>Sign in</html>' } }],
		['a lost answer', { reset: true }],
		['no HTTP', { garbage: true }],
		['an unreachable host', { clientError: 'EHOSTUNREACH' }],
	];

	/** @returns the text without what only the deletion may have done, and what it then says to do */
	const withoutEffect = (text: unknown) =>
		String(text)
			.replace(/so (.*) (?:may or may not have been|was not) deleted/, 'so $1 was not checked')
			.replace(/^To make sure that it's deleted, run [^.]* turned on\. /, '')
			.replace(/^Try again later\. /, '');

	describe.each([0, 1])('with %d retries', (maxRetries) => {
		it.each(statuses)('are those of the deletion: %s', async (_, fault) => {
			const id = sandbox().projects.create();
			sandbox().addFaults({ fault });
			const settings = { onError: 'continueRegularOutput', options: { maxRetries } } as const;

			const { json } = await dryRun(withIds(id), settings);
			const { json: ofReal } = await deleteImageProjects(sandbox(), withIds(id), settings);
			expectedDeletions = requestLines(sandbox()).filter((line) => line.startsWith('DELETE'));
			expect(sandbox().requests).toHaveLength(2 * expectedDeletions.length);

			const [{ dryRun: isDry, error, description, ...others } = {}] = json;
			const [real = {}] = ofReal;
			expect(isDry).toBe(true);
			expect({
				...others,
				error: withoutEffect(error),
				description: withoutEffect(description),
			}).toEqual({
				...real,
				error: withoutEffect(real.error),
				description: withoutEffect(real.description),
			});
			expect(`${String(error)} ${String(description)}`).not.toMatch(/may have been|may or may not/);
		});
	});

	it.each([
		['a host that refuses', { baseUrl: 'http://127.0.0.1:1' }],
		['an empty key', { apiKey: '' }],
		['a Base URL with a query', { baseUrl: 'https://api.magichour.ai/?a=b' }],
		['a Base URL that is none', { baseUrl: 'not a URL' }],
	])('are those of the deletion where nothing is sent: %s', async (_, credential) => {
		const settings: NodeSettings = {
			credential: { apiKey: sandbox().apiKey, baseUrl: sandbox().url, ...credential },
			onError: 'continueRegularOutput',
			options: { maxRetries: 0 },
		};

		const [dry] = (await dryRun(withIds('a'), settings)).json;
		const [real] = (await deleteImageProjects(sandbox(), withIds('a'), settings)).json;

		expect(real).toMatchObject({ error: expect.stringContaining('was not deleted [item 0]') });
		const error = String(real?.error).replace('was not deleted', 'was not checked');
		expect(dry).toEqual({ ...real, error, dryRun: true });
	});

	it('do not send somebody to Get after a stop', async () => {
		const ids = createMany(sandbox(), 3);
		sandbox().addFaults({ fault: { answer: { status: 429 } } });

		const { error } = await dryRun(withIds(...ids), {
			onStart: (cancel) => void untilRequested().then(cancel),
		});

		expect(error?.message).toMatch(
			/^The execution was canceled.*, so the image project ".*" was not checked \[item \d\]$/,
		);
		expect(error?.description).toMatch(/Run this item again\. This was a dry run/);
		expect(error?.description).not.toContain('Get with its ID');
	});
});

describe('On Error', () => {
	it('= Continue makes an item of each failure, linked to its input', async () => {
		const id = sandbox().projects.create({ isFinished: true });

		const { items, status } = await dryRun(withIds('gone', id, 'status-403-x'), {
			onError: 'continueRegularOutput',
		});

		expect(status).toBe('success');
		expect(items).toEqual([
			{
				json: {
					id: 'gone',
					...checked,
					error: 'The image project "gone" was not found [item 0]',
					description: expect.stringContaining('Ignore Already Deleted'),
					httpCode: '404',
					magicHour: null,
				},
				pairedItem: { item: 0 },
			},
			{ json: expect.objectContaining({ id, ...found }), pairedItem: { item: 1 } },
			{
				json: expect.objectContaining({ ...checked, httpCode: '403' }),
				pairedItem: { item: 2 },
			},
		]);
	});

	it('= Continue marks only the failures of dry items', async () => {
		expectDeletionsOf('gone-2');
		const { json } = await dryRun(
			[
				{ id: 'gone-1', dry: true },
				{ id: 'gone-2', dry: false },
			],
			{ onError: 'continueRegularOutput', options: { dryRun: '={{ $json.dry }}' } },
		);

		expect(json.map((one) => Object.keys(one))).toEqual([
			['id', 'deleted', 'dryRun', 'error', 'description', 'httpCode', 'magicHour'],
			['id', 'deleted', 'error', 'description', 'httpCode', 'magicHour'],
		]);
	});

	it('= Continue (using error output) parts successes from failures', async () => {
		const id = sandbox().projects.create();

		const { items, errorItems } = await dryRun(
			[
				{ id: 'gone', customer: 'Ada' },
				{ id, customer: 'Bert' },
			],
			{ onError: 'continueErrorOutput' },
		);

		expect(items).toMatchObject([{ json: { id, ...checked }, pairedItem: { item: 1 } }]);
		expect(errorItems).toEqual([
			{
				json: {
					id: 'gone',
					customer: 'Ada',
					error: 'The image project "gone" was not found [item 0]',
					message: expect.stringContaining('Ignore Already Deleted'),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('= Stop Workflow sends nothing after the first failure, and counts what was checked', async () => {
		const ids = createMany(sandbox(), 5);

		const { error } = await dryRun(withIds(ids[0], ids[1], ids[0], 'gone', ...ids.slice(2)), {
			options: oneByOne,
		});

		expect(requestLines(sandbox())).toEqual(looksAt(ids[0], ids[1], 'gone'));
		expect(error?.context?.itemIndex).toBe(3);
		expect(error?.description).toContain(
			`${nothing}: 2 image projects were checked before the run stopped, and 3 items were not attempted.`,
		);
	});

	it('= Stop Workflow counts what was deleted apart from what was checked', async () => {
		const [first, second, third] = createMany(sandbox(), 3);
		expectDeletionsOf(first, second);

		const { error } = await dryRun(
			[
				{ id: first, dry: false },
				{ id: second, dry: false },
				{ id: third, dry: true },
				{ id: 'gone', dry: true },
				{ id: 'rest', dry: false },
			],
			{ options: { dryRun: '={{ $json.dry }}', ...oneByOne } },
		);

		expect(error?.description).toContain(
			`'Dry Run' was turned on for some items: 2 image projects were deleted and 1 image project was checked before the run stopped, and 1 item was not attempted. Deleted: ${first}, ${second}.`,
		);
	});

	it('= Stop Workflow says nothing of a dry run where it is off', async () => {
		const ids = createMany(sandbox(), 1);
		expectDeletionsOf(...ids, 'gone');
		const { error } = await dryRun(withIds(...ids, 'gone'), {
			options: { dryRun: false, ...oneByOne },
		});
		expect(error?.description).toMatch(
			new RegExp(`\\) 1 image project was deleted before the run stopped. Deleted: ${ids[0]}.$`),
		);
	});
});

describe('what is kept of a dry run', () => {
	const retryOnFail = { retryOnFail: true, maxTries: 3 };

	it('is nothing for the next try of Retry On Fail, which looks again', async () => {
		const ids = createMany(sandbox(), 2);
		sandbox().addFaults({ id: ids[1], times: 1, fault: { answer: { status: 403 } } });

		const { json, status } = await dryRun(withIds(...ids), { ...retryOnFail, options: oneByOne });

		expect(status).toBe('success');
		expect(json).toMatchObject(ids.map((id) => ({ id, ...checked })));
		expect(requestLines(sandbox())).toEqual(looksAt(ids[0], ids[1], ids[0], ids[1]));
	});

	it('is nothing in the execution, whatever it met', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ times: 1, fault: { reset: true } });

		const failed = await dryRun(withIds(id, 'gone'), { options: { maxRetries: 0, ...oneByOne } });

		expect(failed.status).toBe('error');
		expect(failed.run.data.executionData?.contextData).toEqual({});
	});

	it('lets a retry of the execution with Dry Run turned off delete for real', async () => {
		const ids = createMany(sandbox(), 2);
		const failing = await dryRun(withIds(...ids, 'gone'), { options: oneByOne });
		expect(failing.status).toBe('error');
		sandbox().projects.create({ id: 'gone' });
		expectDeletionsOf(...ids, 'gone');

		const { json } = await dryRun([], {
			options: { dryRun: false, ...oneByOne },
			retryOf: failing,
		});

		expect(json).toEqual([...ids, 'gone'].map((id) => ({ id, deleted: true })));
	});

	it('does not let a lost look make a later 404 a deletion', async () => {
		sandbox().addFaults({ times: 1, fault: { reset: true } });
		const failing = await dryRun(withIds('gone'), { options: { maxRetries: 0 } });
		expectDeletionsOf('gone');

		const { error } = await dryRun([], { options: { dryRun: false }, retryOf: failing });

		expect(error?.message).toBe('The image project "gone" was not found [item 0]');
	});

	it('is no part of a real try whose items are mixed with it', async () => {
		const ids = createMany(sandbox(), 3);
		sandbox().addFaults({ id: ids[2], times: 1, fault: { answer: { status: 403 } } });
		expectDeletionsOf(ids[0], ids[2], ids[2]);

		const { json } = await dryRun(
			ids.map((id, index) => ({ id, dry: index === 1 })),
			{ ...retryOnFail, options: { dryRun: '={{ $json.dry }}', ...oneByOne } },
		);

		expect(json).toMatchObject([{ deleted: true }, checked, { deleted: true }]);
		expect(requestLines(sandbox()).filter((line) => line.startsWith('GET'))).toHaveLength(2);
	});

	it('knows what the execution that it retries has deleted', async () => {
		const ids = createMany(sandbox(), 3);
		const lost = { reset: true, afterProcessing: true };
		sandbox().addFaults({ id: ids[1], times: 1, fault: lost });
		const failed = await dryRun(withIds(...ids), {
			options: { dryRun: false, maxRetries: 0, ...oneByOne },
		});
		expect(failed.error?.message).toContain('may or may not have been');
		expectDeletionsOf(ids[0], ids[1]);

		const { json } = await dryRun([], { options: oneByOne, retryOf: failed });

		expect(json).toMatchObject([
			{ id: ids[0], ...checked, alreadyDeleted: true },
			{ id: ids[1], ...checked, alreadyDeleted: true },
			{ id: ids[2], ...checked, name: '' },
		]);
		expect(requestLines(sandbox()).slice(2)).toEqual(looksAt(ids[1], ids[2]));
	});

	it('does not take from a later real retry what an execution has deleted', async () => {
		const ids = createMany(sandbox(), 2);
		sandbox().addFaults({ id: ids[1], times: 2, fault: { answer: { status: 403 } } });
		const failed = await dryRun(withIds(...ids), { options: { dryRun: false, ...oneByOne } });
		const dry = await dryRun([], { options: oneByOne, retryOf: failed });
		expect(dry.status).toBe('error');
		expectDeletionsOf(ids[0], ids[1], ids[1]);

		const { json } = await dryRun([], { options: { dryRun: false }, retryOf: dry });

		expect(json).toEqual(ids.map((id) => ({ id, deleted: true })));
	});
});

describe('an agent’s tool', () => {
	const parameters = { resource: 'imageProject', operation: 'delete' };

	it('checks, and then deletes when it is told to', async () => {
		const id = sandbox().projects.create({ isFinished: true });
		expectDeletionsOf(id);
		const call = createTool(sandbox(), {
			...parameters,
			id: "={{ $fromAI('id', '', 'string') }}",
			options: { dryRun: "={{ $fromAI('dry_run', '', 'boolean') }}" },
		});

		const before: unknown = JSON.parse(await call({ id, dry_run: true }));
		const deletion: unknown = JSON.parse(await call({ id, dry_run: false }));
		const after: unknown = JSON.parse(await call({ id, dry_run: true }));

		expect(before).toMatchObject([{ id, ...found }]);
		expect(deletion).toEqual([{ id, deleted: true }]);
		expect(after).toEqual([{ id, ...checked, alreadyDeleted: true }]);
	});

	it('is told that it was a dry run when it fails', async () => {
		const call = createTool(sandbox(), { ...parameters, id: 'gone', options: { dryRun: true } });
		await expect(call({})).rejects.toThrow(`${nothing}.`);
		await expect(call({})).rejects.toThrow('The image project "gone" was not found');
	});

	it.each([null, '', 'maybe'])('deletes nothing when the model says %j', async (value) => {
		const call = createTool(sandbox(), {
			...parameters,
			id: sandbox().projects.create(),
			options: { dryRun: "={{ $fromAI('dry_run', '', 'string') }}" },
		});

		await expect(call({ dry_run: value })).rejects.toThrow(
			"The parameter 'Dry Run' must be true or false",
		);
		expect(requestLines(sandbox())).toEqual([]);
	});
});

/** Resolves when a request has arrived. */
async function untilRequested(): Promise<void> {
	while (sandbox().requests.length === 0) await nextTurn();
}
