import { outputItems } from '../n8n/client';
import { fetchWhenReady } from '../n8n/fetchWhenReady';
import { waitUntilAllEnded } from '../queue/deletionWebhook';
import { required } from '../required';
import { sandboxWebhookSecret as secret, signatureHeaders } from '../sandbox/webhooks';
import { importExamples, readExamples, triggerOf } from '../start/examples';
import { sortedRequests, credentialFor, describeOnEachVersion } from './fixture';
import { eventBody, publish } from './triggerEvents';
import {
	noOp,
	node,
	credentialReference,
	testTriggerPath,
	triggerNode,
	triggerPath,
	workflow,
} from './workflows';

const timeout = 90_000;
const millisecondsUntilStart = 1_000;
const millisecondsUntilEnd = 3_000;

describeOnEachVersion('the Magic Hour Trigger', (fixture) => {
	it('starts the example, which delivers each file, and checks what it would delete', async () => {
		const { n8n, sandbox, credential } = fixture();
		const examples = (await readExamples()).filter(triggerOf);
		const stored = required((await importExamples(n8n, examples, [credential]))[0], 'example');
		await n8n.publish(stored);
		sandbox.webhooks.register(n8n.url + triggerPath(triggerOf(stored) ?? {}));
		const id = sandbox.projects.create({ fileSize: 100_000, files: 2 });
		sandbox.projects.create({ kind: 'video' });

		sandbox.projects.advanceClock(millisecondsUntilStart);
		await sandbox.webhooks.settled();
		sandbox.projects.advanceClock(millisecondsUntilEnd);
		await sandbox.webhooks.settled();

		const executions = await waitUntilAllEnded(n8n, stored, 1, timeout);
		expect(executions).toMatchObject([{ status: 'success' }]);
		const execution = await n8n.waitForExecution(executions.map(({ id: one }) => one).join());
		expect(
			outputItems(execution, 'Deliver image').map(({ binary }) => binary?.data?.fileName),
		).toEqual([`${id}.png.zip`, `${id}-2.png.zip`]);
		const checked = { json: { id, deleted: false, dryRun: true, status: 'complete' } };
		expect(outputItems(execution, 'Delete image project')).toMatchObject([checked, checked]);
		const requests = sortedRequests(sandbox.requests);
		const ofProject = `GET /v1/image-projects/${id}`;
		expect(requests.filter((request) => !request.startsWith('GET /downloads/'))).toEqual([
			ofProject,
			ofProject,
		]);
		expect(requests).toHaveLength(4);
		expect(sandbox.projects.has(id)).toBe(true);
		const answers = sandbox.webhooks.deliveries.map(({ status, answer }) => ({ status, answer }));
		expect(answers).toHaveLength(4);
		expect(answers).toEqual(
			expect.arrayContaining([
				{ status: 200, answer: { message: 'The workflow was started' } },
				{ status: 200, answer: { message: 'This event type is not selected' } },
			]),
		);
	});

	it('brings the files along, after it has answered', async () => {
		const { n8n, sandbox, credential } = fixture();
		const trigger = triggerNode(credential, {
			events: ['video.completed'],
			options: { includeDownloads: true },
		});
		const upload = node(
			'Upload',
			'n8n-nodes-magic-hour.magicHour',
			1,
			{
				resource: 'file',
				operation: 'upload',
				inputDataFieldName: 'data, data_1',
				options: {},
			},
			{ credentials: credentialReference(credential) },
		);
		const stored = await publish(fixture(), trigger, upload);
		let release = () => {};
		const until = new Promise<void>((resolve) => (release = resolve));
		sandbox.addFaults({ path: '/downloads/', fault: { until } });
		sandbox.projects.create({ kind: 'video', files: 2, fileSize: 50_000, isFinished: true });
		await sandbox.webhooks.settled();
		const downloads = sandbox.requests.filter(({ url }) => url.startsWith('/downloads/'));
		expect(downloads.filter(({ status }) => status !== undefined)).toEqual([]);
		release();

		expect(await waitUntilAllEnded(n8n, stored, 1, timeout)).toMatchObject([{ status: 'success' }]);
		expect([...sandbox.storage.uploads.values()].map(({ size }) => size)).toEqual([50_000, 50_000]);
	});

	it('listens for a test event, which has nothing to do with those that are for real', async () => {
		const { n8n, sandbox, credential } = fixture();
		const trigger = triggerNode(credential, { events: ['image.completed'] });
		const stored = await publish(fixture(), trigger, noOp('Next'));
		const testUrl = n8n.url + testTriggerPath(trigger);
		const post = async (url: string, body: string, key = secret) => {
			const headers = { ...signatureHeaders(body, key), 'content-type': 'application/json' };
			return (await fetchWhenReady(url, { method: 'POST', headers, body })).status;
		};
		const body = eventBody(sandbox.projects.create());

		await n8n.listenForTestEvent(stored, 'Trigger');
		expect(await post(testUrl, body, 'another secret')).toBe(401);
		expect(await post(testUrl, body)).toBe(200);
		await n8n.waitUntilNotListening(testTriggerPath(trigger));
		await n8n.listenForTestEvent(stored, 'Trigger');
		expect(await post(testUrl, body)).toBe(200);
		await n8n.waitUntilNotListening(testTriggerPath(trigger));
		expect(await post(n8n.url + triggerPath(trigger), body)).toBe(200);
		expect(await post(n8n.url + triggerPath(trigger), body)).toBe(200);

		const executions = await waitUntilAllEnded(n8n, stored, 3, timeout);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
	});

	it('takes what Magic Hour signs for the test URL and for the production URL, each by its own secret', async () => {
		const { n8n, sandbox } = fixture();
		const { name, type, data } = credentialFor(sandbox);
		const ofTest = 'mhws_of-the-test-URL';
		const webhookSecret = `${secret},\n${ofTest}\n`;
		const credential = await n8n.createCredential({ name, type, data: { ...data, webhookSecret } });
		const trigger = triggerNode(credential, { events: ['image.completed'] });
		const stored = await publish({ n8n, sandbox }, trigger, noOp('Next'));
		const productionUrl = n8n.url + triggerPath(trigger);
		const testUrl = n8n.url + testTriggerPath(trigger);
		const post = async (url: string, body: string, key: string) => {
			const headers = { ...signatureHeaders(body, key), 'content-type': 'application/json' };
			const answer = await fetchWhenReady(url, { method: 'POST', headers, body });
			return `${answer.status} ${await answer.text()}`;
		};
		const newer = JSON.stringify({ type: 'image.canceled', payload: { id: 'a' } });

		expect(await post(productionUrl, eventBody('a'), secret)).toMatch(/^200 .*was started/);
		expect(await post(productionUrl, newer, secret)).toMatch(
			/^200 .*doesn't support this event type/,
		);
		await n8n.listenForTestEvent(stored, 'Trigger');
		expect(await post(testUrl, eventBody('b'), 'another secret')).toMatch(/^401 /);
		// Neither that nor an event of a newer version ends the listening.
		expect(await post(testUrl, newer, ofTest)).toMatch(/^200 .*doesn't support this event type/);
		expect(await post(testUrl, newer, 'another secret')).toMatch(/^401 /);
		expect(await post(testUrl, eventBody('b'), ofTest)).toMatch(/^200 .*was started/);
		await n8n.waitUntilNotListening(testTriggerPath(trigger));

		const executions = await waitUntilAllEnded(n8n, stored, 2, timeout);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
	});

	it('answers what is no event with a reason, and starts nothing', async () => {
		const { n8n, credential } = fixture();
		const trigger = triggerNode(credential);
		const stored = await publish(fixture(), trigger, noOp('Next'));
		const post = async (body: string, headers: Record<string, string>) => {
			const url = n8n.url + triggerPath(trigger);
			const init = { 'content-type': 'application/json', ...headers };
			const answer = await fetchWhenReady(url, { method: 'POST', headers: init, body });
			return `${answer.status} ${await answer.text()}`;
		};
		const signed = (body: string) => signatureHeaders(body, secret);
		const body = eventBody('project');
		const stale = signatureHeaders(body, secret, { timestampOffset: -400 });
		const large = eventBody('x'.repeat(2 * 1024 * 1024));
		const text = { 'content-type': 'text/plain' };

		expect(await post(body, {})).toBe('401 {"message":"The event is not signed"}');
		expect(await post(body, signatureHeaders(body, 'other'))).toBe(
			'401 {"message":"The signature doesn\'t match any webhook secret in the credential"}',
		);
		expect(await post(`${body} `, signed(body))).toMatch(/^401 /);
		expect(await post(body, stale)).toMatch(/^401 /);
		expect(await post(large, signed(large))).toMatch(/^400 /);
		expect(await post('{}', signed('{}'))).toMatch(/^400 /);
		expect(await post('', signed(''))).toMatch(/^400 /);
		expect(await post('no JSON', { ...signed('no JSON'), ...text })).toMatch(/^400 /);
		// n8n reads what says that it is JSON before it asks a node.
		expect(await post('no JSON', signed('no JSON'))).toMatch(/^422 /);

		expect(await n8n.executions(stored)).toEqual([]);
	});

	it('neither listens nor is published while the credential has no webhook secret', async () => {
		const { n8n, sandbox } = fixture();
		const { name, type, data } = credentialFor(sandbox, { webhookSecret: '' });
		const credential = await n8n.createCredential({ name, type, data });
		const trigger = triggerNode(credential);
		const stored = await n8n.importWorkflow(workflow('Refused', [trigger, noOp('Next')], []));
		const reason = 'The credential has no webhook secret';
		await expect(n8n.listenForTestEvent(stored, trigger.name)).rejects.toThrow(reason);
		await expect(n8n.publish(stored)).rejects.toThrow(reason);

		const unsigned = triggerNode(credential, { options: { allowUnsignedEvents: true } });
		await publish(fixture(), unsigned, noOp('Next'));
	});

	it('rejects every event once the credential has no webhook secret any more', async () => {
		const { n8n, sandbox } = fixture();
		const { data, ...named } = credentialFor(sandbox);
		const credential = await n8n.createCredential({ ...named, data });
		const stored = await publish(fixture(), triggerNode(credential), noOp('Next'));
		await n8n.updateCredential(credential, { ...named, data: { ...data, webhookSecret: '' } });
		sandbox.projects.create({ isFinished: true });
		await sandbox.webhooks.settled();
		expect(sandbox.webhooks.deliveries).toMatchObject([
			{ status: 401, answer: { message: expect.stringContaining('no webhook secret') } },
			{ status: 401 },
		]);
		expect(await n8n.executions(stored)).toEqual([]);
	});
});
