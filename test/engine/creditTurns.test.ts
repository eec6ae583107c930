import type { INodeExecutionData } from 'n8n-workflow';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FaultRule } from '../sandbox/faults';
import { requestLines, runMagicHour, toItems, type NodeResult } from './magicHour';
import { Deferred, untilFullyArrived } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();

const continuing = { onError: 'continueRegularOutput' } as const;
/** Holds the first of such requests back until the function is called. */
function hold(rule: Omit<FaultRule, 'fault'>): () => void {
	const release = new Deferred();
	sandbox().addFaults({ ...rule, times: 1, fault: { until: release.promise } });
	return release.resolve;
}

/** Upscales images of such contents. */
async function upscale(contents: string[], maxCreditsPerRun: number): Promise<NodeResult> {
	const input: INodeExecutionData[] = contents.map((content) => ({
		json: {},
		binary: {
			data: {
				data: Buffer.from(content).toString('base64'),
				mimeType: 'image/png',
				fileName: `${content}.png`,
			},
		},
	}));
	return await runMagicHour(sandbox(), 'imageProject', 'upscale', input, {
		parameters: { image: 'data', output: 'projectId' },
		options: { maxCreditsPerRun },
		...continuing,
	});
}

describe('with Max Credits per Run', () => {
	it('sends nothing beside the first request', async () => {
		const release = hold({ method: 'POST' });
		const running = runMagicHour(
			sandbox(),
			'imageProject',
			'generate',
			toItems([{}, {}, {}, {}, {}]),
			{
				parameters: { prompt: 'A lighthouse', imageCount: 1, output: 'projectId' },
				options: { maxCreditsPerRun: 100 },
				...continuing,
			},
		);
		await untilFullyArrived(sandbox());
		expect(sandbox().requests).toHaveLength(1);
		release();

		const { json } = await running;
		expect(json.map(({ credits_charged: credits }) => credits)).toEqual([5, 5, 5, 5, 5]);
	});

	it('uploads no file beside the first request, and then several', async () => {
		const uploads = () => requestLines(sandbox()).filter((line) => line.endsWith('/upload-urls'));
		const releaseFirst = hold({ endpoint: '/v1/ai-image-upscaler' });
		const running = upscale(['a', 'b', 'c'], 10_000);
		await untilFullyArrived(sandbox());
		expect(uploads()).toHaveLength(1);

		const releaseSecond = hold({ endpoint: '/v1/files/upload-urls' });
		releaseFirst();
		while (uploads().length === 1) await nextTurn();
		await untilFullyArrived(sandbox());
		expect(uploads()).toHaveLength(3);
		releaseSecond();

		const { json } = await running;
		expect(json.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
	});

	it('uploads no file for what does not fit', async () => {
		const { json } = await upscale(['a', 'b', 'c', 'd'], 120);

		expect(json.map(({ credits_charged: credits }) => credits)).toEqual([
			50,
			50,
			undefined,
			undefined,
		]);
		const uploads = sandbox().requests.filter(({ method }) => method === 'PUT');
		expect(uploads).toHaveLength(2);
	});
});
