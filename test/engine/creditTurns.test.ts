import type { INodeExecutionData } from 'n8n-workflow';
import type { FaultRule } from '../sandbox/faults';
import { runMagicHour, toItems, type NodeResult } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();

const continuing = { onError: 'continueRegularOutput' } as const;
/** Milliseconds that the first request of a kind takes, in which others would arrive. */
const slow = 100;

function slowDownFirst(rule: Omit<FaultRule, 'fault'>): void {
	sandbox().addFaults({ ...rule, times: 1, fault: { delay: slow } });
}

/** Which requests arrived while one was under way, which had been slowed down. */
function besides(index: number): string[] {
	const { arrivedAt = Infinity } = sandbox().requests[index] ?? {};
	const later = sandbox().requests.slice(index + 1);
	return later.filter((one) => one.arrivedAt < arrivedAt + slow).map(({ url }) => url);
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
		slowDownFirst({ method: 'POST' });
		const { json } = await runMagicHour(
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

		expect(json.map(({ credits_charged: credits }) => credits)).toEqual([5, 5, 5, 5, 5]);
		expect(besides(0)).toEqual([]);
	});

	it('uploads no file beside the first request, and then several', async () => {
		const [uploadUrls, upscaler] = ['/v1/files/upload-urls', '/v1/ai-image-upscaler'];
		slowDownFirst({ endpoint: upscaler });
		slowDownFirst({ endpoint: uploadUrls, skip: 1 });
		const { json } = await upscale(['a', 'b', 'c'], 10_000);

		expect(json.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		const urls = sandbox().requests.map(({ url }) => url);
		expect(besides(urls.indexOf(upscaler))).toEqual([]);
		expect(besides(urls.indexOf(uploadUrls, 1))).toContain(uploadUrls);
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
