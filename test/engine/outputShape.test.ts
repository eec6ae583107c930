import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ProjectKind, ProjectSetting } from '../sandbox/projects';
import { runMagicHour, toItems } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const leading = ['id', 'name', 'status', 'url', 'downloads', 'credits_charged'];

/** Runs an operation of a project that there is. */
async function run(
	operation: string,
	setting: ProjectSetting = {},
	options: INodeParameters = {},
): Promise<IDataObject> {
	const { kind = 'image' } = setting;
	const id = sandbox().projects.create({ isFinished: true, ...setting });
	const { json } = await runMagicHour(sandbox(), `${kind}Project`, operation, toItems([{}]), {
		parameters: { id, binaryPropertyName: 'data' },
		options,
	});
	return { ...json[0] };
}

/** Runs Get where the API answers this of the project "a". */
async function getWhere(body: IDataObject): Promise<IDataObject> {
	sandbox().addFaults({ method: 'GET', fault: { answer: { status: 200, body } } });
	const { json, error } = await runMagicHour(sandbox(), 'imageProject', 'get', toItems([{}]), {
		parameters: { id: 'a' },
	});
	expect(error).toBeUndefined();
	return { ...json[0] };
}

describe('the item of a project', () => {
	it.each(
		(['image', 'video', 'audio'] as ProjectKind[]).flatMap((kind) => [
			[kind, 'get'],
			[kind, 'download'],
		]),
	)('of the kind %s begins with what is useful, in %s', async (kind, operation) => {
		const json = await run(operation, { kind: kind as ProjectKind, files: 2, name: 'Lighthouse' });

		expect(Object.keys(json).slice(0, leading.length)).toEqual(leading);
		expect(json).toMatchObject({ name: 'Lighthouse', status: 'complete', credits_charged: 5 });
		expect(json.url).toBe(Object(json.downloads)[0].url);
		expect(json.url).toMatch(/^http.*\/downloads\//);
	});

	it.each(['completedProject', 'files'])('begins so where it is generated: %s', async (output) => {
		const { json } = await runMagicHour(sandbox(), 'imageProject', 'generate', toItems([{}]), {
			parameters: { prompt: 'A lighthouse', output, binaryPropertyName: 'data' },
			options: { name: 'Lighthouse' },
		});

		expect(Object.keys({ ...json[0] }).slice(0, leading.length)).toEqual(leading);
	});

	it.each(['image', 'video', 'audio'] as const)(
		'has no field of a %s that is deprecated or empty',
		async (kind) => {
			const json = await run('get', { kind });

			expect(json).not.toHaveProperty('total_frame_cost');
			expect(json).not.toHaveProperty('download');
			expect(Object.values(json)).not.toContain(null);
			expect(Object.values(json)).not.toContain('');
			expect(json).toMatchObject({ enabled: true, type: expect.any(String) });
		},
	);

	it('keeps the empty list of downloads, and has no URL, while there is no file', async () => {
		sandbox().projects.holdClock();
		const json = await run('get', { isFinished: false });

		expect(json).toMatchObject({ status: 'queued', downloads: [] });
		expect(json).not.toHaveProperty('url');
	});

	it('says last why it failed', async () => {
		const json = await run('get', { outcome: 'error' });

		expect(Object.keys(json).at(-1)).toBe('failureReason');
		expect(json).toMatchObject({ failureReason: { code: 'no_source_face' } });
	});

	it('says that it was deleted', async () => {
		expect(await run('get', { enabled: false })).toMatchObject({ enabled: false, deleted: true });
	});

	it('has whatever else the API sends, behind what is known', async () => {
		const json = await getWhere({
			...{ frame_cost: 1, estimated_frame_cost: 2, total_frame_cost: 3, download: { url: 'x' } },
			...{ zebra: 0, nested: { empty: null }, nothing: null, status: 'complete', id: 'a' },
			...{ credits_charged: 5, downloads: [{ url: 'https://x/1', expires_at: null }], name: '' },
		});

		expect(Object.entries(json)).toEqual([
			['id', 'a'],
			['status', 'complete'],
			['url', 'https://x/1'],
			['downloads', [{ url: 'https://x/1', expires_at: null }]],
			['credits_charged', 5],
			['zebra', 0],
			['nested', { empty: null }],
		]);
	});

	it.each([
		['no file', []],
		['files whose URLs are none', [{ url: '' }, { url: 'ftp://x/1' }, { url: 'javascript:1' }]],
	])('has no URL where there is %s', async (_, downloads) => {
		const json = await getWhere({ id: 'a', status: 'complete', url: 'https://x/0', downloads });

		expect(json).toEqual({ id: 'a', status: 'complete', downloads });
	});

	it('has the first URL that is one', async () => {
		const downloads = [{ url: '' }, { url: 'https://x/2' }];

		expect(await getWhere({ id: 'a', status: 'complete', downloads })).toMatchObject({
			url: 'https://x/2',
		});
	});

	it.each([
		['text', 'https://x/1'],
		['a number', 7],
		['an object', { url: 'https://x/1' }],
		['a list of texts', ['https://x/1']],
		['a list of nothing', [null]],
		['a list of URLs that are none', [{ url: 7 }]],
		['a list of empty URLs', [{ url: '' }]],
	])('is given as it is where the downloads are %s', async (_, downloads) => {
		const json = await getWhere({ id: 'a', status: 'complete', downloads });

		expect(json).toEqual({ id: 'a', status: 'complete', downloads });
	});
});
