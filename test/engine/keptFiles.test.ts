import { ExecuteSingleContext } from 'n8n-core';
import type { IBinaryKeyData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { errorResponse } from '../sandbox/errors';
import { everyOperation, runOperation } from './everyOperation';
import { runMagicHour } from './magicHour';
import { useVirtualTime } from './time';
import { toolType } from './tool';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const picture = { data: 'AAAA', mimeType: 'image/png', fileName: 'group.png' };
const binary: IBinaryKeyData = { data: picture, logo: { ...picture, fileName: 'logo.png' } };

async function run(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	options: INodeParameters = {},
): Promise<INodeExecutionData[]> {
	const input = [{ json: { row: 1 }, binary }];
	const { items, error } = await runMagicHour(sandbox(), resource, operation, input, {
		parameters,
		options,
	});
	expect(error).toBeUndefined();
	return items;
}

describe('the files of the input item', () => {
	const prompt = { prompt: 'A lighthouse' };

	it.each([
		['Project ID', 'imageProject', 'generate', { ...prompt, output: 'projectId' }, {}],
		[
			'Completed Project',
			'imageProject',
			'generate',
			{ ...prompt, output: 'completedProject' },
			{},
		],
		['Get', 'imageProject', 'get', { id: 'a' }, {}],
		['Delete', 'imageProject', 'delete', { id: 'a' }, {}],
		['Dry Run', 'imageProject', 'delete', { id: 'a' }, { dryRun: true }],
		['Get Detected Faces', 'file', 'getDetectedFaces', {}, {}],
		['Detect Faces', 'file', 'detectFaces', { file: 'data' }, {}],
		['Upload', 'file', 'upload', { inputDataFieldName: 'data, logo' }, {}],
		['Account', 'account', 'get', {}, {}],
		['Saved Items', 'savedItem', 'getAll', {}, {}],
	])('are kept by %s', async (_, resource, operation, parameters, options) => {
		sandbox().projects.create({ id: 'a', isFinished: true });
		sandbox().savedItems.add();
		sandbox().savedItems.add();
		const path = 'https://example.com/group.png';
		const { body } = sandbox().faces.start({ assets: { target_file_path: path } });
		const given = operation === 'getDetectedFaces' ? { id: Object(body).id } : parameters;
		const items = await run(resource, operation, given, options);

		expect(items.length).toBeGreaterThan(0);
		for (const item of items) {
			expect(item.binary).toEqual(binary);
			expect(item.pairedItem).toEqual({ item: 0 });
		}
	});

	it.each([
		['Files', 'generate', { ...prompt, output: 'files', binaryPropertyName: 'picture' }],
		['Download', 'download', { id: 'a', binaryPropertyName: 'picture' }],
	])('give way to the files of %s', async (_, operation, parameters) => {
		sandbox().projects.create({ id: 'a', isFinished: true });
		const [item] = await run('imageProject', operation, parameters);

		expect(Object.keys({ ...item?.binary })).toEqual(['picture']);
	});

	it.each(everyOperation())('are kept by a failed item of $title', async (call) => {
		sandbox().addFaults({ fault: { answer: errorResponse(400, 'No') } });
		const { items } = await runOperation(sandbox(), call, { onError: 'continueRegularOutput' });

		expect(items).toMatchObject([{ json: { httpCode: '400' } }]);
		expect(Object.keys({ ...items[0]?.binary })).toEqual(['data']);
	});

	it.each(['generate', 'get'])("are no part of an agent's call: %s", async (operation) => {
		const id = sandbox().projects.create({ isFinished: true });
		const parameters = { ...prompt, id, output: 'projectId' };
		const settings = { parameters, type: toolType };
		const input = [{ json: {}, binary }];
		const { items } = await runMagicHour(sandbox(), 'imageProject', operation, input, settings);

		expect(items).toHaveLength(1);
		expect(items[0]).not.toHaveProperty('binary');
	});

	it('are in an object of their own for each item, as nodes behind may add to it', async () => {
		const items = await run('file', 'detectFaces', { file: 'data', output: 'faces' });
		const [first, second] = items;
		Object.assign(first?.binary ?? {}, { added: picture });

		expect(items).toHaveLength(2);
		expect(second?.binary).toEqual(binary);
		expect(binary).not.toHaveProperty('added');
	});

	it('are no part of an item without any', async () => {
		const id = sandbox().projects.create({ isFinished: true });
		const { items } = await runMagicHour(sandbox(), 'imageProject', 'get', [{ json: {} }], {
			parameters: { id },
		});

		expect(items[0]).not.toHaveProperty('binary');
	});

	it('are not looked for where n8n 1 has no Binary Mode yet', async () => {
		const { prototype } = ExecuteSingleContext;
		Object.defineProperty(prototype, 'getWorkflowSettings', {
			value: undefined,
			configurable: true,
		});
		try {
			const id = sandbox().projects.create({ isFinished: true });
			const { json } = await runMagicHour(sandbox(), 'imageProject', 'delete', [{ json: {} }], {
				parameters: { id },
			});
			expect(json).toEqual([{ id, deleted: true }]);
		} finally {
			Reflect.deleteProperty(prototype, 'getWorkflowSettings');
		}
	});
});
