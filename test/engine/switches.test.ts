import type { INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour, toItems, withIds } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

/** A switch as a sheet, a model or an expression gives it. */
const on = [true, 'true', 'TRUE', ' True\n', '={{ $json.on }}'];
const off = [false, 'false', 'FALSE', ' False ', undefined, null, '', ' '];
const neither = [
	'yes',
	'on',
	1,
	0,
	'truefalse',
	'={{ [true] }}',
	'={{ {} }}',
	'={{ undefined + 1 }}',
];

async function run(operation: string, id: string, options: Record<string, unknown>) {
	const isOfFile = operation === 'getDetectedFaces';
	return await runMagicHour(
		sandbox(),
		isOfFile ? 'file' : 'imageProject',
		operation,
		toItems([{ on: 'true' }]),
		{ parameters: { id }, options: options as INodeParameters },
	);
}

describe('Ignore Already Deleted', () => {
	it.each(on)('is on for %j', async (ignoreAlreadyDeleted) => {
		const { json } = await run('delete', 'gone', { ignoreAlreadyDeleted });
		expect(json).toEqual([{ id: 'gone', deleted: true, alreadyDeleted: true }]);
	});

	it.each(off)('is off for %j', async (ignoreAlreadyDeleted) => {
		const { error } = await run('delete', 'gone', { ignoreAlreadyDeleted });
		expect(error?.message).toContain('was not found');
	});
});

describe('Wait for Completion', () => {
	it.each(on)('is on for %j', async (waitForCompletion) => {
		const { json } = await run('get', sandbox().projects.create(), { waitForCompletion });
		expect(json).toMatchObject([{ status: 'complete' }]);
	});

	it.each(off)('is off for %j', async (waitForCompletion) => {
		sandbox().projects.holdClock();
		const { json } = await run('get', sandbox().projects.create(), { waitForCompletion });
		expect(json).toMatchObject([{ status: 'queued' }]);
	});
});

describe('Fail on Unsuccessful Project', () => {
	const failed = () => sandbox().projects.create({ outcome: 'error', isFinished: true });

	it.each(on)('is on for %j', async (failIfProjectFailed) => {
		const { error } = await run('get', failed(), { failIfProjectFailed });
		expect(error?.message).toContain('failed');
	});

	it.each([false, 'false', 'FALSE', ' False '])('is off for %j', async (failIfProjectFailed) => {
		const options = { failIfProjectFailed, waitForCompletion: true };
		const { json } = await run('get', failed(), options);
		expect(json).toMatchObject([{ status: 'error' }]);
	});

	it.each([undefined, null, '', ' '])('goes with the wait for %j', async (failIfProjectFailed) => {
		const { json } = await run('get', failed(), { failIfProjectFailed });
		expect(json).toMatchObject([{ status: 'error' }]);
		const waiting = { failIfProjectFailed, waitForCompletion: 'true' };
		expect((await run('get', failed(), waiting)).error?.message).toContain('failed');
	});
});

describe('One Item per Face', () => {
	const detect = async () => {
		const { json } = await runMagicHour(sandbox(), 'file', 'detectFaces', [{ json: {} }], {
			parameters: { file: 'https://example.com/group.jpg' },
		});
		return String(json[0]?.id);
	};

	it.each(on)('is on for %j', async (itemPerFace) => {
		const options = { itemPerFace, waitForCompletion: true };
		const { json } = await run('getDetectedFaces', await detect(), options);
		expect(json[0]).toMatchObject({ index: 0, detectionId: expect.any(String) });
	});

	it.each(off)('is off for %j', async (itemPerFace) => {
		const options = { itemPerFace, waitForCompletion: true };
		const { json } = await run('getDetectedFaces', await detect(), options);
		expect(json).toMatchObject([{ faces: expect.any(Array) }]);
	});
});

describe.each([
	['Dry Run', 'dryRun', 'delete'],
	['Ignore Already Deleted', 'ignoreAlreadyDeleted', 'delete'],
	['Wait for Completion', 'waitForCompletion', 'get'],
	['Wait for Completion', 'waitForCompletion', 'download'],
	['Fail on Unsuccessful Project', 'failIfProjectFailed', 'get'],
	['One Item per Face', 'itemPerFace', 'getDetectedFaces'],
])('%s (%s of %s)', (displayName, name, operation) => {
	it.each(neither)('is refused before anything is sent for %j', async (value) => {
		const { error } = await run(operation, 'x', { [name]: value });
		expect(error?.message).toBe(`The parameter '${displayName}' must be true or false [item 0]`);
		expect(error?.description).toContain('Nothing was sent');
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a choice', () => {
	const bodyWith = async (resource: string, operation: string, options: INodeParameters) => {
		const { error } = await runMagicHour(sandbox(), resource, operation, toItems(withIds(1)), {
			parameters: { prompt: 'A lighthouse', imageCount: '1', duration: '5', output: 'projectId' },
			options,
		});
		return error ?? sandbox().requests[0]?.body;
	};

	it.each(['4k', '4K', ' 4k '])('may be written as a person does: %j', async (resolution) => {
		expect(await bodyWith('imageProject', 'generate', { resolution })).toMatchObject({
			resolution: '4k',
		});
	});

	it.each(['kling-2.6', 'Kling-2.6', 'Kling 2.6', 'KLING 2.6'])(
		'may be given by its label: %j',
		async (model) => {
			const options = { model, maxRetries: '0', maxParallelRequests: ' 2 ' };
			expect(await bodyWith('videoProject', 'generateFromText', options)).toMatchObject({
				model: 'kling-2.6',
			});
		},
	);

	it.each(['Landscape', 'landscape)', '16'])(
		'goes to the API as it is where it could be several, or none: %j',
		async (aspectRatio) => {
			expect(await bodyWith('imageProject', 'generate', { aspectRatio })).toMatchObject({
				message: expect.stringContaining('aspect_ratio: must be one of'),
			});
			expect(sandbox().requests).toMatchObject([{ body: { aspect_ratio: aspectRatio } }]);
		},
	);
});
