import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { randomUUID } from 'node:crypto';
import { majorVersion } from '../n8n/versions';
import { sortedRequests, deleteRequest, describeOnEachVersion, type Fixture } from './fixture';
import { chain, deleteNode, node, workflow } from './workflows';

describeOnEachVersion('Webhook → Magic Hour → Respond to Webhook', (fixture) => {
	it('deletes what each call names, once, and answers the call', async () => {
		const { sandbox } = fixture();
		const call = await publishWebhook(fixture());
		const ids = Array.from({ length: 5 }, () => sandbox.projects.create());
		const kept = sandbox.projects.create();

		const answers = await Promise.all(ids.map(async (id) => await call({ projects: [id] })));

		expect(answers).toEqual(ids.map((id) => ({ status: 200, body: [{ id, deleted: true }] })));
		expect(sortedRequests(sandbox.requests)).toEqual(ids.map(deleteRequest).sort());
		expect(sandbox.projects.ids()).toEqual([kept]);
	});

	it('deletes all projects that one call names, and answers in their order', async () => {
		const { sandbox } = fixture();
		const call = await publishWebhook(fixture());
		const ids = Array.from({ length: 30 }, () => sandbox.projects.create());

		const answer = await call({ projects: ids });

		expect(answer).toEqual({ status: 200, body: ids.map((id) => ({ id, deleted: true })) });
		expect(sortedRequests(sandbox.requests)).toEqual(ids.map(deleteRequest).sort());
		expect(sandbox.highestInFlight).toBeLessThanOrEqual(5);
	});

	it('does not claim a deletion where there was none', async () => {
		const { version } = fixture();
		const call = await publishWebhook(fixture());
		const answer = await call({ projects: ['not-there'] });
		// n8n 1.x answers so whenever a workflow fails before its Respond to Webhook node.
		expect(answer).toEqual(
			majorVersion(version) < 2
				? { status: 200, body: '' }
				: { status: 500, body: { message: 'Error in workflow' } },
		);
	});
});

/** @returns a function that calls the webhook of a new, published workflow */
async function publishWebhook({ n8n, credential }: Fixture) {
	const path = `delete-${randomUUID()}`;
	const stored = await n8n.importWorkflow(
		workflow(
			'Delete by webhook',
			[
				node(
					'Webhook',
					'n8n-nodes-base.webhook',
					2,
					{ httpMethod: 'POST', path, responseMode: 'responseNode', options: {} },
					{ webhookId: randomUUID() },
				),
				node('One Each', 'n8n-nodes-base.splitOut', 1, {
					fieldToSplitOut: 'body.projects',
					options: { destinationFieldName: 'project' },
				}),
				deleteNode(credential),
				node('Respond', 'n8n-nodes-base.respondToWebhook', 1.1, {
					respondWith: 'allIncomingItems',
					options: {},
				}),
			],
			chain('Webhook', 'One Each', 'Delete', 'Respond'),
		),
	);
	await n8n.publish(stored);
	return async (body: { projects: string[] }) => {
		const response = await fetchWhenReady(`${n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		return { status: response.status, body: text === '' ? '' : (JSON.parse(text) as unknown) };
	};
}
