import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour, toItems, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

type Settings = Omit<NodeSettings, 'id'>;

/** Runs an operation with n8n's Retry On Fail. */
async function withRetryOnFail(
	operation: string,
	input: IDataObject[],
	parameters: INodeParameters,
	settings: Settings = {},
) {
	return await runMagicHour(sandbox(), 'imageProject', operation, toItems(input), {
		retryOnFail: true,
		maxTries: 3,
		...settings,
		parameters,
	});
}

describe('the item of a success has no error, which n8n would take for a failure', () => {
	it('of a good project, in Get', async () => {
		const id = sandbox().projects.create({ isFinished: true });
		const { json } = await withRetryOnFail('get', [{ id }], { id });

		expect(json).toMatchObject([{ id, status: 'complete' }]);
		expect(json[0]).not.toHaveProperty('error');
		expect(requestLines(sandbox())).toEqual([`GET /v1/image-projects/${id}`]);
	});

	it('of a file, in Download and in what generates', async () => {
		const id = sandbox().projects.create({ isFinished: true });
		const downloaded = await withRetryOnFail('download', [{}], { id });
		const generated = await withRetryOnFail('generate', [{}], { prompt: 'A', output: 'files' });

		for (const { items } of [downloaded, generated]) {
			expect(items).toMatchObject([{ json: { status: 'complete' }, binary: { data: {} } }]);
			expect(items[0]?.json).not.toHaveProperty('error');
		}
	});

	it('of a failed project either, whose reason has another name', async () => {
		const id = sandbox().projects.create({ outcome: 'error', isFinished: true });
		const { json, status } = await withRetryOnFail('get', [{ id }], { id });

		expect(status).toBe('success');
		expect(json).toMatchObject([
			{
				id,
				status: 'error',
				failureReason: { code: 'no_source_face', message: expect.any(String) },
			},
		]);
		expect(json[0]).not.toHaveProperty('error');
		expect(requestLines(sandbox())).toEqual([`GET /v1/image-projects/${id}`]);
	});

	it('and leaves by the first output', async () => {
		const id = sandbox().projects.create({ outcome: 'error', isFinished: true });
		const { json, errorItems } = await withRetryOnFail(
			'get',
			[{ id }],
			{ id },
			{ onError: 'continueErrorOutput' },
		);

		expect(json).toMatchObject([{ id, status: 'error' }]);
		expect(errorItems).toEqual([]);
	});
});

describe('the error output, when a project was generated and a later step failed', () => {
	const settings: Settings = {
		parameters: { prompt: '={{ $json.text }}', imageCount: 1, output: 'completedProject' },
		options: { maxWait: 1 },
		onError: 'continueErrorOutput',
	};

	it('has the whole input and the project, each under its own name', async () => {
		sandbox().projects.holdClock();
		const file = { data: 'AAAA', mimeType: 'image/png', fileName: 'a.png' };
		const { json, errorItems } = await runMagicHour(
			sandbox(),
			'imageProject',
			'generate',
			[
				{ json: { id: 'row-1', text: 'one' }, binary: { data: file } },
				{ json: { id: 'row-2', text: '', status: 'kept' } },
				{ json: { id: 'row-3', text: 'three' } },
			],
			settings,
		);

		expect(json).toEqual([]);
		const errorOf = (id: unknown) =>
			`The image project "${String(id)}" was still in progress after 1 second (status "queued")`;
		const ids = errorItems.map(({ json: { magicHour } }) => Object(magicHour).id);
		expect([ids[0], ids[2]].sort()).toEqual(sandbox().projects.ids().sort());
		expect(errorItems).toEqual([
			{
				json: {
					id: 'row-1',
					text: 'one',
					error: `${errorOf(ids[0])} [item 0]`,
					message: expect.stringContaining('Magic Hour continues with it'),
					magicHour: { id: ids[0], credits_charged: 5 },
				},
				binary: { data: file },
				pairedItem: { item: 0 },
			},
			{
				json: {
					id: 'row-2',
					text: '',
					status: 'kept',
					error: expect.stringContaining('Prompt'),
					message: expect.stringContaining('[item 1]'),
				},
				pairedItem: { item: 1 },
			},
			{
				json: {
					id: 'row-3',
					text: 'three',
					error: `${errorOf(ids[2])} [item 2]`,
					message: expect.any(String),
					magicHour: { id: ids[2], credits_charged: 5 },
				},
				pairedItem: { item: 2 },
			},
		]);
	});

	it('has it also where the node is run without another before it', async () => {
		sandbox().projects.holdClock();
		const { errorItems } = await runMagicHour(
			sandbox(),
			'imageProject',
			'generate',
			toItems([{}]),
			{
				...settings,
				parameters: { ...settings.parameters, prompt: 'A lighthouse' },
				startsAlone: true,
			},
		);

		const [id] = sandbox().projects.ids();
		expect(errorItems.map(({ json }) => json)).toEqual([
			{
				error: expect.stringContaining('was still in progress after 1 second'),
				message: expect.stringContaining('Magic Hour continues with it'),
				magicHour: { id, credits_charged: 5 },
			},
		]);
	});

	it('has the project once with Retry On Fail, which waits again for the same', async () => {
		sandbox().projects.holdClock();
		const { errorItems } = await runMagicHour(
			sandbox(),
			'imageProject',
			'generate',
			toItems([{ id: 'row-1', text: 'one' }]),
			{ ...settings, retryOnFail: true, maxTries: 2 },
		);

		const [id, ...others] = sandbox().projects.ids();
		expect(others).toEqual([]);
		expect(errorItems.map(({ json }) => json)).toMatchObject([
			{ id: 'row-1', magicHour: { id, credits_charged: 5 } },
		]);
	});

	it('has the items that the next nodes see linked to their input, and plain', async () => {
		sandbox().projects.holdClock();
		const { record } = await runMagicHour(
			sandbox(),
			'imageProject',
			'generate',
			toItems([{ id: 'row-1', text: 'one' }]),
			settings,
		);

		expect(record).toContain('"magicHour":{"id":');
		expect(record).not.toContain('NodeApiError');
	});
});

describe('a face detection that was started, when its wait fails', () => {
	const settings: Settings = {
		parameters: { file: 'https://example.com/group.png' },
		options: { maxWait: 1 },
	};

	it('is told with On Error = Continue', async () => {
		sandbox().projects.holdClock();
		const { json } = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}]), {
			...settings,
			onError: 'continueRegularOutput',
		});

		expect(json).toEqual([
			{
				id: expect.any(String),
				error: expect.stringContaining('was still in progress after 1 second'),
				description: expect.any(String),
				httpCode: null,
				magicHour: { id: json[0]?.id, credits_charged: expect.any(Number) },
			},
		]);
	});

	it('is told on the error output', async () => {
		sandbox().projects.holdClock();
		const { errorItems } = await runMagicHour(
			sandbox(),
			'file',
			'detectFaces',
			toItems([{ id: 'row-1' }]),
			{ ...settings, onError: 'continueErrorOutput' },
		);

		expect(errorItems.map(({ json }) => json)).toMatchObject([
			{ id: 'row-1', magicHour: { id: expect.any(String), credits_charged: expect.any(Number) } },
		]);
	});
});
