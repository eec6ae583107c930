import { requestLines, runMagicHour, toItems, withIds, type NodeSettings } from './magicHour';
import { untilIdle, untilWaiting, useVirtualTime, waitedFor } from './time';
import { useSandbox } from './useSandbox';
import type { ProjectKind, ProjectSetting } from '../sandbox/projects';

const sandbox = useSandbox();

const resources = [
	{ kind: 'image', resource: 'imageProject' },
	{ kind: 'video', resource: 'videoProject' },
	{ kind: 'audio', resource: 'audioProject' },
] as const;

/** Runs Get with the IDs of the items. */
async function get(kind: ProjectKind, ids: unknown[], settings: NodeSettings = {}) {
	const { resource } = resources.find((one) => one.kind === kind) ?? resources[0];
	return await runMagicHour(sandbox(), resource, 'get', toItems(withIds(...ids)), {
		parameters: { id: '={{ $json.id }}' },
		...settings,
	});
}

function create(setting: ProjectSetting = {}): string {
	return sandbox().projects.create({ isFinished: true, ...setting });
}

describe.each(resources)('$kind project → Get', ({ kind, resource }) => {
	it('gives each project as the API does, linked to its input item', async () => {
		sandbox().projects.holdClock();
		const ids = [create({ kind }), sandbox().projects.create({ kind })];

		const { json, items } = await get(kind, ids);

		expect(json).toMatchObject([
			{ id: ids[0], status: 'complete', enabled: true, credits_charged: 5 },
			{ id: ids[1], status: 'queued', downloads: [] },
		]);
		expect(json[0]?.downloads).toHaveLength(1);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(requestLines(sandbox())).toEqual(ids.map((id) => `GET /v1/${kind}-projects/${id}`));
	});

	it('takes a library link of its own kind, and refuses those of others', async () => {
		const id = create({ kind });
		const others = resources.filter((one) => one.kind !== kind);

		const { json } = await get(kind, [`https://magichour.ai/my-library?${kind}Id=${id}`]);
		expect(json).toMatchObject([{ id }]);

		for (const other of others) {
			sandbox().requests.length = 0;
			const { error } = await get(kind, [`https://magichour.ai/my-library?${other.kind}Id=${id}`]);
			expect(error?.message).toContain("The parameter 'Project ID' is the URL of a");
			expect(error?.message).toContain(`${other.kind} project, not of a`);
			expect(requestLines(sandbox())).toEqual([]);
		}
	});

	it('deletes with all the promises of an image project', async () => {
		const [first, second] = [create({ kind }), create({ kind })];
		const wanted = withIds(
			first,
			`https://magichour.ai/my-library?${kind}Id=${second}`,
			'gone',
			first,
		);
		const { json } = await runMagicHour(sandbox(), resource, 'delete', toItems(wanted), {
			parameters: { id: '={{ $json.id }}' },
			onError: 'continueRegularOutput',
		});

		expect(json).toMatchObject([
			{ id: first, deleted: true },
			{ id: second, deleted: true },
			{
				id: 'gone',
				deleted: false,
				error: `The ${kind} project "gone" was not found [item 2]`,
			},
			{ id: first, deleted: true },
		]);
		expect(sandbox().projects.ids()).toEqual([]);
		expect(requestLines(sandbox()).sort()).toEqual(
			[first, second, 'gone'].map((id) => `DELETE /v1/${kind}-projects/${id}`).sort(),
		);
	});

	it('sends nothing for what is no ID', async () => {
		const { error } = await runMagicHour(sandbox(), resource, 'delete', toItems(withIds('..')), {
			parameters: { id: '={{ $json.id }}' },
		});

		expect(error?.message).toBe(
			'The parameter \'Project ID\' is "..", which is not a valid ID [item 0]',
		);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('says what happened when a project is not found', async () => {
		const { error } = await get(kind, ['gone']);

		expect(error?.message).toBe(`The ${kind} project "gone" was not found [item 0]`);
		expect(error?.description).not.toContain('Ignore Already Deleted');
	});
});

describe('the state of a project', () => {
	it.each(['error', 'canceled'] as const)('%s is given as it is', async (outcome) => {
		const { json } = await get('image', [create({ outcome })]);

		expect(json).toMatchObject([{ status: outcome }]);
	});

	it.each([
		['error', 'failed: Please use an image with a detectable face'],
		['canceled', 'was canceled'],
	] as const)('%s fails the item if that is wanted', async (outcome, words) => {
		const id = create({ outcome });
		const { error } = await get('image', [id], { options: { failIfProjectFailed: true } });

		expect(error?.message).toBe(`The image project "${id}" ${words} [item 0]`);
	});

	it('shows a project that is switched off as deleted', async () => {
		const { json } = await get('image', [create({ enabled: false })]);

		expect(json).toMatchObject([{ enabled: false, deleted: true }]);
	});

	it('does not fail while the project is in work', async () => {
		sandbox().projects.holdClock();
		const { json } = await get('image', [sandbox().projects.create()], {
			options: { failIfProjectFailed: true },
		});

		expect(json).toMatchObject([{ status: 'queued' }]);
	});

	it('says that what answers is not Magic Hour', async () => {
		sandbox().addFaults({ fault: { answer: { status: 200, body: { hello: 'world' } } } });
		const { error } = await get('image', ['abc']);

		expect(error?.message).toContain("isn't in Magic Hour's format");
		expect(error?.message).toContain('so the image project "abc" was not retrieved');
	});
});

describe('the answer about another project', () => {
	it.each(['get', 'download', 'wait'])('is none to %s', async (operation) => {
		const [wanted, other] = [create({ id: 'wanted' }), create({ id: 'other' })];
		const downloads = [{ url: `${sandbox().url}/downloads/image/${other}/0-0.png` }];
		const body = { id: other, status: 'complete', enabled: true, downloads };
		sandbox().addFaults({ id: wanted, fault: { answer: { status: 200, body } } });

		const { error } = await get('image', [wanted], {
			...(operation === 'download' && {
				parameters: { id: '={{ $json.id }}', operation, binaryPropertyName: 'data' },
			}),
			options: { waitForCompletion: operation === 'wait' },
		});

		expect(error?.message).toContain("isn't in Magic Hour's format");
		expect(error?.message).toContain('the image project "wanted" was not');
		expect(requestLines(sandbox())).toEqual(['GET /v1/image-projects/wanted']);
	});
});

describe('Wait for Completion', () => {
	const waiting = { waitForCompletion: true };
	useVirtualTime();

	it('gives the project when it is finished', async () => {
		const id = sandbox().projects.create();
		const { json } = await get('image', [id], { options: waiting });

		expect(json).toMatchObject([{ id, status: 'complete' }]);
		expect(requestLines(sandbox()).length).toBeGreaterThan(1);
	});

	it.each([
		[{ outcome: 'error' }, 'failed: Please use an image with a detectable face'],
		[{ outcome: 'canceled' }, 'was canceled'],
		[{ enabled: false }, 'was deleted'],
		[{ isDraft: true }, `has the status "draft" and isn't being generated`],
	] as const)('ends with the reason for %j', async (setting, words) => {
		const id = create(setting);
		const { error } = await get('image', [id], { options: waiting });

		expect(error?.message).toBe(`The image project "${id}" ${words} [item 0]`);
	});

	it('gives a failed project if the item shall not fail', async () => {
		const { json } = await get('image', [create({ outcome: 'error' })], {
			options: { ...waiting, failIfProjectFailed: false },
		});

		expect(json).toMatchObject([{ status: 'error', failureReason: { code: 'no_source_face' } }]);
	});

	it('says that Magic Hour continues when the time is over', async () => {
		sandbox().projects.holdClock();
		const id = sandbox().projects.create();
		const { error } = await get('image', [id], { options: { ...waiting, maxWait: 1 } });

		expect(error?.message).toBe(
			`The image project "${id}" was still in progress after 1 second (status "queued") [item 0]`,
		);
		expect(error?.description).toMatch(
			/^Magic Hour continues with it: to check on it, run Get with the same ID\. To wait longer in later runs, /,
		);
	});

	it('goes on after looks that fail, and ends with one that will not pass', async () => {
		const id = create();
		sandbox().addFaults(
			{ id, times: 1, fault: { reset: true } },
			{ id, times: 1, fault: { answer: { status: 503 } } },
		);
		const { json } = await get('image', [id], { options: { ...waiting, maxRetries: 0 } });
		expect(json).toMatchObject([{ id, status: 'complete' }]);

		sandbox().addFaults({ id: 'abc', fault: { answer: { status: 401 } } });
		const { error } = await get('image', ['abc'], { options: waiting });
		expect(error?.message).toContain('Magic Hour rejected the API key');
	});

	it('holds no place among the parallel requests', async () => {
		const slow = sandbox().projects.create();
		const quick = create();
		const done: string[] = [];
		const { json } = await get('image', [slow, quick], {
			options: { ...waiting, maxParallelRequests: 1 },
		});
		done.push(...requestLines(sandbox()));

		expect(json).toMatchObject([{ id: slow }, { id: quick }]);
		expect(done[1]).toBe(`GET /v1/image-projects/${quick}`);
	});

	it.each([
		['image', [2, 3, 3, 3]],
		['video', [5, 7.5, 11.25, 16.875, 20, 20]],
		['audio', [2, 3, 4.5, 6.75, 10.125, 15, 15]],
	] as const)(
		'looks at an %s project more and more rarely, down to a limit',
		async (kind, waits) => {
			sandbox().projects.holdClock();
			const maxWait = waits.reduce((sum, wait) => sum + wait, 1);
			await get(kind, [sandbox().projects.create({ kind })], { options: { ...waiting, maxWait } });

			const moments = sandbox().requests.map(({ arrivedAt }) => arrivedAt);
			const seconds = moments.map((moment, index) => (moment - (moments[index - 1] ?? 0)) / 1000);
			// The last look is that of the end.
			expect(seconds.slice(1, -1)).toEqual(waits);
		},
	);

	it('stops at once with the execution', async () => {
		const waitedBefore = waitedFor();
		const { status } = await get('image', [sandbox().projects.create()], {
			options: waiting,
			onStart: (cancel) => void untilWaiting().then(cancel),
		});
		await untilIdle();

		expect(status).toBe('canceled');
		expect(waitedFor() - waitedBefore).toBeLessThan(2_000);
		expect(requestLines(sandbox())).toHaveLength(1);
	});

	it('tells the other items that were not finished when one fails', async () => {
		sandbox().projects.holdClock();
		const [slow, quick] = [sandbox().projects.create(), create()];
		const { error } = await get('image', [slow, quick, 'gone', quick, slow], {
			options: { ...waiting, maxParallelRequests: 1 },
		});

		expect(error?.message).toBe('The image project "gone" was not found [item 2]');
		expect(error?.description).toContain(
			'1 image project was retrieved before the run stopped, and 3 items were not completed.',
		);
	});
});

describe('Account → Get', () => {
	it('gives the account', async () => {
		sandbox().credits = 42;
		const { json } = await runMagicHour(sandbox(), 'account', 'get', toItems([{}]));

		expect(json).toMatchObject([{ credits: 42, tier: 'pro', subscription: null }]);
		expect(requestLines(sandbox())).toEqual(['GET /v1/account']);
	});

	it('says that the API key was not accepted', async () => {
		const { error } = await runMagicHour(sandbox(), 'account', 'get', toItems([{}]), {
			credential: { apiKey: 'wrong', baseUrl: sandbox().url },
		});

		expect(error?.message).toBe(
			'Magic Hour rejected the API key, so the account was not retrieved [item 0]',
		);
	});
});
