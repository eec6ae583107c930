import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { FaultRule } from '../sandbox/faults';
import { requestLines, runMagicHour, toItems, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const generation = 'POST /v1/ai-image-generator';

async function generate(
	{ parameters, ...settings }: NodeSettings = {},
	items = toItems([{ text: 'A lighthouse at dusk' }]),
) {
	return await runMagicHour(sandbox(), 'imageProject', 'generate', items, {
		...settings,
		parameters: { prompt: '={{ $json.text }}', imageCount: 1, output: 'projectId', ...parameters },
	});
}

async function swapFace(
	{ parameters, ...settings }: NodeSettings = {},
	items: INodeExecutionData[] = [withPictures()],
) {
	return await runMagicHour(sandbox(), 'imageProject', 'swapFace', items, {
		...settings,
		parameters: {
			image: 'data',
			faceSwapMode: 'all-faces',
			newFace: 'face',
			output: 'projectId',
			...parameters,
		},
	});
}

function withPictures(group = 'a group', face = 'a face'): INodeExecutionData {
	const picture = (content: string) => ({
		data: Buffer.from(content).toString('base64'),
		fileName: `${content}.png`,
		mimeType: 'image/png',
	});
	return { json: {}, binary: { data: picture(group), face: picture(face) } };
}

function bodiesOf(line: string): unknown[] {
	return sandbox()
		.requests.filter(({ method, url }) => `${method} ${url}` === line)
		.map(({ body }) => body);
}

/** @returns the path under which the sandbox keeps an uploaded file of this content */
function pathOf(content: string): string | undefined {
	return [...sandbox().storage.uploads].find(
		([, file]) => file.content?.toString() === content,
	)?.[0];
}

function linesTo(method: string): string[] {
	return requestLines(sandbox()).filter((line) => line.startsWith(method));
}

describe('Output', () => {
	it('Job gives the ID and the credits at once, linked to the input item', async () => {
		const { items } = await generate({}, toItems([{ text: 'one' }, { text: 'two' }]));

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items.map(({ json }) => json.id).sort()).toEqual(sandbox().projects.ids().sort());
		expect(items[0]?.json).toEqual({ id: expect.any(String), credits_charged: 5 });
		expect(linesTo('GET')).toEqual([]);
	});

	it('Completed Project is the default, and waits', async () => {
		const { json } = await generate({ parameters: { output: 'completedProject' } });

		expect(json).toMatchObject([{ status: 'complete', credits_charged: 5, enabled: true }]);
		expect(json[0]?.downloads).toHaveLength(1);
		expect(linesTo('POST')).toHaveLength(1);
	});

	it('Files gives each file as binary, with its project', async () => {
		const { items } = await generate({
			parameters: { output: 'files', binaryPropertyName: 'picture' },
		});

		const [id] = sandbox().projects.ids();
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({ json: { id, status: 'complete' }, pairedItem: { item: 0 } });
		expect(Buffer.from(items[0]?.binary?.picture?.data ?? '', 'base64')).toEqual(
			await sandbox().storage.fileOf('image', String(id)),
		);
	});

	it('tells the job also where the wait is over before it is finished', async () => {
		sandbox().projects.holdClock();
		const { json } = await generate({
			parameters: { output: 'completedProject' },
			options: { maxWait: 1 },
			onError: 'continueRegularOutput',
		});

		const [id] = sandbox().projects.ids();
		expect(json).toEqual([
			expect.objectContaining({
				id,
				magicHour: { id, credits_charged: 5 },
				error: `The image project "${id}" was still in progress after 1 second (status "queued") [item 0]`,
				description: expect.stringContaining('Magic Hour continues with it'),
			}),
		]);
	});
});

describe('files', () => {
	it('are uploaded, each once for all fields and items that have it', async () => {
		const twoFields = withPictures('the same', 'the same');
		const { json } = await swapFace({}, [withPictures(), withPictures(), twoFields]);

		expect(json).toHaveLength(3);
		expect(sandbox().storage.uploads.size).toBe(3);
		const body = (target: string, face: string) => ({
			assets: {
				face_swap_mode: 'all-faces',
				target_file_path: pathOf(target),
				source_file_path: pathOf(face),
			},
		});
		expect(bodiesOf('POST /v1/face-swap-photo')).toEqual(
			expect.arrayContaining([body('a group', 'a face'), body('the same', 'the same')]),
		);
	});

	it('of a list are uploaded as well, beside what the list says', async () => {
		const url = 'https://example.com/face.png';
		await swapFace({
			parameters: {
				faceSwapMode: 'individual-faces',
				faceMappings: {
					mapping: [
						{ originalFace: 'api-assets/1/0-0.png', newFace: 'face' },
						{ originalFace: '={{ "api-assets/1/0-1.png" }}', newFace: url },
					],
				},
			},
		});

		expect(bodiesOf('POST /v1/face-swap-photo')).toEqual([
			{
				assets: {
					face_swap_mode: 'individual-faces',
					target_file_path: pathOf('a group'),
					face_mappings: [
						{ original_face: 'api-assets/1/0-0.png', new_face: pathOf('a face') },
						{ original_face: 'api-assets/1/0-1.png', new_face: url },
					],
				},
			},
		]);
	});

	it.each<[string, INodeParameters, string]>([
		['no mapping', { faceMappings: {} }, "'Face Mappings' is empty"],
		[
			'a mapping without its face',
			{
				faceMappings: { mapping: [{ originalFace: 'api-assets/1/0-0.png', newFace: '={{ "" }}' }] },
			},
			"'Face Mappings 1: New Face' is empty",
		],
		[
			'six mappings',
			{
				faceMappings: {
					mapping: Array.from({ length: 6 }, () => ({
						originalFace: 'api-assets/1/0-0.png',
						newFace: 'face',
					})),
				},
			},
			"'Face Mappings' can have up to 5 entries, but has 6",
		],
	])('are not uploaded with %s', async (_, parameters, words) => {
		const { error } = await swapFace({
			parameters: { faceSwapMode: 'individual-faces', ...parameters },
		});

		expect(error?.message).toBe(`The parameter ${words} [item 0]`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('that the storage does not take leave nothing created, and say so', async () => {
		sandbox().addFaults({ method: 'PUT', path: '/uploads/', fault: { answer: { status: 403 } } });
		const { error } = await swapFace();

		expect(error?.message).toBe(
			'Magic Hour\'s file storage responded with status 403, so the file "a group.png" was not uploaded [item 0]',
		);
		expect(bodiesOf('POST /v1/face-swap-photo')).toEqual([]);
	});
});

describe('a job that costs credits', () => {
	const lost: FaultRule = { method: 'POST', fault: { reset: true, afterProcessing: true } };

	it('is never asked for again after a lost answer, also not by Retry On Fail', async () => {
		sandbox().addFaults(lost);
		const { error } = await generate({
			options: { name: 'Harbor' },
			retryOnFail: true,
			maxTries: 3,
		});

		expect(bodiesOf(generation)).toHaveLength(1);
		expect(error?.message).toBe(
			'An earlier try got no usable response, so the image project named "Harbor" may or may not have been created [item 0]',
		);
		expect(error?.description).toMatch(
			/^The node didn't retry, because that could charge you twice\. Before you run this item again, check your library \(https:.*\) for a project created around \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/,
		);
	});

	it.each([500, 502, 503, 504])('is not asked for again after %i', async (status) => {
		sandbox().addFaults({ method: 'POST', fault: { answer: { status } } });
		const { error } = await generate();

		expect(bodiesOf(generation)).toHaveLength(1);
		expect(error?.message).toContain('so the image project may or may not have been created');
	});

	it('says that it was not sent once more, if it was sent again after 429', async () => {
		sandbox().addFaults({ method: 'POST', times: 2, fault: { answer: { status: 429 } } });
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 503 } } });
		const { error } = await generate();

		expect(bodiesOf(generation)).toHaveLength(3);
		expect(error?.description).toMatch(
			/^The node didn't retry again, because that could charge you twice\. .* \(HTTP 503 after 2 retries.*\)$/,
		);
	});

	it('is asked for again after 429, since it was surely not taken', async () => {
		sandbox().addFaults({ method: 'POST', times: 2, fault: { answer: { status: 429 } } });
		const { json } = await generate();

		expect(json).toHaveLength(1);
		expect(sandbox().projects.ids()).toHaveLength(1);
	});

	it('is not asked for again by Retry On Fail after its wait failed', async () => {
		sandbox().addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
		const { json } = await generate({
			parameters: { output: 'completedProject' },
			retryOnFail: true,
			maxTries: 2,
		});

		expect(json).toMatchObject([{ status: 'complete' }]);
		expect(bodiesOf(generation)).toHaveLength(1);
	});

	it.each([
		...['', '.', '..', '../account', 'a/b', 'a?b', 'a#b', 'a\\b', '%2e%2e', 'undefined', ' a'],
		...['a\n', 'abc\u200b', 'a\u2028b', 42, null],
	])('is not looked up where its ID is %j, and never asked for again', async (id) => {
		const answer = { status: 200, body: { id, credits_charged: 5 } };
		sandbox().addFaults({ method: 'POST', fault: { afterProcessing: true, answer } });
		const { error } = await generate({
			parameters: { output: 'completedProject' },
			retryOnFail: true,
			maxTries: 2,
		});

		expect(error?.message).toBe(
			`The response from ${new URL(sandbox().url).host} isn't in Magic Hour's format, so the image project may or may not have been created [item 0]`,
		);
		expect(error?.description).toContain('check your library');
		expect(requestLines(sandbox())).toEqual([generation]);
	});

	it('is told of, and another one is not taken for it', async () => {
		const other = sandbox().projects.create({ id: 'other', isFinished: true });
		const answer = { status: 200, body: { id: other, status: 'complete', downloads: [] } };
		sandbox().addFaults({ method: 'GET', fault: { answer } });
		const { json } = await generate({
			parameters: { output: 'completedProject' },
			onError: 'continueRegularOutput',
		});

		const id = sandbox()
			.projects.ids()
			.find((one) => one !== other);
		expect(json).toEqual([
			expect.objectContaining({
				id,
				error: expect.stringContaining(`so the image project "${id}" was not retrieved`),
			}),
		]);
	});

	it('is told of when another item stops the workflow', async () => {
		sandbox().addFaults({
			method: 'POST',
			skip: 2,
			fault: { answer: { status: 402, body: { code: 'insufficient_credits', message: 'No' } } },
		});
		const { error } = await generate(
			{ parameters: { output: 'completedProject' }, options: { maxParallelRequests: 1 } },
			toItems([{ text: 'one' }, { text: 'two' }, { text: 'three' }, { text: 'four' }]),
		);

		const ids = sandbox().projects.ids();
		expect(ids).toHaveLength(2);
		expect(error?.message).toBe(
			"The Magic Hour account doesn't have enough credits, so the image project was not created [item 2]",
		);
		expect(error?.description).toContain('To see how many credits are left, use Account → Get.');
		expect(error?.description).toContain(
			`2 image projects were created before the run stopped, and 3 items were not completed. Created: ${ids.join(', ')}.`,
		);
		expect(bodiesOf(generation)).toHaveLength(3);
	});
});
