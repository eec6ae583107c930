import { outputItems, type Execution, type WorkflowFile } from '../n8n/client';
import { sortedRequests, deleteRequest, describeOnEachVersion, type Fixture } from './fixture';
import { chain, deleteNode, items, noOp, manualTrigger, workflow } from './workflows';

describeOnEachVersion('a deletion that fails', (fixture) => {
	it('leaves by the error output, with the fields of its input', async () => {
		const { sandbox, credential } = fixture();
		const project = sandbox.projects.create();
		const execution = await run(
			fixture(),
			workflow(
				'Error branch',
				[
					manualTrigger(),
					...items([
						{ project, row: 1, owner: 'Ada' },
						{ project: 'not-there', row: 2, owner: 'Grace' },
						{ project: '..', row: 3, owner: 'Edsger' },
					]),
					deleteNode(credential, { onError: 'continueErrorOutput' }),
					noOp('Deleted'),
					noOp('Not Deleted'),
				],
				[
					...chain('Start', 'Objects', 'Items', 'Delete', 'Deleted'),
					{ from: 'Delete', to: 'Not Deleted', output: 1 },
				],
			),
		);

		expect(execution.status).toBe('success');
		expect(outputItems(execution, 'Deleted').map(({ json }) => json)).toEqual([
			{ id: project, deleted: true },
		]);
		expect(outputItems(execution, 'Not Deleted').map(({ json }) => json)).toEqual([
			{
				project: 'not-there',
				row: 2,
				owner: 'Grace',
				error: expect.stringContaining('The image project "not-there" was not found'),
				message: expect.stringContaining('Ignore Already Deleted'),
			},
			{
				project: '..',
				row: 3,
				owner: 'Edsger',
				error: expect.stringContaining('Project ID'),
				message: expect.stringContaining('[item 2]'),
			},
		]);
		expect(sortedRequests(sandbox.requests)).toEqual(
			[deleteRequest(project), deleteRequest('not-there')].sort(),
		);
	});

	it('is repeated when its answer is lost, and says so when that is in vain', async () => {
		const { sandbox, credential } = fixture();
		const [once, always] = [sandbox.projects.create(), sandbox.projects.create()];
		sandbox.addFaults(
			{ id: once, times: 1, fault: { reset: true, afterProcessing: true } },
			{ id: always, fault: { reset: true } },
		);
		const execution = await run(
			fixture(),
			workflow(
				'Lost answers',
				[
					manualTrigger(),
					...items([{ project: once }, { project: always }]),
					deleteNode(credential, {
						onError: 'continueRegularOutput',
						options: { maxRetries: 1 },
					}),
					noOp('Deleted'),
				],
				chain('Start', 'Objects', 'Items', 'Delete', 'Deleted'),
			),
		);

		expect(outputItems(execution, 'Deleted').map(({ json }) => json)).toEqual([
			{ id: once, deleted: true },
			{
				id: always,
				deleted: false,
				error: expect.stringContaining(
					'was closed before a response arrived, so the image project',
				),
				description: expect.stringContaining('(No response after 1 retry)'),
				httpCode: null,
				magicHour: null,
			},
		]);
		expect(sandbox.requests).toHaveLength(4);
	});

	it('stops the workflow, with our message and description in the execution', async () => {
		const { sandbox, credential } = fixture();
		const project = sandbox.projects.create();
		const rest = Array.from({ length: 10 }, () => sandbox.projects.create());
		const execution = await run(
			fixture(),
			workflow(
				'Stop Workflow',
				[
					manualTrigger(),
					...items([project, 'not-there', ...rest].map((id) => ({ project: id }))),
					deleteNode(credential, { options: { maxParallelRequests: 1 } }),
					noOp('Deleted'),
				],
				chain('Start', 'Objects', 'Items', 'Delete', 'Deleted'),
			),
		);

		expect(execution.status).toBe('error');
		const { error, runData } = execution.data.resultData;
		for (const shown of [error, runData.Delete?.[0]?.error]) {
			expect(shown).toMatchObject({
				name: 'NodeApiError',
				message: 'The image project "not-there" was not found [item 1]',
				httpCode: '404',
				// What the editor shows as the error's data.
				context: { data: { message: 'Not Found' } },
			});
			expect(shown?.description).toContain("turn on 'Ignore Already Deleted' under Options");
			expect(shown?.description).toContain(
				`1 image project was deleted before the run stopped, and 10 items were not attempted. Deleted: ${project}.`,
			);
		}
		expect(runData.Deleted).toBeUndefined();
		expect(sandbox.requests.map(({ url }) => url)).toEqual([
			`/v1/image-projects/${project}`,
			'/v1/image-projects/not-there',
		]);
		expect(sandbox.projects.ids()).toEqual(rest);
	});

	it('shows no trace of the API key in the execution', async () => {
		const { n8n, sandbox, credential } = fixture();
		sandbox.addFaults({
			fault: { answer: { status: 400, body: { message: `Bad key ${sandbox.apiKey}` } } },
		});
		const execution = await run(
			fixture(),
			workflow(
				'Key in the answer',
				[manualTrigger(), ...items([{ project: 'any' }]), deleteNode(credential)],
				chain('Start', 'Objects', 'Items', 'Delete'),
			),
		);
		expect(execution.data.resultData.error?.message).toContain('Bad key');
		const stored = await n8n.request<{ data: string }>('GET', `/rest/executions/${execution.id}`);
		expect(JSON.stringify(stored)).not.toContain(sandbox.apiKey);
	});

	it('is made good by Retry On Fail, without asking again for what is deleted', async () => {
		const { sandbox, credential } = fixture();
		const ids = Array.from({ length: 3 }, () => sandbox.projects.create());
		const answer = { status: 503, body: { message: 'Service unavailable' } };
		sandbox.addFaults({ method: 'DELETE', id: ids[1], times: 1, fault: { answer } });
		const execution = await run(
			fixture(),
			workflow(
				'Retry On Fail',
				[
					manualTrigger(),
					...items(ids.map((project) => ({ project }))),
					deleteNode(credential, {
						options: { maxRetries: 0, maxParallelRequests: 1 },
						retryOnFail: true,
						maxTries: 3,
						waitBetweenTries: 100,
					}),
					noOp('Deleted'),
				],
				chain('Start', 'Objects', 'Items', 'Delete', 'Deleted'),
			),
		);

		expect(execution.status).toBe('success');
		expect(outputItems(execution, 'Deleted').map(({ json }) => json)).toEqual(
			ids.map((id) => ({ id, deleted: true })),
		);
		expect(sandbox.requests.map(({ url, status }) => [url, status])).toEqual([
			[`/v1/image-projects/${ids[0]}`, 204],
			[`/v1/image-projects/${ids[1]}`, 503],
			[`/v1/image-projects/${ids[1]}`, 204],
			[`/v1/image-projects/${ids[2]}`, 204],
		]);
		expect(sandbox.projects.ids()).toEqual([]);
	});
});

async function run({ n8n }: Fixture, file: WorkflowFile): Promise<Execution> {
	const stored = await n8n.importWorkflow(file);
	return await n8n.waitForExecution(await n8n.runManually(stored, 'Start'));
}
