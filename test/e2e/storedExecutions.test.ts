import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputItems, type Execution, type Workflow } from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { describeOnEachVersion } from './fixture';
import { waitUntil } from './waitUntil';
import {
	chain,
	credentialReference,
	items,
	manualTrigger,
	node,
	workflow,
	deleteNode,
} from './workflows';

const notPaid = { status: 402, body: { code: 'insufficient_credits', message: 'No' } };

describeOnEachVersion('what n8n stores of an execution', (fixture) => {
	const magicHour = (parameters: object) =>
		node('Magic Hour', 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
			credentials: credentialReference(fixture().credential),
		});

	const generating = (options: object = {}) =>
		magicHour({
			resource: 'imageProject',
			operation: 'generate',
			prompt: '={{ $json.text }}',
			imageCount: 1,
			options: { maxParallelRequests: 1, ...options },
		});

	const posts = (): number =>
		fixture().sandbox.requests.filter(({ method, url }) => method === 'POST' && !/upload/.test(url))
			.length;

	describe('that ends while the node waits for a project', () => {
		const start = async (settings: object): Promise<string> => {
			const { n8n, sandbox } = fixture();
			sandbox.projects.holdClock();
			const stored = await n8n.importWorkflow(
				workflow(
					'Waiting',
					[manualTrigger(), ...items([{ text: 'one' }, { text: 'two' }]), generating()],
					chain('Start', 'Objects', 'Items', 'Magic Hour'),
					settings,
				),
			);
			const executionId = await n8n.runManually(stored, 'Start');
			await waitUntil(() => {
				const polled = sandbox.requests.filter(({ method }) => method === 'GET');
				return new Set(polled.map(({ url }) => url)).size === 2;
			});
			return executionId;
		};

		/** @returns the execution, when n8n has stored its highlighted data */
		const stored = async (executionId: string): Promise<Execution> => {
			const { n8n } = fixture();
			for (let tries = 0; tries < 100; tries++) {
				const execution = await n8n.waitForExecution(executionId);
				if (Object.keys(execution.customData ?? {}).length > 0) return execution;
				await sleep(100);
			}
			throw new Error('n8n has stored no highlighted data');
		};

		it.each([
			['somebody stops it', {}],
			['the time-out of the workflow strikes', { executionTimeout: 5 }],
		])('has the IDs of the projects: %s', async (_, settings) => {
			const { n8n, sandbox } = fixture();
			const executionId = await start(settings);
			if (!('executionTimeout' in settings)) await n8n.stopExecution(executionId);

			const { status, customData } = await stored(executionId);

			expect(status).toBe('canceled');
			const ids = sandbox.projects.ids();
			expect(ids).toHaveLength(2);
			expect(customData?.magic_hour_image_project?.split(', ').sort()).toEqual(ids.sort());
		});
	});

	describe('that fails, for Retry in the list of executions', () => {
		const failed = async (file: Workflow): Promise<string> => {
			const { n8n } = fixture();
			const executionId = await n8n.runManually(file, 'Start');
			expect((await n8n.waitForExecution(executionId)).status).toBe('error');
			return executionId;
		};

		it.each([false, true])(
			'lets it go on with the projects there are (with the workflow as it is now: %s)',
			async (loadWorkflow) => {
				const { n8n, sandbox } = fixture();
				sandbox.addFaults({ method: 'POST', skip: 1, times: 1, fault: { answer: notPaid } });
				const file = await n8n.importWorkflow(
					workflow(
						'To be retried',
						[manualTrigger(), ...items([{ text: 'one' }, { text: 'two' }]), generating()],
						chain('Start', 'Objects', 'Items', 'Magic Hour'),
					),
				);
				const executionId = await failed(file);
				const [first] = sandbox.projects.ids();

				const retried = await n8n.waitForExecution(
					await n8n.retryExecution(executionId, loadWorkflow),
				);

				expect(retried.status).toBe('success');
				expect(posts()).toBe(3);
				const ids = outputItems(retried, 'Magic Hour').map(({ json }) => json.id);
				expect(ids).toEqual(sandbox.projects.ids());
				expect(ids[0]).toBe(first);
				expect(retried.data.executionData?.contextData['node:Magic Hour'] ?? {}).toEqual({});
			},
		);

		it('lets it go on with what was deleted', async () => {
			const { n8n, sandbox, credential } = fixture();
			const ids = [sandbox.projects.create(), sandbox.projects.create()];
			sandbox.addFaults({ id: ids[1], times: 1, fault: { answer: { status: 401 } } });
			const file = await n8n.importWorkflow(
				workflow(
					'Deletion to be retried',
					[
						manualTrigger(),
						...items(ids.map((project) => ({ project }))),
						deleteNode(credential, { options: { maxParallelRequests: 1 } }),
					],
					chain('Start', 'Objects', 'Items', 'Delete'),
				),
			);
			const executionId = await failed(file);

			const retried = await n8n.waitForExecution(await n8n.retryExecution(executionId, false));

			expect(retried.status).toBe('success');
			expect(outputItems(retried, 'Delete').map(({ json }) => json)).toEqual(
				ids.map((id) => ({ id, deleted: true })),
			);
			expect(sandbox.requests).toHaveLength(3);
		});

		it('knows a file that came by webhook', async () => {
			const { n8n, sandbox } = fixture();
			const path = `retry-${randomUUID()}`;
			const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
			const webhook = node('Webhook', 'n8n-nodes-base.webhook', 2, parameters, {
				webhookId: randomUUID(),
			});
			const colorize = { resource: 'imageProject', operation: 'colorize', image: 'data' };
			sandbox.addFaults({ method: 'GET', times: 1, fault: { answer: { status: 401 } } });
			const file = await n8n.importWorkflow(
				workflow(
					'File to be retried',
					[webhook, magicHour(colorize)],
					chain('Webhook', 'Magic Hour'),
				),
			);
			await n8n.publish(file);
			const body = new FormData();
			body.append('data', new Blob(['a picture'], { type: 'image/png' }), 'picture.png');
			const answer = await fetchWhenReady(`${n8n.url}/webhook/${path}`, { method: 'POST', body });
			expect(answer.status).toBe(200);
			const id = await n8n.newestExecution(file);
			expect((await n8n.waitForExecution(id)).status).toBe('error');
			expect(posts()).toBe(1);

			const retried = await n8n.waitForExecution(await n8n.retryExecution(id, false));

			expect(retried.status).toBe('success');
			expect(posts()).toBe(1);
			expect(sandbox.projects.ids()).toHaveLength(1);
		});
	});
});
