import { importExamples, projectsOfExamples, readExamples } from '../start/examples';
import type { WorkflowFile } from '../n8n/client';
import { majorVersion } from '../n8n/versions';
import { countBy } from '../queue/deletionWebhook';
import { sortedRequests, deleteRequest, describeOnEachVersion } from './fixture';

const manualTriggerType = 'n8n-nodes-base.manualTrigger';

describeOnEachVersion('the examples', (fixture) => {
	it('are made of nodes that this n8n has', async () => {
		const { n8n, version } = fixture();
		const known = (await n8n.nodeTypes()).map(({ name }) => name);
		// Human review of tools came with n8n 2.
		const examples = (await readExamples()).filter(
			({ nodes }) =>
				majorVersion(version) >= 2 || !nodes.some(({ type }) => /HitlTool$/.test(type)),
		);
		expect(examples.length).toBeGreaterThan(2);
		for (const { nodes } of examples) {
			for (const { type } of nodes) expect(known).toContain(type);
		}
	});

	it('run, make what they say they make, and delete what they say they delete', async () => {
		const { n8n, sandbox, credential } = fixture();
		const examples = (await readExamples()).filter(triggerOf);
		const named = projectsOfExamples(examples);
		for (const id of named) sandbox.projects.create({ id });
		const stored = await importExamples(n8n, examples, [credential]);

		const statuses = await Promise.all(
			stored.map(async (workflow) => {
				const trigger = triggerOf(workflow) ?? '';
				return (await n8n.waitForExecution(await n8n.runManually(workflow, trigger))).status;
			}),
		);

		expect(statuses).toEqual(examples.map(() => 'success'));
		const left = sandbox.projects.ids();
		expect(left.filter((id) => named.includes(id))).toEqual(['banner-for-next-year']);
		const made = sandbox.requests.filter(({ method }) => method === 'POST').map(({ url }) => url);
		expect(countBy(made)).toEqual({
			'/v1/ai-image-generator': 7,
			'/v1/image-background-remover': 1,
			'/v1/ai-image-upscaler': 1,
			'/v1/ai-voice-generator': 1,
			'/v1/ai-talking-photo': 1,
			'/v1/face-detection': 1,
			'/v1/face-swap-photo': 1,
			// What the first steps have made goes into the next ones.
			'/v1/files/upload-urls': expect.any(Number),
		});
		// One of the twelve is deleted once it is delivered.
		expect(left).toHaveLength(1 + 11);
		expect(sortedRequests(sandbox.requests)).toEqual(
			expect.arrayContaining(['sunset-over-the-bay', 'lighthouse-at-dusk'].map(deleteRequest)),
		);
	});
});

function triggerOf({ nodes }: WorkflowFile): string | undefined {
	return nodes.find(({ type }) => type === manualTriggerType)?.name;
}
