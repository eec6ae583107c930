import { randomUUID } from 'node:crypto';
import type { WorkflowNode } from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { describeOnEachVersion, type Fixture } from './fixture';
import { waitUntil } from './waitUntil';
import {
	chain,
	credentialReference,
	deleteNode,
	items,
	manualTrigger,
	node,
	workflow,
} from './workflows';

const projectCount = 200;
const delay = 200;
const requestsBeforeStop = 40;

describeOnEachVersion('an execution that is stopped', (fixture) => {
	it.each([
		{ title: 'started by hand', start: startByHand },
		{ title: 'started by a webhook', start: startByWebhook },
	])('sends nothing more: $title', async ({ start }) => {
		const { n8n, sandbox } = fixture();
		const ids = Array.from({ length: projectCount }, () => sandbox.projects.create());
		sandbox.addFaults({ method: 'DELETE', fault: { delay } });
		const executionId = await start(fixture(), ids);
		await waitUntil(() => sandbox.requests.length >= requestsBeforeStop);

		await n8n.stopExecution(executionId);

		const sent = sandbox.requests.length;
		expect(sent).toBeLessThan(projectCount);
		const { status } = await n8n.waitForExecution(executionId);
		expect(status).toBe('canceled');
		// All answers take equally long: once the last request of another execution is answered, the
		// stopped one has had all its answers, upon which it would have sent its next requests.
		const last = sandbox.projects.create();
		const following = await startByHand(fixture(), [last]);
		expect((await n8n.waitForExecution(following)).status).toBe('success');
		const stopped = sandbox.requests.filter(({ url }) => !url.endsWith(`/${last}`));
		expect(stopped).toHaveLength(sent);
		expect(sandbox.requests).toHaveLength(sent + 1);
		expect(sandbox.projects.ids().length).toBeGreaterThanOrEqual(projectCount - sent);
		expect(new Set(stopped.map(({ url }) => url)).size).toBe(sent);
	});

	it('ends a download that never ends', async () => {
		const { n8n, sandbox, credential } = fixture();
		const id = sandbox.projects.create({ isFinished: true });
		const answer = { status: 200, headers: { 'content-type': 'image/png' }, body: 'x' };
		sandbox.addFaults({ path: '/downloads/', fault: { drip: 'body', answer } });
		const parameters = { resource: 'imageProject', operation: 'download', id };
		const stored = await n8n.importWorkflow(
			workflow(
				'Stopped download',
				[
					manualTrigger(),
					node('Download', 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
						credentials: credentialReference(credential),
					}),
				],
				chain('Start', 'Download'),
			),
		);
		const executionId = await n8n.runManually(stored, 'Start');
		await waitUntil(() => sandbox.requests.some(({ url }) => url.startsWith('/downloads/')));

		await n8n.stopExecution(executionId);

		expect((await n8n.waitForExecution(executionId)).status).toBe('canceled');
		await waitUntil(() => sandbox.inFlight === 0);
	});
});

async function startByHand({ n8n, credential }: Fixture, ids: string[]): Promise<string> {
	const stored = await n8n.importWorkflow(
		workflow(
			'Stopped',
			[manualTrigger(), ...deletionOfAll(ids), deleteNode(credential, slowly)],
			chain('Start', 'Objects', 'Items', 'Delete'),
		),
	);
	return await n8n.runManually(stored, 'Start');
}

async function startByWebhook({ n8n, credential }: Fixture, ids: string[]): Promise<string> {
	const path = `stop-${randomUUID()}`;
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const webhook = node('Webhook', 'n8n-nodes-base.webhook', 2, parameters, {
		webhookId: randomUUID(),
	});
	const stored = await n8n.importWorkflow(
		workflow(
			'Stopped, started by webhook',
			[webhook, ...deletionOfAll(ids), deleteNode(credential, slowly)],
			chain('Webhook', 'Objects', 'Items', 'Delete'),
		),
	);
	await n8n.publish(stored);
	const answer = await fetchWhenReady(`${n8n.url}/webhook/${path}`, { method: 'POST' });
	expect(answer.status).toBe(200);
	return await n8n.newestExecution(stored);
}

const slowly = { options: { maxParallelRequests: 5 } };

function deletionOfAll(ids: string[]): WorkflowNode[] {
	return items(ids.map((project) => ({ project })));
}
