import { importExamples, projectsOfExamples, readExamples } from '../start/examples';
import type { WorkflowFile } from '../n8n/client';
import { majorOf } from '../n8n/versions';
import { askedFor, deletionOf, onEachVersion } from './frame';

const manualTriggerType = 'n8n-nodes-base.manualTrigger';

onEachVersion('the examples', (frame) => {
	it('are made of nodes that this n8n has', async () => {
		const { n8n, version } = frame();
		const known = (await n8n.nodeTypes()).map(({ name }) => name);
		// Human review of tools came with n8n 2.
		const examples = (await readExamples()).filter(
			({ nodes }) => majorOf(version) >= 2 || !nodes.some(({ type }) => /HitlTool$/.test(type)),
		);
		expect(examples.length).toBeGreaterThan(2);
		for (const { nodes } of examples) {
			for (const { type } of nodes) expect(known).toContain(type);
		}
	});

	it('run, and delete what they say they delete', async () => {
		const { n8n, sandbox, credential } = frame();
		const examples = (await readExamples()).filter(triggerOf);
		for (const id of projectsOfExamples(examples)) sandbox.projects.create({ id });
		const stored = await importExamples(n8n, examples, credential);

		const statuses = await Promise.all(
			stored.map(async (workflow) => {
				const trigger = triggerOf(workflow) ?? '';
				return (await n8n.finished(await n8n.runManually(workflow, trigger))).status;
			}),
		);

		expect(statuses).toEqual(examples.map(() => 'success'));
		expect(sandbox.projects.ids()).toEqual(['banner-for-next-year']);
		expect(askedFor(sandbox.requests)).toEqual(
			expect.arrayContaining(['sunset-over-the-bay', 'lighthouse-at-dusk'].map(deletionOf)),
		);
	});
});

function triggerOf({ nodes }: WorkflowFile): string | undefined {
	return nodes.find(({ type }) => type === manualTriggerType)?.name;
}
