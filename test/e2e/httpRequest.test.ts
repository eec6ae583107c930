import { sortedRequests, deleteRequest, describeOnEachVersion } from './fixture';
import { chain, items, manualTrigger, node, credentialReference, workflow } from './workflows';
import { outputItems } from '../n8n/client';

describeOnEachVersion('the HTTP Request node with our credential', (fixture) => {
	it('is let in by Magic Hour', async () => {
		const { n8n, sandbox, credential } = fixture();
		const project = sandbox.projects.create();
		const request = (name: string, method: string) => {
			const parameters = {
				method,
				url: `=${sandbox.url}/v1/image-projects/{{ $('Items').item.json.project }}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'magicHourApi',
				options: {},
			};
			const credentials = credentialReference(credential);
			return node(name, 'n8n-nodes-base.httpRequest', 4.2, parameters, { credentials });
		};
		const stored = await n8n.importWorkflow(
			workflow(
				'HTTP Request',
				[
					manualTrigger(),
					...items([{ project }]),
					request('Look', 'GET'),
					request('Remove', 'DELETE'),
				],
				chain('Start', 'Objects', 'Items', 'Look', 'Remove'),
			),
		);

		const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));

		expect(execution.status).toBe('success');
		expect(outputItems(execution, 'Look')[0]?.json).toMatchObject({ id: project });
		expect(sortedRequests(sandbox.requests)).toEqual([
			deleteRequest(project),
			`GET /v1/image-projects/${project}`,
		]);
		for (const { headers } of sandbox.requests) {
			expect(headers.authorization).toBe(`Bearer ${sandbox.apiKey}`);
		}
		expect(sandbox.projects.ids()).toEqual([]);
	});
});
