import MagicHourClient from 'magic-hour';
import { projectKinds } from '../sandbox/projects';
import {
	deleteImageProjects,
	requestLines,
	runMagicHour,
	withIds,
	type NodeSettings,
} from './magicHour';
import { useSandbox } from './useSandbox';
import { required } from '../required';

const sandbox = useSandbox();

function sdk(token = sandbox().apiKey) {
	return new MagicHourClient({ baseUrl: sandbox().url, token });
}

describe('the official SDK', () => {
	it('is content with the sandbox: it creates, gets and deletes an image project', async () => {
		sandbox().projects.holdClock();
		const client = sdk();

		const created = await client.v1.aiImageGenerator.create({
			imageCount: 1,
			orientation: 'landscape',
			style: { prompt: 'A lighthouse', tool: 'general' },
		});
		const project = await client.v1.imageProjects.get({ id: created.id });
		sandbox().projects.advanceClock(10_000);
		const finished = await client.v1.imageProjects.get({ id: created.id });
		await client.v1.imageProjects.delete({ id: created.id });

		expect(created.creditsCharged).toBe(5);
		expect(project).toMatchObject({ id: created.id, status: 'queued', downloads: [] });
		expect(finished).toMatchObject({ status: 'complete', enabled: true, imageCount: 1 });
		expect(finished.downloads).toHaveLength(1);
		expect(sandbox().projects.ids()).toEqual([]);
		await expect(client.v1.imageProjects.get({ id: created.id })).rejects.toThrow();
		await expect(client.v1.imageProjects.delete({ id: created.id })).rejects.toThrow();
		await expect(sdk('wrong').v1.imageProjects.get({ id: 'x' })).rejects.toThrow();
	});

	it.each(['cm6pvghix03bvyz0zwash6noj', '42', 'with-dash_and.dot~tilde', 'ABC'])(
		'sends the same request as the node for the ID %s',
		async (id) => {
			sandbox().projects.create({ id });
			await sdk().v1.imageProjects.delete({ id });
			sandbox().projects.create({ id });
			await deleteImageProjects(sandbox(), withIds(id));

			const [ofSdk, ofNode] = sandbox().requests;
			expect(requestLines(sandbox())).toHaveLength(2);
			for (const part of ['method', 'url', 'body', 'status'] as const) {
				expect(ofNode?.[part]).toEqual(required(ofSdk, 'request of the SDK')[part]);
			}
			expect(ofNode?.headers.authorization).toBe(ofSdk?.headers.authorization);
		},
	);

	it('would delete the wrong thing for an ID that the node refuses', async () => {
		await sdk()
			.v1.imageProjects.delete({ id: '../video-projects/abc' })
			.catch(() => undefined);
		await deleteImageProjects(sandbox(), withIds('../video-projects/abc'));

		expect(requestLines(sandbox())).toEqual(['DELETE /v1/video-projects/abc']);
	});

	const id = 'cm6pvghix03bvyz0zwash6noj';
	const picture = 'https://example.com/group.png';
	const ofProjects = projectKinds.flatMap((kind) =>
		(['get', 'delete'] as const).map((operation) => ({
			name: `${kind} project → ${operation}`,
			resource: `${kind}Project`,
			operation: operation as string,
			parameters: { id } as NodeSettings['parameters'],
			options: {} as NodeSettings['options'],
			bySdk: async () => await sdk().v1[`${kind}Projects`][operation]({ id }),
		})),
	);

	it.each([
		...ofProjects,
		{
			name: 'file → upload',
			resource: 'file',
			operation: 'upload',
			parameters: { inputDataFieldName: 'data' },
			options: {},
			bySdk: async () =>
				await sdk().v1.files.uploadUrls.create({ items: [{ type: 'image', extension: 'png' }] }),
		},
		{
			name: 'file → detectFaces',
			resource: 'file',
			operation: 'detectFaces',
			parameters: { file: picture, output: 'detectionId' },
			options: { confidenceScore: 0.85 },
			bySdk: async () =>
				await sdk().v1.faceDetection.create({
					confidenceScore: 0.85,
					assets: { targetFilePath: picture },
				}),
		},
		{
			name: 'file → getDetectedFaces',
			resource: 'file',
			operation: 'getDetectedFaces',
			parameters: { id },
			options: {},
			bySdk: async () => await sdk().v1.faceDetection.get({ id }),
		},
	])('sends the same request as the node for $name', async (one) => {
		const { resource, operation, parameters, options, bySdk } = one;
		const makeProjects = () => {
			for (const kind of projectKinds) sandbox().projects.create({ id, kind, isFinished: true });
		};
		makeProjects();
		await bySdk().catch(() => undefined);
		makeProjects();
		const data = Buffer.from('a picture').toString('base64');
		const binary = { data: { data, fileName: 'group.png', mimeType: 'image/png' } };
		await runMagicHour(sandbox(), resource, operation, [{ json: {}, binary }], {
			parameters,
			options,
			onError: 'continueRegularOutput',
		});

		const [ofSdk, ofNode] = sandbox().requests.filter(({ url }) => url.startsWith('/v1/'));
		for (const part of ['method', 'url', 'body', 'status'] as const) {
			expect(ofNode?.[part]).toEqual(required(ofSdk, 'request of the SDK')[part]);
		}
		expect(ofNode?.headers.authorization).toBe(ofSdk?.headers.authorization);
	});
});
