import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runMagicHour, toItems, type NodeResult, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { callTool } from './tool';
import { useSandbox } from './useSandbox';
import { required } from '../required';

const sandbox = useSandbox();
useVirtualTime();
const continuing = { onError: 'continueRegularOutput' } as const;

async function generate({ parameters, ...settings }: NodeSettings = {}): Promise<NodeResult> {
	return await runMagicHour(sandbox(), 'imageProject', 'generate', toItems([{}]), {
		...settings,
		parameters: { prompt: 'A lighthouse', imageCount: 1, ...parameters },
	});
}

/** Lets Magic Hour tell another charge of the project than when it was created. */
async function changeCharge(creditsCharged: number): Promise<string> {
	while (sandbox().projects.ids().length === 0) await nextTurn();
	const [id = ''] = sandbox().projects.ids();
	required(sandbox().projects.get('image', id), id).creditsCharged = creditsCharged;
	return id;
}

/** Runs something whose project is charged otherwise as soon as it is created. */
async function withCharge<Result>(credits: number, run: () => Promise<Result>): Promise<Result> {
	const [result] = await Promise.all([run(), changeCharge(credits)]);
	return result;
}

describe('a project that failed', () => {
	beforeEach(() => (sandbox().projects.outcome = 'error'));

	it.each(['completedProject', 'files'])('shows its refund, with Output %s', async (output) => {
		const { json } = await generate({ parameters: { output }, ...continuing });

		const [id] = sandbox().projects.ids();
		expect(json).toEqual([
			expect.objectContaining({
				id,
				magicHour: { id, credits_charged: 0 },
				error: expect.stringContaining('failed: Please use an image with a detectable face'),
			}),
		]);
		expect(sandbox().credits).toBe(10_000);
	});

	it('shows its refund on the error output', async () => {
		const { errorItems } = await generate({ onError: 'continueErrorOutput' });

		const [id] = sandbox().projects.ids();
		expect(errorItems.map(({ json }) => json.magicHour)).toEqual([{ id, credits_charged: 0 }]);
	});

	it('shows its refund where a later try cannot look it up', async () => {
		sandbox().addFaults({ method: 'GET', skip: 4, fault: { answer: { status: 401 } } });
		const { json } = await generate({ ...continuing, retryOnFail: true, maxTries: 4 });

		expect(json).toEqual([
			expect.objectContaining({
				magicHour: expect.objectContaining({ credits_charged: 0 }),
				error: expect.stringContaining('Magic Hour rejected the API key'),
			}),
		]);
		expect(sandbox().projects.ids()).toHaveLength(1);
	});

	it('is refunded to the account, also where it is deleted then', async () => {
		await generate(continuing);
		const [id = ''] = sandbox().projects.ids();
		sandbox().projects.delete(id);

		expect(sandbox().credits).toBe(10_000);
		const [charge] = sandbox().projects.ledger();
		expect(charge).toMatchObject({ id, credits: 5 });
		expect(charge?.refundedAt).toBe(required(charge, id).chargedAt + 4_000);
	});

	it('shows its refund to Get', async () => {
		await generate(continuing);
		const [id = ''] = sandbox().projects.ids();
		const { json } = await runMagicHour(sandbox(), 'imageProject', 'get', toItems([{}]), {
			parameters: { id },
		});

		expect(json).toMatchObject([{ status: 'error', credits_charged: 0 }]);
	});
});

it('of a failed face detection, the charge is the last, too', async () => {
	sandbox().faces.outcome = 'error';
	sandbox().addFaults({
		method: 'POST',
		fault: { answer: { status: 200, body: { id: 'busy', credits_charged: 5 } } },
	});
	const body = { id: 'busy', status: 'error', credits_charged: 0, faces: [] };
	sandbox().addFaults({ method: 'GET', fault: { answer: { status: 200, body } } });
	const { json } = await runMagicHour(sandbox(), 'file', 'detectFaces', toItems([{}]), {
		parameters: { file: 'https://example.com/a.png' },
		...continuing,
	});

	expect(json).toMatchObject([{ id: 'busy', magicHour: { credits_charged: 0 } }]);
});

describe('the charge that was told last', () => {
	it('is that of an item whose wait is over', async () => {
		sandbox().projects.holdClock();
		const options = { maxWait: 60 };
		const { json } = await withCharge(2, async () => await generate({ options, ...continuing }));

		expect(json).toMatchObject([
			{
				magicHour: { credits_charged: 2 },
				error: expect.stringContaining('was still in progress after 60 seconds'),
			},
		]);
	});

	it('is that of an item whose file cannot be had', async () => {
		sandbox().addFaults({ path: '/downloads/', fault: { answer: { status: 404 } } });
		const parameters = { output: 'files' };
		const { json } = await withCharge(2, async () => await generate({ parameters, ...continuing }));

		expect(json).toMatchObject([
			{
				magicHour: { credits_charged: 2 },
				error: expect.stringContaining("Magic Hour's file storage"),
			},
		]);
	});

	it.each([
		['no charge', {}],
		['a charge that is none', { credits_charged: null }],
	])('stays where a look tells %s', async (_, charge) => {
		const answer = { status: 200, body: { id: 'x', credits_charged: 5 } };
		sandbox().addFaults({ method: 'POST', fault: { answer } });
		const body: IDataObject = { id: 'x', status: 'canceled', downloads: [], ...charge };
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 200, body } } });
		const { json } = await generate(continuing);

		expect(json).toMatchObject([{ id: 'x', magicHour: { credits_charged: 5 } }]);
	});

	it('is not that of another project', async () => {
		const body = { id: 'other', status: 'complete', credits_charged: 1, downloads: [] };
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 200, body } } });
		const { json } = await generate(continuing);

		expect(json).toMatchObject([{ magicHour: { credits_charged: 5 } }]);
	});

	it('is that of all files where a link has expired and the project was looked up again', async () => {
		const id = sandbox().projects.create({ isFinished: true, files: 2 });
		sandbox().addFaults({
			path: '/downloads/',
			skip: 1,
			times: 1,
			fault: { answer: { status: 403 } },
		});
		const parameters: INodeParameters = { id, binaryPropertyName: 'data' };
		const running = runMagicHour(sandbox(), 'imageProject', 'download', toItems([{}]), {
			parameters,
		});
		const looks = () => sandbox().requests.filter(({ url }) => url.startsWith('/v1/')).length;
		while (looks() === 0 || sandbox().requests.at(-1)?.status !== 200) await nextTurn();
		required(sandbox().projects.get('image', id), id).creditsCharged = 2;
		const { json } = await running;

		expect(looks()).toBe(2);
		expect(json.map(({ credits_charged: credits }) => credits)).toEqual([2, 2]);
	});

	it('is that of a tool call that ends before', async () => {
		sandbox().projects.holdClock();
		const parameters = {
			resource: 'imageProject',
			operation: 'generate',
			prompt: 'A lighthouse',
			imageCount: 1,
			output: 'completedProject',
		};
		const answer = await withCharge(2, async () => await callTool(sandbox(), parameters));

		expect(JSON.parse(answer)).toMatchObject([{ status: 'queued', credits_charged: 2 }]);
	});

	it('is known to a retry of the execution', async () => {
		sandbox().projects.holdClock();
		const failed = await withCharge(2, async () => await generate({ options: { maxWait: 60 } }));
		expect(failed.status).toBe('error');
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 401 } } });

		const { json } = await generate({ ...continuing, retryOf: failed });

		expect(json).toMatchObject([{ magicHour: { credits_charged: 2 } }]);
		expect(sandbox().projects.ids()).toHaveLength(1);
	});
});
