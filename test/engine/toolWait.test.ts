import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour } from './magicHour';
import { useVirtualTime, waitedFor } from './time';
import { callTool, toolType } from './tool';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

type Call = (parameters: INodeParameters) => Promise<IDataObject[]>;

/** An AI agent calls its tools itself, or leaves that to n8n's engine; so does what serves MCP clients. */
const callers: Array<[string, Call]> = [
	[
		'an agent that calls it itself',
		async (parameters) => JSON.parse(await callTool(sandbox(), parameters)) as IDataObject[],
	],
	[
		'an agent whose tools n8n calls',
		async ({ resource, operation, options, ...parameters }) => {
			const { json, error } = await runMagicHour(
				sandbox(),
				String(resource),
				String(operation),
				[{ json: {} }],
				{ type: toolType, parameters, options: options as INodeParameters },
			);
			if (error !== undefined) throw new Error(error.message);
			return json;
		},
	],
];

const generation = {
	resource: 'imageProject',
	operation: 'generate',
	prompt: 'A lighthouse',
	imageCount: 1,
	output: 'completedProject',
	options: {},
};
const waiting = { waitForCompletion: true };

/** @returns how long the node has waited meanwhile, in seconds */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
	const before = waitedFor();
	await work();
	return (waitedFor() - before) / 1000;
}

describe.each(callers)('a tool that waits, called by %s', (_, call) => {
	/** Lets projects and detections stay as they are. */
	const keepInProgress = () => sandbox().projects.holdClock();

	it.each(['completedProject', 'files'])(
		'tells after 50 s which project it has created, with Output %s',
		async (output) => {
			keepInProgress();
			let items: IDataObject[] = [];
			const seconds = await secondsOf(async () => {
				items = await call({ ...generation, output });
			});

			expect(seconds).toBeGreaterThan(48);
			expect(seconds).toBeLessThan(52);
			const [id] = sandbox().projects.ids();
			expect(items).toEqual([
				{
					id,
					status: 'queued',
					credits_charged: 5,
					message: `Magic Hour is still generating the image project. Don't generate it again, because that charges credits again. To check on it later, run Get with the ID "${id}".`,
				},
			]);
		},
	);

	it('gives the project that is complete before', async () => {
		const [item] = await call(generation);
		expect(item).toMatchObject({ status: 'complete', downloads: [{ url: expect.any(String) }] });
	});

	it('still fails with a project that has failed', async () => {
		const id = sandbox().projects.create({ outcome: 'error' });
		const parameters = { resource: 'imageProject', operation: 'get', id, options: waiting };
		await expect(call(parameters)).rejects.toThrow('failed');
	});

	it.each([
		['get', 'imageProject', 'image project', 'image'],
		['download', 'videoProject', 'video project', 'video'],
	] as const)(
		'tells after 50 s that %s has to be run again',
		async (operation, resource, noun, kind) => {
			keepInProgress();
			const id = sandbox().projects.create({ kind });
			let items: IDataObject[] = [];
			const seconds = await secondsOf(async () => {
				items = await call({ resource, operation, id, options: waiting });
			});

			expect(seconds).toBeGreaterThan(48);
			expect(seconds).toBeLessThan(52);
			expect(items).toEqual([
				{
					id,
					status: 'queued',
					message: `The ${noun} is still in progress. To check on it later, run Get with the ID "${id}".`,
				},
			]);
		},
	);

	it('tells after 50 s which face detection it has started, and what Get Detected Faces sees', async () => {
		sandbox().addFaults({
			method: 'GET',
			fault: { answer: { status: 200, body: { id: 'busy', status: 'rendering', faces: [] } } },
		});
		const file = 'https://example.com/a.png';
		const answer = { status: 200, body: { id: 'busy', credits_charged: 0 } };
		sandbox().addFaults({ method: 'POST', fault: { answer } });
		const [started] = await call({
			resource: 'file',
			operation: 'detectFaces',
			file,
			options: {},
		});
		expect(started).toEqual({
			id: 'busy',
			status: 'rendering',
			credits_charged: 0,
			message:
				'The face detection is still in progress. Don\'t start another one for the same file. To check on it later, run Get Detected Faces with the ID "busy".',
		});

		const options = { ...waiting, itemPerFace: true };
		const parameters = { resource: 'file', operation: 'getDetectedFaces', id: 'busy', options };
		expect(await call(parameters)).toEqual([
			{
				id: 'busy',
				status: 'rendering',
				message:
					'The face detection is still in progress. To check on it later, run Get Detected Faces with the ID "busy".',
			},
		]);
	});

	it('says so where nobody has seen the status', async () => {
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 503 } } });
		const [item] = await call(generation);

		const [id] = sandbox().projects.ids();
		expect(item).toEqual({
			id,
			credits_charged: 5,
			message: `Magic Hour has accepted the image project, but its status isn't known yet. Don't generate it again, because that charges credits again. To check on it later, run Get with the ID "${id}".`,
		});
	});

	it.each([120, '120', 20])('waits as long as the user has set: %j s', async (maxWait) => {
		keepInProgress();
		const options = { maxWait };
		const seconds = await secondsOf(
			async () =>
				await expect(call({ ...generation, options })).rejects.toThrow(
					'was still in progress after',
				),
		);
		expect(Math.abs(seconds - Number(maxWait))).toBeLessThan(3);
		expect(requestLines(sandbox()).filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});

	it.each([undefined, '', ' ', null, '={{ $json.nothing }}'])(
		'takes %j for no maximum',
		async (maxWait) => {
			keepInProgress();
			const [item] = await call({ ...generation, options: { maxWait } as INodeParameters });
			expect(item).toMatchObject({ status: 'queued', message: expect.any(String) });
		},
	);
});

describe('the maximum that a model fills in', () => {
	it('is the maximum', async () => {
		sandbox().projects.holdClock();
		const maxWait = "={{ $fromAI('seconds', 'How long to wait', 'number') }}";
		const parameters = { ...generation, options: { maxWait } };
		const seconds = await secondsOf(
			async () =>
				await expect(callTool(sandbox(), parameters, { seconds: 7 })).rejects.toThrow(
					'was still in progress after 7 seconds',
				),
		);
		expect(Math.abs(seconds - 7)).toBeLessThan(3);
	});
});

describe('a node that no agent calls', () => {
	it('waits 1800 s, and then fails', async () => {
		sandbox().projects.holdClock();
		const { resource, operation, options, ...parameters } = generation;
		const { error } = await runMagicHour(sandbox(), resource, operation, [{ json: {} }], {
			parameters,
			options,
		});
		expect(error?.message).toContain('was still in progress after 1800 seconds');
	});
});
