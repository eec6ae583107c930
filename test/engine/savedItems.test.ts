import type { INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour, toItems, type NodeSettings } from './magicHour';
import { untilWaiting, useVirtualTime, waitedFor } from './time';
import { createTool } from './tool';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const path = '/v1/saved-items';

async function getMany(
	parameters: INodeParameters = {},
	{ input = [{}], ...settings }: NodeSettings & { input?: object[] } = {},
) {
	return await runMagicHour(
		sandbox(),
		'savedItem',
		'getAll',
		toItems(input.map((one) => ({ ...one }))),
		{
			...settings,
			parameters,
		},
	);
}

/** @returns the IDs of so many new saved items, the newest first, as the API lists them */
function save(count: number): string[] {
	return Array.from({ length: count }, () => sandbox().savedItems.add()).reverse();
}

function idsOf(items: object[]): unknown[] {
	return items.map((one) => ('id' in one ? one.id : undefined));
}

/** @returns the page sizes that were asked for, in order; the requests must be those of pages */
function pageSizes(): number[] {
	return requestLines(sandbox()).map((line) => {
		expect(line).toMatch(/^GET \/v1\/saved-items\?limit=\d+/);
		return Number(/limit=(\d+)/.exec(line)?.[1]);
	});
}

function answerPages(...bodies: object[]): void {
	for (const body of bodies) {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 200, body } } });
	}
}

const item = { id: 'a', type: 'voice', name: null, assets: [] };

describe('Saved Item → Get Many', () => {
	it('gives one item each, as Magic Hour describes it, linked to its input item', async () => {
		sandbox().savedItems.add({ type: 'character', name: 'Ada', assets: 2 });
		const { json, items } = await getMany();

		const asset = {
			media_kind: 'IMAGE',
			url: expect.stringMatching(/^http/),
			url_expires_at: expect.any(String),
		};
		expect(json).toEqual([
			{
				id: 'saved-1',
				type: 'character',
				name: 'Ada',
				assets: [
					{
						...asset,
						file_path: 'saved-items/user-of-the-sandbox/saved-1/0.png',
						is_primary: true,
					},
					{
						...asset,
						file_path: 'saved-items/user-of-the-sandbox/saved-1/1.png',
						is_primary: false,
					},
				],
			},
		]);
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
		expect(requestLines(sandbox())).toEqual([`GET ${path}?limit=50`]);
	});

	it('gives none where nothing is saved', async () => {
		expect(await getMany({ returnAll: true })).toMatchObject({ status: 'success', json: [] });
	});

	it('gives 50 unless told otherwise', async () => {
		const ids = save(60);

		expect(idsOf((await getMany()).json)).toEqual(ids.slice(0, 50));
		expect(pageSizes()).toEqual([50]);
	});

	it.each<[limit: number, saved: number, sizes: number[]]>([
		[1, 3, [1]],
		[3, 3, [3]],
		[49, 60, [49]],
		[50, 50, [50]],
		[51, 60, [50, 1]],
		[100, 100, [50, 50]],
		[100, 99, [50, 50]],
		[120, 500, [50, 50, 20]],
		[500, 101, [50, 50, 50]],
	])(
		'with a limit of %i gives no more of %i, and asks for no more',
		async (limit, saved, sizes) => {
			const ids = save(saved);
			const { json } = await getMany({ limit });

			expect(idsOf(json)).toEqual(ids.slice(0, limit));
			expect(pageSizes()).toEqual(sizes);
		},
	);

	it.each([0, 1, 49, 50, 51, 100, 130])('returns all of %i', async (saved) => {
		const ids = save(saved);
		const { json } = await getMany({ returnAll: true, limit: 7 });

		expect(idsOf(json)).toEqual(ids);
		expect(pageSizes()).toHaveLength(Math.max(1, Math.ceil(saved / 50)));
	});

	it.each([
		['character', 'character'],
		['Brand Kit', 'brand_kit'],
		['={{ "VOICE" }}', 'voice'],
	])('gives those of the type %s alone', async (type, sent) => {
		for (const one of ['character', 'voice', 'brand_kit', 'character'] as const) {
			sandbox().savedItems.add({ type: one });
		}
		const { json } = await getMany({ returnAll: true }, { options: { type } });

		expect(json.length).toBeGreaterThan(0);
		expect(json.every((one) => one.type === sent)).toBe(true);
		expect(requestLines(sandbox())).toEqual([`GET ${path}?limit=50&type=${sent}`]);
	});

	it('keeps to the type on every page', async () => {
		for (let count = 0; count < 60; count++) {
			sandbox().savedItems.add({ type: count % 2 === 0 ? 'voice' : 'character' });
		}
		for (let count = 0; count < 60; count++) sandbox().savedItems.add({ type: 'voice' });
		const { json } = await getMany({ returnAll: true }, { options: { type: 'voice' } });

		expect(json).toHaveLength(90);
		expect(requestLines(sandbox())).toEqual([
			`GET ${path}?limit=50&type=voice`,
			expect.stringMatching(/\?limit=50&type=voice&cursor=[\w%=]+$/),
		]);
	});

	it('takes no type for every type', async () => {
		save(2);
		expect((await getMany({}, { options: { type: '' } })).json).toHaveLength(2);
		expect(requestLines(sandbox())).toEqual([`GET ${path}?limit=50`]);
	});

	it('reads its parameters of each input item', async () => {
		const ids = save(3);
		const { json, items } = await getMany(
			{ returnAll: '={{ $json.all }}', limit: '={{ $json.limit }}' },
			{
				input: [
					{ all: false, limit: '1' },
					{ all: 'true', limit: 1 },
					{ all: false, limit: 2 },
				],
			},
		);

		expect(idsOf(json)).toEqual([ids[0], ...ids, ids[0], ids[1]]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 1, 1, 2, 2].map((one) => ({ item: one })),
		);
	});

	it.each<[INodeParameters, string]>([
		[{ limit: 0 }, "'Limit' must be a whole number of 1 or more, but is 0"],
		[{ limit: 1.5 }, "'Limit' must be a whole number of 1 or more, but is 1.5"],
		[{ limit: '={{ "many" }}' }, "'Limit' is not a number"],
		[{ returnAll: '={{ "maybe" }}' }, "'Return All' must be true or false"],
	])('sends nothing with %j', async (parameters, words) => {
		const { error } = await getMany(parameters);

		expect(error?.message).toBe(`The parameter ${words} [item 0]`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([
		[
			'the same cursor twice',
			[
				{ items: [item], next_cursor: 'x' },
				{ items: [item], next_cursor: 'x' },
			],
		],
		[
			'cursors in a circle',
			[
				{ items: [item], next_cursor: 'x' },
				{ items: [], next_cursor: 'y' },
				{ items: [item], next_cursor: 'x' },
			],
		],
	])('ends at %s', async (_, pages) => {
		answerPages(...pages);
		const { error } = await getMany({ returnAll: true });

		expect(error?.message).toContain(
			'returned the same page twice, so the saved item list was not retrieved',
		);
		expect(requestLines(sandbox())).toHaveLength(pages.length);
	});

	it.each([
		[{ items: 'none', next_cursor: null }],
		[{ items: [item, 'b'], next_cursor: null }],
		[{ items: [{ name: 'without an ID' }], next_cursor: null }],
		[{ items: [item], next_cursor: 5 }],
		[{ items: [item], next_cursor: '' }],
		[{ next_cursor: null }],
		[[item]],
	])('does not take %j for a page', async (body) => {
		answerPages(body);
		const { error, json } = await getMany({ returnAll: true });

		expect(error?.message).toContain("isn't in Magic Hour's format");
		expect(json).toEqual([]);
	});

	it('gives no more than the limit, whatever the page has', async () => {
		answerPages({ items: [item, item, item], next_cursor: 'x' });

		expect((await getMany({ limit: 2 })).json).toHaveLength(2);
		expect(requestLines(sandbox())).toHaveLength(1);
	});

	it('tells that the key is wrong', async () => {
		const credential = { apiKey: 'mhk_live_wrong', baseUrl: sandbox().url };
		const { error } = await getMany({}, { credential });

		expect(error?.message).toContain('API key');
		expect(error?.httpCode).toBe('401');
	});

	it('sends a page again that failed on the way, and no other', async () => {
		const ids = save(60);
		sandbox().addFaults(
			{ method: 'GET', skip: 1, times: 1, fault: { answer: { status: 500 } } },
			{ method: 'GET', times: 1, fault: { reset: true } },
		);
		const { json } = await getMany({ returnAll: true });

		expect(idsOf(json)).toEqual(ids);
		const [first, ...others] = requestLines(sandbox());
		expect(first).toBe(`GET ${path}?limit=50`);
		expect(new Set(others).size).toBe(1);
		expect(others).toHaveLength(3);
		expect(waitedFor()).toBeGreaterThan(0);
	});

	it('gives the error of an item where On Error is Continue, and the saved items of the others', async () => {
		save(1);
		const { json } = await getMany(
			{ limit: '={{ $json.limit }}' },
			{ input: [{ limit: 0 }, { limit: 5 }], onError: 'continueRegularOutput' },
		);

		expect(json).toEqual([
			expect.objectContaining({
				error: expect.stringContaining("'Limit' must be a whole number of 1 or more, but is 0"),
			}),
			expect.objectContaining({ id: 'saved-1' }),
		]);
	});

	it('sends no further page when it is stopped', async () => {
		save(60);
		sandbox().addFaults({ method: 'GET', skip: 1, fault: { answer: { status: 503 } } });
		const { status } = await getMany(
			{ returnAll: true },
			{ onStart: (cancel) => void untilWaiting().then(cancel) },
		);

		expect(status).toBe('canceled');
		expect(requestLines(sandbox())).toHaveLength(2);
	});

	it('is a tool for agents', async () => {
		const ids = save(3);
		const call = createTool(sandbox(), {
			resource: 'savedItem',
			operation: 'getAll',
			limit: 2,
			options: {},
		});

		const answer: unknown = JSON.parse(await call({}));
		expect(JSON.stringify(answer)).toContain(`"${ids[0]}"`);
		expect(JSON.stringify(answer)).not.toContain(`"${ids[2]}"`);
	});
});

describe('an asset of a saved item', () => {
	it.each([
		['its path', '={{ $json.assets[0].file_path }}'],
		[
			'the asset as it is, of which the path counts and not the URL that expires',
			'={{ $json.assets[0] }}',
		],
	])('stands for a file: %s', async (_, image) => {
		sandbox().savedItems.add({ type: 'reference' });
		const { json } = await getMany();
		sandbox().requests.length = 0;
		const { error } = await runMagicHour(sandbox(), 'imageProject', 'colorize', toItems(json), {
			parameters: { image, output: 'projectId' },
		});

		expect(error).toBeUndefined();
		expect(sandbox().requests).toMatchObject([
			{
				url: '/v1/photo-colorizer',
				body: { assets: { image_file_path: 'saved-items/user-of-the-sandbox/saved-1/0.png' } },
			},
		]);
	});
});
