import { outputItems } from '../n8n/client';
import { describeOnEachVersion } from './fixture';
import { chain, credentialReference, items, manualTrigger, node, workflow } from './workflows';

describeOnEachVersion('music', (fixture) => {
	it('is made from JSON: typed, from an expression, and not from what is none', async () => {
		const { n8n, sandbox, credential } = fixture();
		const stored = await n8n.importWorkflow(
			workflow(
				'Music',
				[
					manualTrigger(),
					...items([
						{ style: { prompt: 'A slow waltz' } },
						{ style: '{ "prompt": "A fast polka" }' },
						{ style: 'A march' },
					]),
					node(
						'Generate music',
						'n8n-nodes-magic-hour.magicHour',
						1,
						{
							...{ resource: 'audioProject', operation: 'generateMusic', output: 'projectId' },
							...{ durationSeconds: 15, style: '={{ $json.style }}' },
							options: { maxParallelRequests: 1 },
						},
						{
							credentials: credentialReference(credential),
							onError: 'continueRegularOutput',
						},
					),
				],
				chain('Start', 'Objects', 'Items', 'Generate music'),
			),
		);

		const execution = await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));

		const made = outputItems(execution, 'Generate music').map(({ json }) => json);
		expect(made).toMatchObject([
			{ id: expect.any(String), credits_charged: 15 },
			{ id: expect.any(String), credits_charged: 15 },
			{ error: expect.stringMatching(/^The parameter 'Style' .*\[item 2\]$/) },
		]);
		expect(sandbox.requests.map(({ body }) => body)).toEqual([
			{ duration: 15, style: { prompt: 'A slow waltz' } },
			{ duration: 15, style: { prompt: 'A fast polka' } },
		]);
	});
});
