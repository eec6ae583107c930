import { outputItems, type StoredCredential, type WorkflowFile } from '../n8n/client';
import { readExamples } from '../start/examples';
import { sortedRequests, deleteRequest, createFixture, type Fixture } from './fixture';
import { suiteServers, testedServers } from './servers';
import {
	chain,
	deleteNode,
	items,
	noOp,
	manualTrigger,
	credentialReference,
	workflow,
} from './workflows';

const ways = suiteServers().flatMap(({ version: from }) =>
	testedServers().flatMap(({ version: to }) => (to === from ? [] : [{ from, to }])),
);

if (ways.length > 0) {
	describe.each(ways)('a workflow made on n8n $from and taken to n8n $to', ({ from, to }) => {
		const opened: Fixture[] = [];

		const openFixture = async (version: string): Promise<Fixture> => {
			const fixture = await createFixture(version);
			opened.push(fixture);
			return fixture;
		};

		afterEach(async () => {
			await Promise.all(opened.splice(0).map(async ({ sandbox }) => await sandbox.close()));
		});

		it('opens with all that it had, and runs', async () => {
			const origin = await openFixture(from);
			const destination = await openFixture(to);
			const { n8n, sandbox, credential } = destination;
			const project = sandbox.projects.create();
			const made = await origin.n8n.importWorkflow(
				workflow(
					'Made elsewhere',
					[
						manualTrigger(),
						...items([{ project }, { project: 'not-there' }]),
						deleteNode(origin.credential, {
							options: { ignoreAlreadyDeleted: true, maxParallelRequests: 2 },
							onError: 'continueErrorOutput',
						}),
						noOp('Deleted'),
					],
					chain('Start', 'Objects', 'Items', 'Delete', 'Deleted'),
				),
			);

			const exported = await origin.n8n.exportWorkflow(made);
			const taken = await n8n.importWorkflow(withCredential(exported, credential));

			const opensAs = await n8n.exportWorkflow(taken);
			expect(opensAs.nodes).toEqual(withCredential(exported, credential).nodes);
			expect(opensAs.connections).toEqual(exported.connections);

			const execution = await n8n.waitForExecution(await n8n.runManually(taken, 'Start'));
			expect(execution.status).toBe('success');
			expect(outputItems(execution, 'Deleted').map(({ json }) => json)).toEqual([
				{ id: project, deleted: true },
				{ id: 'not-there', deleted: true, alreadyDeleted: true },
			]);
			expect(sortedRequests(sandbox.requests)).toEqual(
				[deleteRequest(project), deleteRequest('not-there')].sort(),
			);
			expect(origin.sandbox.requests).toEqual([]);
		});
	});
}

describe.each(testedServers())('the examples on n8n $version', ({ version }) => {
	it('run as they are', async () => {
		const { n8n, sandbox, credential } = await createFixture(version);
		try {
			for (const id of ['sunset-over-the-bay', 'portrait-of-a-cat'])
				sandbox.projects.create({ id });
			const example = (await readExamples()).find(({ name }) => name === 'Delete Image Projects');
			if (example === undefined) throw new Error('The example is not there');
			const stored = await n8n.importWorkflow({
				...withCredential(example, credential),
				// An example that n8n has by its own name is not imported again.
				name: 'Example to exchange',
			});
			const trigger = stored.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');

			const execution = await n8n.waitForExecution(
				await n8n.runManually(stored, trigger?.name ?? ''),
			);

			expect(execution.status).toBe('success');
			expect(outputItems(execution, 'Collect deleted projects').map(({ json }) => json)).toEqual([
				{ id: 'sunset-over-the-bay', deleted: true },
				{ id: 'portrait-of-a-cat', deleted: true },
				{ id: 'project-that-is-already-gone', deleted: true, alreadyDeleted: true },
			]);
			expect(outputItems(execution, 'Collect failed projects')[0]?.json.error).toContain('video');
			expect(sandbox.projects.ids()).toEqual([]);
		} finally {
			await sandbox.close();
		}
	});
});

/** What a person does after an import: chooses the credential of this n8n. */
function withCredential(file: WorkflowFile, credential: StoredCredential): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		if (!node.type.startsWith('n8n-nodes-magic-hour.')) return node;
		return { ...node, credentials: credentialReference(credential) };
	});
	return { ...file, nodes };
}
