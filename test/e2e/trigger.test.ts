import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Workflow, type WorkflowNode } from '../n8n/client';
import { installN8n } from '../n8n/install';
import { startN8n } from '../n8n/server';
import { allEnded, countBy } from '../queue/calls';
import { sandboxWebhookSecret as secret, signatureHeaders } from '../sandbox/webhooks';
import { importExamples, readExamples } from '../start/examples';
import { askedFor, credentialFor, deletionOf, onEachVersion, type Frame } from './frame';
import { owner, serversOfSuite } from './servers';
import {
	chain,
	deleteNode,
	lookAt,
	node,
	referTo,
	triggerNode,
	triggerPath,
	workflow,
} from './workflows';

const patience = 240_000;
const untilStart = 1_000;
const untilEnd = 3_000;

onEachVersion('the Magic Hour Trigger', (frame) => {
	it('starts exactly the right executions from 500 events at once', async () => {
		const { n8n, sandbox, version } = frame();
		const { stored, url } = await publishDeletion(frame());
		const create = (count: number) =>
			Array.from({ length: count }, () => sandbox.projects.create());
		const [once, repeated, forged] = [create(250), create(100), create(50)];
		const signatures = ['other secret', 'other body', 'absent', 'other timestamp'] as const;
		sandbox.webhooks.addFaults(
			...repeated.map((id) => ({ id, fault: { together: 2 } })),
			...forged.map((id, index) => ({ id, fault: { signature: signatures[index % 4] } })),
		);
		sandbox.projects.advanceClock(untilStart);
		sandbox.webhooks.register(url);

		const startedAt = Date.now();
		sandbox.projects.advanceClock(untilEnd);
		await sandbox.webhooks.settled();
		const answeredAt = Date.now();
		const executions = await allEnded(n8n, stored, 350, patience);
		const endedAt = Date.now();

		const { deliveries } = sandbox.webhooks;
		const statuses = countBy(deliveries.map(({ status }) => String(status)));
		print(`n8n ${version}: 500 events at once`, {
			...statuses,
			...countBy(executions.map(({ status }) => status)),
			'ms until all were answered': answeredAt - startedAt,
			'ms until all had ended': endedAt - startedAt,
		});
		expect(statuses).toEqual({ 200: 450, 401: 50 });
		expect(
			deliveries
				.filter(({ status }) => status === 401)
				.map(({ id }) => id)
				.sort(),
		).toEqual([...forged].sort());
		expect(executions.map(({ status }) => status)).toEqual(Array(350).fill('success'));
		expect(askedFor(sandbox.requests)).toEqual([...once, ...repeated].map(deletionOf).sort());
		expect(sandbox.projects.ids()).toEqual(forged);
		expect(await readFile(logFileOf(version), 'utf8')).not.toContain(secret);
	});

	it('starts the example, which downloads the file and deletes the project', async () => {
		const { n8n, sandbox, credential } = frame();
		const examples = (await readExamples()).filter(({ nodes }) => nodes.some(isTrigger));
		const [stored] = await importExamples(n8n, examples, credential);
		await n8n.publish(stored);
		sandbox.webhooks.register(n8n.url + triggerPath(stored.nodes.find(isTrigger) ?? {}));
		const id = sandbox.projects.create({ fileSize: 100_000 });
		sandbox.projects.create({ kind: 'video' });

		sandbox.projects.advanceClock(untilStart);
		await sandbox.webhooks.settled();
		sandbox.projects.advanceClock(untilEnd);
		await sandbox.webhooks.settled();

		const [{ id: executionId, status }] = await allEnded(n8n, stored, 1, patience);
		expect(status).toBe('success');
		const outputs = (await n8n.finished(executionId)).data.resultData.runData;
		expect(outputs['Save to Disk'][0].data?.main[0]).toHaveLength(1);
		expect(outputs['Delete an image project'][0].data?.main[0]).toMatchObject([
			{ json: { id, deleted: true } },
		]);
		const requests = askedFor(sandbox.requests);
		expect(requests).toHaveLength(3);
		expect(requests).toContain(deletionOf(id));
		expect(requests).toContain(`GET /v1/image-projects/${id}`);
		expect(requests.some((request) => request.startsWith('GET /downloads/'))).toBe(true);
		expect(sandbox.projects.has(id)).toBe(false);
		expect(sandbox.webhooks.deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	});

	it('brings the files along, after it has answered', async () => {
		const { n8n, sandbox, credential } = frame();
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
			{ credentials: referTo(credential) },
		);
		const stored = await publish(frame(), trigger, upload);
		const delay = 2_000;
		sandbox.addFaults({ path: '/downloads/', fault: { delay } });
		sandbox.projects.create({ kind: 'video', files: 2, fileSize: 50_000, isFinished: true });
		await sandbox.webhooks.settled();
		const downloads = sandbox.requests.filter(({ url }) => url.startsWith('/downloads/'));
		expect(downloads.filter(({ status }) => status !== undefined)).toEqual([]);

		const [{ status }] = await allEnded(n8n, stored, 1, patience);
		expect(status).toBe('success');
		expect([...sandbox.storage.uploads.values()].map(({ size }) => size)).toEqual([50_000, 50_000]);
	});

	it('listens for a test event, which has nothing to do with those that are for real', async () => {
		const { n8n, sandbox, credential } = frame();
		const trigger = triggerNode(credential, { events: ['image.completed'] });
		const stored = await publish(frame(), trigger, lookAt('Next'));
		const testUrl = `${n8n.url}${triggerPath(trigger).replace('/webhook/', '/webhook-test/')}`;
		const post = async (url: string, body: string, key = secret) => {
			const headers = { ...signatureHeaders(body, key), 'content-type': 'application/json' };
			return (await fetch(url, { method: 'POST', headers, body })).status;
		};
		const body = eventBody(sandbox.projects.create());

		await n8n.listenForTestEvent(stored, 'Trigger');
		expect(await post(testUrl, body, 'another secret')).toBe(401);
		expect(await post(testUrl, body)).toBe(200);
		await n8n.listenForTestEvent(stored, 'Trigger');
		expect(await post(testUrl, body)).toBe(200);
		expect(await post(n8n.url + triggerPath(trigger), body)).toBe(200);
		expect(await post(n8n.url + triggerPath(trigger), body)).toBe(200);

		const executions = await allEnded(n8n, stored, 3, patience);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
	});

	it('answers what is no event with a reason, and starts nothing', async () => {
		const { n8n, credential } = frame();
		const trigger = triggerNode(credential);
		const stored = await publish(frame(), trigger, lookAt('Next'));
		const post = async (body: string, headers: Record<string, string>) => {
			const url = n8n.url + triggerPath(trigger);
			const init = { 'content-type': 'application/json', ...headers };
			const answer = await fetch(url, { method: 'POST', headers: init, body });
			return [answer.status, await answer.text()];
		};
		const signed = (body: string) => signatureHeaders(body, secret);
		const body = eventBody('project');
		const stale = signatureHeaders(body, secret, { timestampOffset: -400 });
		const large = eventBody('x'.repeat(2 * 1024 * 1024));
		const text = { 'content-type': 'text/plain' };

		expect(await post(body, {})).toEqual([401, '{"message":"The event is not signed"}']);
		expect(await post(body, signatureHeaders(body, 'other'))).toEqual([
			401,
			'{"message":"The signature is not valid"}',
		]);
		expect(await post(`${body} `, signed(body))).toMatchObject([401]);
		expect(await post(body, stale)).toMatchObject([401]);
		expect(await post(large, signed(large))).toMatchObject([400]);
		expect(await post('{}', signed('{}'))).toMatchObject([400]);
		expect(await post('', signed(''))).toMatchObject([400]);
		expect(await post('no JSON', { ...signed('no JSON'), ...text })).toMatchObject([400]);
		// n8n reads what says that it is JSON before it asks a node.
		expect(await post('no JSON', signed('no JSON'))).toMatchObject([422]);

		expect(await n8n.executions(stored)).toEqual([]);
	});

	it('refuses every event where the credential is one from before there was a secret', async () => {
		const { n8n, sandbox } = frame();
		const { name, type, data } = credentialFor(sandbox);
		const { webhookSecret, ...withoutSecret } = data;
		expect(webhookSecret).toBe(secret);
		const credential = await n8n.createCredential({ name, type, data: withoutSecret });
		const stored = await publish(frame(), triggerNode(credential), lookAt('Next'));
		sandbox.projects.create({ isFinished: true });
		await sandbox.webhooks.settled();
		expect(sandbox.webhooks.deliveries).toMatchObject([
			{ status: 401, answer: { message: expect.stringContaining('no webhook secret') } },
			{ status: 401 },
		]);
		expect(await n8n.executions(stored)).toEqual([]);
	});

	it('ignores what it took before n8n was started again', async () => {
		const { version, sandbox } = frame();
		const installation = await installN8n(version);
		const userFolder = await mkdtemp(join(tmpdir(), `n8n-nodes-magic-hour-restart-${version}-`));
		const packages = join('.n8n', 'nodes');
		await cp(join(serverOf(version).userFolder, packages), join(userFolder, packages), {
			recursive: true,
		});
		const options = { installation, userFolder, keepsUserFolder: true };
		const first = await startN8n(options);
		let running = first;
		try {
			const before = new N8nClient(first.url, version);
			await before.setUpOwner(owner);
			const credential = await before.createCredential(credentialFor(sandbox));
			const trigger = triggerNode(credential, { events: ['image.completed'] });
			const stored = await publish({ ...frame(), n8n: before }, trigger, lookAt('Next'));
			const ids = Array.from({ length: 20 }, () => sandbox.projects.create({ isFinished: true }));
			await sandbox.webhooks.settled();
			await allEnded(before, stored, ids.length, patience);
			await first.stop();

			running = await startN8n({ ...options, keepsUserFolder: false });
			const after = new N8nClient(running.url, version);
			await after.logIn(owner);
			for (const id of [...ids, 'another']) {
				const body = eventBody(id);
				const headers = { ...signatureHeaders(body, secret), 'content-type': 'application/json' };
				const url = running.url + triggerPath(trigger);
				expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
			}
			const executions = await allEnded(after, stored, ids.length + 1, patience);
			expect(executions).toHaveLength(ids.length + 1);
		} finally {
			await running.stop(true);
		}
	});
});

/** Publishes Trigger → Delete. */
async function publishDeletion(frame: Frame) {
	const trigger = triggerNode(frame.credential, { events: ['image.completed'] });
	const deletion = deleteNode(frame.credential, { id: '={{ $json.project.id }}' });
	const stored = await publish(frame, trigger, deletion);
	return { stored, url: frame.n8n.url + triggerPath(trigger) };
}

/** Publishes a workflow that begins with the trigger, and registers its webhook in the sandbox. */
async function publish(
	{ n8n, sandbox }: Pick<Frame, 'n8n' | 'sandbox'>,
	trigger: WorkflowNode,
	next: WorkflowNode,
): Promise<Workflow> {
	const stored = await n8n.importWorkflow(
		workflow('Started by Magic Hour', [trigger, next], chain(trigger.name, next.name)),
	);
	await n8n.publish(stored);
	sandbox.webhooks.register(n8n.url + triggerPath(trigger));
	return stored;
}

function eventBody(id: string): string {
	return JSON.stringify({ type: 'image.completed', payload: { id, downloads: [] } });
}

function isTrigger({ type }: WorkflowNode): boolean {
	return type === 'n8n-nodes-magic-hour.magicHourTrigger';
}

function serverOf(version: string) {
	const server = serversOfSuite().find((candidate) => candidate.version === version);
	if (server === undefined) throw new Error(`There is no n8n ${version}`);
	return server;
}

function logFileOf(version: string): string {
	return serverOf(version).logFile;
}

function print(title: string, figures: Record<string, number>): void {
	const words = Object.entries(figures).map(([name, figure]) => `  ${name}: ${figure}\n`);
	process.stdout.write(`${title}\n${words.join('')}`);
}
