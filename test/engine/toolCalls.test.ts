import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { requestLines } from './magicHour';
import { useVirtualTime } from './time';
import { createTool, imageGeneration } from './tool';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const lost = { reset: true, afterProcessing: true };

/** @returns what an agent of n8n calls, which tries each call three times */
function tool(parameters: INodeParameters): (args: IDataObject) => Promise<string> {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	return createTool(sandbox(), parameters, settings);
}

const generating = { ...imageGeneration, options: {} };

function posts(): string[] {
	return requestLines(sandbox()).filter((line) => line.startsWith('POST'));
}

describe('a call of a tool', () => {
	it.each([
		['generation', generating],
		[
			'face detection',
			{
				resource: 'file',
				operation: 'detectFaces',
				file: 'https://example.com/a.png',
				options: {},
			},
		],
	])('sends one POST for a %s, however often n8n tries it', async (_, parameters) => {
		sandbox().addFaults({ method: 'POST', fault: lost });

		await expect(tool(parameters)({})).rejects.toThrow('An earlier try got no usable response');

		expect(posts()).toHaveLength(1);
	});

	it('goes on with its project in the next try', async () => {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });

		const response = await tool({ ...generating, output: 'completedProject' })({});

		expect(response).toContain('"status":"complete"');
		expect(posts()).toHaveLength(1);
	});

	it('that the model makes again is a new one', async () => {
		const call = tool(generating);
		sandbox().addFaults({ method: 'POST', times: 1, fault: lost });
		await expect(call({})).rejects.toThrow('An earlier try got no usable response');

		const response = await call({});

		expect(response).toContain('"credits_charged":5');
		expect(posts()).toHaveLength(2);
	});

	it('is told apart from another that runs at the same time', async () => {
		const call = tool(generating);
		await Promise.all([call({}), call({})]);
		expect(posts()).toHaveLength(2);
	});

	it('that waits says what it created, and what another call does', async () => {
		sandbox().addFaults({ method: 'GET', fault: { answer: { status: 401 } } });
		const failing = tool({ ...generating, output: 'completedProject' })({});

		await expect(failing).rejects.toThrow('Magic Hour rejected the API key');
		const [id] = sandbox().projects.ids();
		await expect(failing).rejects.toThrow(
			`Created: ${id}. To check on it, use Get with its ID. Another call generates and charges again.`,
		);
	});

	it('deletes once, and finds that an earlier try has done it', async () => {
		const id = sandbox().projects.create();
		sandbox().addFaults({ id, times: 1, fault: lost });
		const deletion = {
			resource: 'imageProject',
			operation: 'delete',
			id,
			options: { maxRetries: 0 },
		};

		const call = tool(deletion);
		expect(await call({})).toBe(JSON.stringify([{ id, deleted: true }]));
		expect(await call({})).toBe(JSON.stringify([{ id, deleted: true }]));

		expect(requestLines(sandbox())).toHaveLength(2);
	});
});
