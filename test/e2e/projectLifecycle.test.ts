import { createHash } from 'node:crypto';
import type { ProjectKind } from '../sandbox/projects';
import { contentOf } from '../sandbox/storage';
import { describeOnEachVersion, type Fixture } from './fixture';
import { chain, items, manualTrigger, node, credentialReference, workflow } from './workflows';
import { outputItems } from '../n8n/client';

const fileSize = 300_000;

describeOnEachVersion('the life of a project: wait, download, upload, delete', (fixture) => {
	it.each([
		['image', 'imageProject'],
		['video', 'videoProject'],
		['audio', 'audioProject'],
	] as const)('of an %s keeps every byte', async (kind, resource) => {
		const { n8n, sandbox } = fixture();
		const id = sandbox.projects.create({ kind, files: 2, fileSize });
		const stored = await n8n.importWorkflow(lifecycleWorkflow(fixture(), id, resource));

		const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));

		expect(execution.status).toBe('success');
		expect(outputItems(execution, 'Download').map(({ json }) => json)).toMatchObject([
			{ id, status: 'complete' },
			{ id, status: 'complete' },
		]);
		expect(outputItems(execution, 'Delete').map(({ json }) => json)).toEqual([
			{ id, deleted: true },
			{ id, deleted: true },
		]);
		expect(uploadedBytes(fixture())).toEqual([hashOf(id, 0), hashOf(id, 1)].sort());
		expect(sandbox.projects.ids()).toEqual([]);
		expect(deletions(fixture(), kind)).toEqual([`/v1/${kind}-projects/${id}`]);
	});
});

/** Uploads what it has downloaded, so that the sandbox sees the bytes that went through n8n. */
function lifecycleWorkflow({ credential }: Fixture, id: string, resource: string) {
	const magicHour = (name: string, parameters: object) =>
		node(name, 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
			credentials: credentialReference(credential),
		});
	return workflow(
		'Life of a project',
		[
			manualTrigger(),
			...items([{ project: id }]),
			magicHour('Download', {
				resource,
				operation: 'download',
				id: '={{ $json.project }}',
				binaryPropertyName: 'data',
				options: { waitForCompletion: true },
			}),
			magicHour('Upload', {
				resource: 'file',
				operation: 'upload',
				inputDataFieldName: 'data',
				options: {},
			}),
			magicHour('Delete', {
				resource,
				operation: 'delete',
				id: "={{ $('Download').item.json.id }}",
				options: {},
			}),
		],
		chain('Start', 'Objects', 'Items', 'Download', 'Upload', 'Delete'),
	);
}

function uploadedBytes({ sandbox }: Fixture): string[] {
	return [...sandbox.storage.uploads.values()].map(({ sha256 }) => sha256).sort();
}

function hashOf(id: string, index: number): string {
	const content = contentOf(id, index, fileSize);
	if (!(content instanceof Buffer)) throw new Error('The file is too large for this test');
	return createHash('sha256').update(content).digest('hex');
}

function deletions({ sandbox }: Fixture, kind: ProjectKind): string[] {
	return sandbox.requests
		.filter(({ method, url }) => method === 'DELETE' && url.includes(kind))
		.map(({ url }) => url);
}
