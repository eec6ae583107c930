import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialFor } from '../e2e/fixture';
import { modelCredentialFor, startModel, type ModelServer } from '../model/model';
import { callFittingTool } from '../model/script';
import type { Workflow, WorkflowFile } from '../n8n/client';
import { repositoryFolder } from '../n8n/folders';
import { majorVersion } from '../n8n/versions';
import { required } from '../required';
import { importExamples } from '../start/examples';
import { describeInEachEditor } from './fixture';

const folder = join(repositoryFolder, 'examples');
const examples = readdirSync(folder)
	.sort()
	.map((fileName) => ({
		name: fileName.replace(/\.json$/, ''),
		file: JSON.parse(readFileSync(join(folder, fileName), 'utf8')) as WorkflowFile,
	}));

describeInEachEditor('the canvas of an example', (session, version) => {
	let model: ModelServer | undefined;

	afterEach(async () => {
		await model?.close();
		model = undefined;
	});

	const known = examples.filter(
		// Human review of tools came with n8n 2.
		({ file }) =>
			majorVersion(version) >= 2 || !file.nodes.some(({ type }) => /HitlTool$/.test(type)),
	);

	it.each(known)('$name lacks nothing but credentials', async ({ name, file }) => {
		const { n8n, sandbox, editor } = session();
		await editor.setHeight(1000);
		model = await startModel(callFittingTool);
		const credentials = [
			await n8n.createCredential(credentialFor(sandbox)),
			await n8n.createCredential(modelCredentialFor(model)),
		];
		// An example that n8n has by its own name is not imported again.
		const unnamed = { ...file, name: `${file.name} (picture)` };
		const [complete] = await importExamples(n8n, [unnamed], credentials);
		await editor.openWorkflow(required<Workflow>(complete, 'imported example'));
		expect(await editor.nodesWithIssues()).toEqual([]);
		expect(await editor.clippedNotes()).toEqual([]);
		await editor.takeCanvasPicture(`examples/${name}`);
	});
});
