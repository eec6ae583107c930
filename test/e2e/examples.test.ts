import { randomUUID } from 'node:crypto';
import { importExamples, projectsOfExamples, readExamples, withWaitsOf } from '../start/examples';
import { outputItems, type Execution, type WorkflowFile } from '../n8n/client';
import { majorVersion } from '../n8n/versions';
import { countBy } from '../queue/deletionWebhook';
import { required } from '../required';
import { sortedRequests, deleteRequest, describeOnEachVersion } from './fixture';

const manualTriggerType = 'n8n-nodes-base.manualTrigger';
const waitType = 'n8n-nodes-base.wait';

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
		const examples = (await readExamples()).filter(triggerOf).map((file) => withWaitsOf(1, file));
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
			'/v1/text-to-video': 1,
			'/v1/ai-video-translator': 1,
			'/v1/auto-subtitle-generator': 1,
			// What the first steps have made goes into the next ones.
			'/v1/files/upload-urls': expect.any(Number),
		});
		// One of the fifteen is deleted once it is delivered.
		expect(left).toHaveLength(1 + 14);
		expect(sortedRequests(sandbox.requests)).toEqual(
			expect.arrayContaining(['sunset-over-the-bay', 'lighthouse-at-dusk'].map(deleteRequest)),
		);
	});

	describe('the one that checks a long video from time to time', () => {
		const run = async (secondsOfWait: number): Promise<Execution> => {
			const { n8n, credential } = fixture();
			const file = required(
				(await readExamples()).find(({ nodes }) => nodes.some(({ type }) => type === waitType)),
				'example that waits',
			);
			const [stored] = await importExamples(
				n8n,
				[{ ...withWaitsOf(secondsOfWait, file), name: randomUUID() }],
				[credential],
			);
			const workflow = required(stored, 'imported example');
			const id = await n8n.runManually(workflow, triggerOf(workflow) ?? '');
			const execution = await n8n.waitForExecution(id);
			expect(execution.status).toBe('success');
			expect(outputItems(execution, 'Save video')).toEqual([]);
			return execution;
		};
		const checks = (): number =>
			fixture().sandbox.requests.filter(({ url }) => url.startsWith('/v1/video-projects/')).length;
		const failedItems = ({ data }: Execution) =>
			data.resultData.runData['Collect failed videos']?.flatMap(
				({ data: output }) => output?.main?.flat() ?? [],
			);

		it('collects a video that fails, with the reason', async () => {
			const { sandbox } = fixture();
			sandbox.projects.outcome = 'error';
			const execution = await run(1);

			const [id] = sandbox.projects.ids('video');
			expect(failedItems(execution)).toMatchObject([
				{ json: { id, status: 'error', reason: expect.stringContaining('detectable face') } },
			]);
			expect(checks()).toBeGreaterThan(1);
		});

		it('gives up on a video that is still in progress after the last check', async () => {
			const { sandbox } = fixture();
			sandbox.projects.holdClock();
			const execution = await run(0.1);

			const [id] = sandbox.projects.ids('video');
			expect(failedItems(execution)).toMatchObject([
				{ json: { id, status: 'queued', reason: expect.stringContaining('last check') } },
			]);
			expect(checks()).toBe(20);
		});
	});
});

function triggerOf({ nodes }: WorkflowFile): string | undefined {
	return nodes.find(({ type }) => type === manualTriggerType)?.name;
}
