import { outputItems } from '../n8n/client';
import { majorVersion } from '../n8n/versions';
import { describeOnEachVersion, type Fixture } from './fixture';
import { chain, credentialReference, items, manualTrigger, node, workflow } from './workflows';

describeOnEachVersion('files from one node to the next', (fixture) => {
	it.each([
		['data'],
		['={{ $binary.data }}'],
		['={{ Object.values($binary) }}'],
		["={{ $('Download').item.binary.data }}"],
	])('are given as %s', async (given) => {
		await expectUpload(fixture(), given, {});
	});

	it.each([
		['data'],
		['_files.data'],
		['={{ $json._files.data }}'],
		["={{ $('Download').item._files.data }}"],
	])('are given as %s, with the Binary Mode "combined" of n8n 2', async (given) => {
		if (majorVersion(fixture().version) < 2) return;
		await expectUpload(fixture(), given, { binaryMode: 'combined' });
	});
});

/** Downloads a file, uploads it and uses it for a project. */
async function expectUpload(at: Fixture, given: string, settings: object): Promise<void> {
	const { n8n, sandbox, credential } = at;
	const id = sandbox.projects.create({ kind: 'image', isFinished: true });
	const magicHour = (name: string, parameters: object) =>
		node(name, 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
			credentials: credentialReference(credential),
		});
	const file = workflow(
		'Files from one node to the next',
		[
			manualTrigger(),
			...items([{ project: id }]),
			magicHour('Download', {
				...{ resource: 'imageProject', operation: 'download', id: '={{ $json.project }}' },
				...{ binaryPropertyName: 'data', options: {} },
			}),
			magicHour('Upload', {
				...{ resource: 'file', operation: 'upload', inputDataFieldName: given, options: {} },
			}),
			magicHour('Upscale', {
				...{ resource: 'imageProject', operation: 'upscale', image: given, scaleFactor: 2 },
				...{ output: 'projectId', options: {} },
			}),
		],
		[
			...chain('Start', 'Objects', 'Items', 'Download', 'Upload'),
			{ from: 'Download', to: 'Upscale' },
		],
	);
	const stored = await n8n.importWorkflow({
		...file,
		settings: { executionOrder: 'v1', ...settings },
	});
	const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));

	expect(execution.status).toBe('success');
	expect(outputItems(execution, 'Upload').map(({ json }) => json)).toMatchObject([
		{ type: 'image', extension: 'png' },
	]);
	expect(outputItems(execution, 'Upscale')).toHaveLength(1);
	expect(sandbox.storage.uploads.size).toBe(2);
	if ('binaryMode' in settings) {
		expect(outputItems(execution, 'Download')[0]?.json).toMatchObject({
			_files: { data: { mimeType: 'image/png' } },
		});
	}
}
