import type { INodeExecutionData } from 'n8n-workflow';
import type { FaultRule } from '../sandbox/faults';
import type { ProjectKind, ProjectSetting } from '../sandbox/projects';
import { contentOf } from '../sandbox/storage';
import { requestLines, runMagicHour, toItems, withIds, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const resources = {
	image: { resource: 'imageProject', mimeType: 'image/png', extension: 'png' },
	video: {
		resource: 'videoProject',
		mimeType: 'video/mp4',
		extension: 'mp4',
	},
	audio: {
		resource: 'audioProject',
		mimeType: 'audio/mpeg',
		extension: 'mp3',
	},
};

async function download(ids: unknown[], settings: NodeSettings = {}, kind: ProjectKind = 'image') {
	const { resource } = resources[kind];
	return await runMagicHour(sandbox(), resource, 'download', toItems(withIds(...ids)), {
		...settings,
		parameters: {
			id: '={{ $json.id }}',
			binaryPropertyName: 'data',
			...settings.parameters,
		},
	});
}

function create(setting: ProjectSetting = {}): string {
	return sandbox().projects.create({ isFinished: true, ...setting });
}

function bytesOf(item: INodeExecutionData | undefined, field = 'data'): Buffer {
	return Buffer.from(item?.binary?.[field]?.data ?? '', 'base64');
}

/** @returns the requests to the storage, without their signatures */
function downloads(): string[] {
	return requestLines(sandbox())
		.filter((line) => line.includes('/downloads/'))
		.map((line) => line.replace(/\?.*/, ''));
}

describe.each(Object.keys(resources) as ProjectKind[])('%s project → Download', (kind) => {
	it('gives an item for each file, with its bytes, name and type', async () => {
		const { mimeType, extension } = resources[kind];
		const ids = [create({ kind, files: 2 }), create({ kind })] as const;

		const { items } = await download([...ids], {}, kind);

		const expected = [
			[ids[0], 0],
			[ids[0], 1],
			[ids[1], 0],
		] as const;
		expect(items).toHaveLength(3);
		for (const [index, [id, file]] of expected.entries()) {
			expect(bytesOf(items[index])).toEqual(await sandbox().storage.fileOf(kind, id, file));
			expect(items[index]?.binary?.data).toMatchObject({
				fileName: `${id}${file === 0 ? '' : '-2'}.${extension}`,
				fileExtension: extension,
				mimeType,
			});
			expect(items[index]?.json).toMatchObject({ id, status: 'complete' });
			expect(items[index]?.pairedItem).toEqual({ item: ids.indexOf(id) });
		}
	});
});

describe('Download', () => {
	it('puts the file into the field that is named', async () => {
		const id = create();
		const { items } = await download([id], { parameters: { binaryPropertyName: 'picture' } });

		expect(bytesOf(items[0], 'picture')).toEqual(await sandbox().storage.fileOf('image', id));
	});

	it('sends no API key to the storage', async () => {
		await download([create()]);

		const [toApi, toStorage] = sandbox().requests;
		expect(toApi?.headers.authorization).toBe(`Bearer ${sandbox().apiKey}`);
		expect(toStorage?.url).toContain('/downloads/');
		expect(JSON.stringify(toStorage?.headers)).not.toContain(sandbox().apiKey);
		expect(toStorage?.headers).not.toHaveProperty('authorization');
	});

	it('waits for a project in work, if that is wanted', async () => {
		const id = sandbox().projects.create();
		const { items } = await download([id], { options: { waitForCompletion: true } });

		expect(bytesOf(items[0])).toEqual(await sandbox().storage.fileOf('image', id));
	});

	it.each<[string, ProjectSetting, string]>([
		['in work', { isFinished: false }, 'is still in progress (status "queued")'],
		['failed', { outcome: 'error' }, 'failed: Please use an image with a detectable face'],
		['canceled', { outcome: 'canceled' }, 'was canceled'],
		['deleted', { enabled: false }, 'was deleted'],
		['without files', { files: 0 }, 'is complete, but Magic Hour lists no files for it'],
	])('says that a project is %s', async (_, setting, words) => {
		sandbox().projects.holdClock();
		const id = create(setting);
		const { error } = await download([id]);

		expect(error?.message).toBe(`The image project "${id}" ${words} [item 0]`);
		expect(downloads()).toEqual([]);
	});

	it.each([400, 401, 403, 404, 410])(
		'fetches a link that has expired (%i) anew, once',
		async (status) => {
			const id = create();
			const headers = { 'content-type': 'application/xml' };
			const body = '<Error><Code>ExpiredToken</Code></Error>';
			sandbox().addFaults({
				path: '/downloads/',
				times: 1,
				fault: { answer: { status, headers, body } },
			});
			const { items } = await download([id]);

			expect(bytesOf(items[0])).toEqual(await sandbox().storage.fileOf('image', id));
			expect(requestLines(sandbox()).filter((line) => line.includes('/v1/'))).toHaveLength(2);
		},
	);

	it('says what the storage answered when the new link does not work either', async () => {
		const id = create();
		sandbox().addFaults({
			path: '/downloads/',
			fault: { answer: { status: 403, body: '<Error>' } },
		});
		const { error } = await download([id]);

		expect(error?.message).toBe(
			`Magic Hour's file storage responded with status 403, so file 1 of the image project "${id}" was not downloaded [item 0]`,
		);
		expect(downloads()).toHaveLength(2);
	});

	it.each<[string, FaultRule['fault']]>([
		['503', { answer: { status: 503 } }],
		['a reset', { reset: true }],
		['a file that is cut off', { cutOff: true }],
	])('tries again after %s, and gives the whole file', async (_, fault) => {
		const id = create({ fileSize: 100_000 });
		sandbox().addFaults({ path: '/downloads/', times: 2, fault });
		const { items } = await download([id]);

		expect(bytesOf(items[0])).toEqual(contentOf(id, 0, 100_000));
		expect(downloads()).toHaveLength(3);
	});

	it('gives no file that is cut off every time', async () => {
		const id = create({ fileSize: 100_000 });
		sandbox().addFaults({ path: '/downloads/', fault: { cutOff: true } });
		const { items, json } = await download([id], {
			onError: 'continueRegularOutput',
			options: { maxRetries: 1 },
		});

		expect(items[0]?.binary).toBeUndefined();
		expect(json).toEqual([
			{
				id,
				error: expect.stringMatching(
					/^The connection to .* was closed before a response arrived, so file 1 of the image project ".*" was not downloaded \[item 0\]$/,
				),
				description: expect.stringContaining('after 1 retry'),
				httpCode: null,
				magicHour: null,
			},
		]);
	});

	it.each<[string, NonNullable<FaultRule['fault']['answer']>]>([
		['a web page', { status: 200, body: '<html>' }],
		['a notice', { status: 200, body: { message: 'Not here' } }],
		['nothing', { status: 200, body: '', headers: { 'content-type': 'image/png' } }],
		['no content', { status: 204 }],
	])('takes %s for no file', async (_, answer) => {
		sandbox().addFaults({ path: '/downloads/', fault: { answer } });
		const id = create();
		const { error } = await download([id]);

		expect(error?.message).toBe(
			`Magic Hour's file storage responded without the file, so file 1 of the image project "${id}" was not downloaded [item 0]`,
		);
	});

	it('has no more requests in flight than allowed', async () => {
		sandbox().addFaults({ path: '/downloads/', fault: { delay: 30 } });
		const ids = Array.from({ length: 12 }, () => create());
		const { items } = await download(ids, { options: { maxParallelRequests: 3 } });

		expect(items).toHaveLength(12);
		expect(sandbox().highestInFlight).toBeLessThanOrEqual(3);
	});

	it('refuses an output field without a name', async () => {
		const { error } = await download([create()], { parameters: { binaryPropertyName: ' ' } });

		expect(error?.message).toBe("The parameter 'Put Output File in Field' is empty [item 0]");
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('keeps the input fields on the error output', async () => {
		const { errorItems } = await download(['gone'], { onError: 'continueErrorOutput' });

		expect(errorItems).toMatchObject([
			{ json: { id: 'gone', error: 'The image project "gone" was not found [item 0]' } },
		]);
	});
});
