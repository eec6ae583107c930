import { createRequire } from 'node:module';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
	N8nClient,
	outputItems,
	type ExecutionSummary,
	type Workflow,
	type WorkflowNode,
} from '../n8n/client';
import { installN8n, type N8nInstallation } from '../n8n/install';
import { startN8n, type N8nServer } from '../n8n/server';
import { waitUntilAllEnded, countBy } from '../queue/deletionWebhook';
import type { Sandbox } from '../sandbox/sandbox';
import { sandboxWebhookSecret as secret, signatureHeaders } from '../sandbox/webhooks';
import { importExamples, readExamples, triggerOf } from '../start/examples';
import {
	sortedRequests,
	credentialFor,
	deleteRequest,
	describeOnEachVersion,
	type Fixture,
} from './fixture';
import { owner, suiteServers } from './servers';
import {
	chain,
	deleteNode,
	noOp,
	node,
	credentialReference,
	testTriggerPath,
	triggerNode,
	triggerPath,
	workflow,
} from './workflows';
import { required } from '../required';

const timeout = 240_000;
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
			return (await fetch(url, { method: 'POST', headers, body })).status;
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
			const answer = await fetch(url, { method: 'POST', headers, body });
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
			const answer = await fetch(url, { method: 'POST', headers: init, body });
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

	it('starts what waited for its turn when n8n ended once, though the event comes again', async () => {
		const { sandbox, version } = fixture();
		const server = await DedicatedServer.make(version, {
			N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1',
		});
		try {
			const { n8n, trigger, deletion } = await startDeleting(server, sandbox);
			const stored = await publish({ n8n, sandbox }, trigger, deletion);
			const [running, waiting] = [sandbox.projects.create(), sandbox.projects.create()];
			sandbox.addFaults({ id: running, fault: { stall: 'headers' } });
			expect(await postEvent(n8n.url + triggerPath(trigger), running)).toBe(200);
			while (sandbox.requests.length === 0) await sleep(50);
			// n8n 1 answers at once, n8n 2 when it is the execution's turn.
			await postEvent(n8n.url + triggerPath(trigger), waiting, AbortSignal.timeout(2_000)).catch(
				() => undefined,
			);
			expect(sandbox.projects.has(waiting)).toBe(true);

			const again = await server.restart();
			expect(await postEvent(again.url + triggerPath(trigger), waiting)).toBe(200);
			const count = (await again.executions(stored)).length;
			await waitUntilAllEndedRetrying(again, stored, count);
			const deletions = sandbox.requests.filter(({ url }) => url.endsWith(waiting));
			expect(deletions).toHaveLength(1);
			expect(sandbox.projects.has(waiting)).toBe(false);
		} finally {
			await server.stop();
		}
	}, 300_000);

	it('starts exactly the right executions from 500 events at once, also after a restart', async () => {
		const { sandbox, version } = fixture();
		const server = await DedicatedServer.make(version);
		try {
			const { n8n, trigger, deletion } = await startDeleting(server, sandbox);
			const create = (count: number) =>
				Array.from({ length: count }, () => sandbox.projects.create());
			const [once, repeated, forged] = [create(250), create(100), create(50)];
			const real = [...once, ...repeated];
			const signatures = ['other secret', 'other body', 'absent', 'other timestamp'] as const;
			sandbox.webhooks.addFaults(
				...repeated.map((id) => ({ id, fault: { together: 2 } })),
				...forged.map((id, index) => ({ id, fault: { signature: signatures[index % 4] } })),
			);
			sandbox.projects.advanceClock(millisecondsUntilStart);
			const stored = await publish({ n8n, sandbox }, trigger, deletion);

			const startedAt = Date.now();
			sandbox.projects.advanceClock(millisecondsUntilEnd);
			await sandbox.webhooks.settled();
			const answeredAt = Date.now();
			const { deliveries } = sandbox.webhooks;
			const statuses = countBy(deliveries.map(({ status }) => String(status)));
			// What a busy n8n has not taken yet comes a few at a time: the waits between repeats double.
			sandbox.webhooks.register('');
			const taken = deliveries.filter(({ status }) => status === 200).map(({ id }) => id);
			await sendInTurn(
				n8n.url + triggerPath(trigger),
				real.filter((id) => !taken.includes(id)),
			);
			const executions = await waitUntilAllEndedRetrying(n8n, stored, real.length);
			print(`n8n ${version}: 500 events at once`, {
				...statuses,
				'seconds until all were answered': (answeredAt - startedAt) / 1000,
				'seconds until all had ended': (Date.now() - startedAt) / 1000,
				...countBy(executions.map(({ status }) => status)),
			});
			expect(deliveries.length).toBeGreaterThanOrEqual(500);
			const refused = deliveries.filter(({ status }) => status === 401).map(({ id }) => id);
			// Under load n8n itself answers some with 503, before the node sees them.
			const unseen = deliveries.filter(({ status = 503 }) => status >= 500).map(({ id }) => id);
			const seen = forged.filter((id) => !unseen.includes(id));
			// One of an event's deliveries may be answered by n8n, and the next by the node.
			expect(refused).toEqual(expect.arrayContaining(seen));
			expect(forged).toEqual(expect.arrayContaining(refused));
			expect(sortedRequests(sandbox.requests)).toEqual(real.map(deleteRequest).sort());
			expect(sandbox.projects.ids()).toEqual(forged);
			const failures = deliveries.filter(({ status = 0 }) => status >= 500).length;
			expect(executions.length - failures).toBeLessThanOrEqual(real.length);

			const again = await server.restart();
			const another = sandbox.projects.create({ isFinished: true });
			await sendInTurn(again.url + triggerPath(trigger), [...real, another]);
			const afterwards = await waitUntilAllEndedRetrying(again, stored, executions.length + 1);
			expect(afterwards).toHaveLength(executions.length + 1);
			expect(sortedRequests(sandbox.requests)).toEqual(
				[...real, another].map(deleteRequest).sort(),
			);
			expect(await server.log()).not.toContain(secret);
		} finally {
			await server.stop();
		}
	}, 900_000);
});

/** n8n 1 answers before it creates the execution, so that it has said yes before it fails. */
const oldestThatAnswersAfterwards = 2;

describeOnEachVersion(
	'the Magic Hour Trigger beside a database that fails',
	(fixture) => {
		it('loses no event whose sender gives up while the database is locked', async () => {
			const { n8n, credential, version } = fixture();
			const trigger = triggerNode(credential, { events: ['image.completed'] });
			const stored = await publish(fixture(), trigger, noOp('Next'));
			const url = n8n.url + triggerPath(trigger);

			const unlock = await lockDatabase(version);
			try {
				const givenUp = postEvent(url, 'unlucky', AbortSignal.timeout(300));
				await expect(givenUp).rejects.toThrow('aborted');
				expect(await postEvent(url, 'unlucky')).toBe(500);
			} finally {
				await unlock();
			}
			expect(await n8n.executions(stored)).toEqual([]);
			expect(await postEvent(url, 'unlucky')).toBe(200);
			expect(await postEvent(url, 'unlucky')).toBe(200);
			expect(await waitUntilAllEnded(n8n, stored, 1, timeout)).toMatchObject([
				{ status: 'success' },
			]);
		});
	},
	oldestThatAnswersAfterwards,
);

/** An n8n for one test, which it can start again, with what the suite's n8n has installed. */
class DedicatedServer {
	private running: N8nServer | undefined;

	private constructor(
		private readonly installation: N8nInstallation,
		private readonly userFolder: string,
		private readonly environment: Record<string, string>,
	) {}

	static async make(
		version: string,
		// Without a bound, SQLite is asked for more than it can give in its time.
		environment: Record<string, string> = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '10' },
	): Promise<DedicatedServer> {
		const suite = suiteServers().find((candidate) => candidate.version === version);
		const userFolder = await mkdtemp(join(tmpdir(), `n8n-nodes-magic-hour-own-${version}-`));
		const packages = join('.n8n', 'nodes');
		await cp(join(suite?.userFolder ?? '', packages), join(userFolder, packages), {
			recursive: true,
		});
		return new DedicatedServer(await installN8n(version), userFolder, environment);
	}

	async start(): Promise<N8nClient> {
		const { installation, userFolder, environment } = this;
		this.running = await startN8n({
			installation,
			userFolder,
			keepsUserFolder: true,
			environment,
		});
		return new N8nClient(this.running.url, installation.version);
	}

	async restart(): Promise<N8nClient> {
		await this.running?.stop();
		const n8n = await this.start();
		await n8n.logIn(owner);
		return n8n;
	}

	async log(): Promise<string> {
		return await readFile(this.running?.logFile ?? '', 'utf8');
	}

	async stop(): Promise<void> {
		await this.running?.stop();
		await rm(this.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** Starts an n8n of its own, with the nodes of a workflow that deletes what events name. */
async function startDeleting(server: DedicatedServer, sandbox: Sandbox) {
	const n8n = await server.start();
	await n8n.setUpOwner(owner);
	const credential = await n8n.createCredential(credentialFor(sandbox));
	const trigger = triggerNode(credential, { events: ['image.completed'] });
	return { n8n, trigger, deletion: deleteNode(credential, { id: '={{ $json.project.id }}' }) };
}

/** Sends signed events, a few at a time, and each until n8n has taken it. */
async function sendInTurn(url: string, ids: string[]): Promise<void> {
	const rest = ids.values();
	const sendNext = async () => {
		for (const id of rest) {
			await retryUntilItPasses(async () => expect(await postEvent(url, id)).toBe(200));
		}
	};
	await Promise.all(Array.from({ length: 10 }, sendNext));
}

/** @returns the executions of a workflow when they have ended; a busy n8n may be deaf for a while */
async function waitUntilAllEndedRetrying(n8n: N8nClient, stored: Workflow, count: number) {
	let executions: ExecutionSummary[] = [];
	await retryUntilItPasses(async () => {
		executions = await waitUntilAllEnded(n8n, stored, count, timeout);
	});
	return executions;
}

async function retryUntilItPasses(attempt: () => Promise<void>): Promise<void> {
	const deadline = Date.now() + timeout;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
		await sleep(500);
	}
}

/** The part of n8n's own SQLite driver that is used. */
interface Sqlite {
	Database: new (file: string) => { exec: SqliteCall<[sql: string]>; close: SqliteCall<[]> };
}

type SqliteCall<Parameters extends unknown[]> = (
	...parameters: [...Parameters, done: (error: Error | null) => void]
) => unknown;

/**
 * Keeps the n8n of a version from writing to its database.
 *
 * @returns a function that ends it
 */
async function lockDatabase(version: string): Promise<() => Promise<void>> {
	const { command } = await installN8n(version);
	const { userFolder } = required(
		suiteServers().find((candidate) => candidate.version === version),
		'server',
	);
	const { Database } = createRequire(command)('sqlite3') as Sqlite;
	const database = new Database(join(userFolder, '.n8n', 'database.sqlite'));
	const exec = promisify(database.exec.bind(database));
	await exec('PRAGMA busy_timeout = 10000');
	await exec('BEGIN IMMEDIATE');
	return async () => {
		await exec('ROLLBACK');
		await promisify(database.close.bind(database))();
	};
}

/** Sends a signed event, with no help of the sandbox. */
async function postEvent(url: string, id: string, signal?: AbortSignal): Promise<number> {
	const body = eventBody(id);
	const headers = { ...signatureHeaders(body, secret), 'content-type': 'application/json' };
	return (await fetch(url, { method: 'POST', headers, body, signal })).status;
}

/** Publishes a workflow that begins with the trigger, and registers its webhook in the sandbox. */
async function publish(
	{ n8n, sandbox }: Pick<Fixture, 'n8n' | 'sandbox'>,
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

function print(title: string, figures: Record<string, number>): void {
	const words = Object.entries(figures).map(([name, figure]) => `  ${name}: ${figure}\n`);
	process.stdout.write(`${title}\n${words.join('')}`);
}
