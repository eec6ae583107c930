import { createRequire } from 'node:module';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { N8nClient, type ExecutionSummary, type Workflow } from '../n8n/client';
import { installN8n, type N8nInstallation } from '../n8n/install';
import { startN8n, type N8nServer } from '../n8n/server';
import { majorVersion } from '../n8n/versions';
import { waitUntilAllEnded, countBy } from '../queue/deletionWebhook';
import { required } from '../required';
import type { Sandbox } from '../sandbox/sandbox';
import { sandboxWebhookSecret as secret } from '../sandbox/webhooks';
import { sortedRequests, credentialFor, deleteRequest, describeOnEachVersion } from './fixture';
import { owner, suiteServers } from './servers';
import { postEvent, publish } from './triggerEvents';
import { deleteNode, noOp, triggerNode, triggerPath } from './workflows';

const timeout = 240_000;
const millisecondsUntilStart = 1_000;
const millisecondsUntilEnd = 3_000;
/** Without a bound, SQLite is asked for more than it can give in its time. */
const tenAtATime = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '10' };
/** n8n 1 answers before it creates the execution, so that it has said yes before it fails. */
const oldestThatAnswersAfterwards = 2;

describeOnEachVersion('the Magic Hour Trigger in an n8n that is restarted', (fixture, version) => {
	let server: DedicatedServer | undefined;
	const ownServer = (): DedicatedServer => required(server, 'server');

	beforeAll(async () => {
		server = await DedicatedServer.make(version);
	});
	afterAll(async () => await server?.stop());

	it('starts what waited for its turn when n8n ended once, though the event comes again', async () => {
		const { sandbox } = fixture();
		const n8n = await ownServer().run({
			N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1',
		});
		const { trigger, deletion } = await deletingNodes(n8n, sandbox);
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

		const again = await ownServer().restart(tenAtATime);
		expect(await postEvent(again.url + triggerPath(trigger), waiting)).toBe(200);
		const count = (await again.executions(stored)).length;
		await waitUntilAllEndedRetrying(again, stored, count);
		const deletions = sandbox.requests.filter(({ url }) => url.endsWith(waiting));
		expect(deletions).toHaveLength(1);
		expect(sandbox.projects.has(waiting)).toBe(false);
	}, 300_000);

	it('knows after a restart each of the events that came one after the other', async () => {
		const { sandbox } = fixture();
		const n8n = await ownServer().run(tenAtATime);
		const { trigger } = await deletingNodes(n8n, sandbox);
		const stored = await publish({ n8n, sandbox }, trigger, noOp('Next'));
		const ids = ['first', 'second', 'third'];
		for (const id of ids) expect(await postEvent(n8n.url + triggerPath(trigger), id)).toBe(200);
		await waitUntilAllEndedRetrying(n8n, stored, ids.length);

		const again = await ownServer().restart(tenAtATime);
		const url = again.url + triggerPath(trigger);
		for (const id of [...ids, 'fourth']) expect(await postEvent(url, id)).toBe(200);

		const executions = await waitUntilAllEndedRetrying(again, stored, ids.length + 1);
		expect(executions).toHaveLength(ids.length + 1);
	}, 300_000);

	it('starts exactly the right executions from 500 events at once, also after a restart', async () => {
		const { sandbox } = fixture();
		const n8n = await ownServer().run(tenAtATime);
		const { trigger, deletion } = await deletingNodes(n8n, sandbox);
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

		const again = await ownServer().restart(tenAtATime);
		const another = sandbox.projects.create({ isFinished: true });
		await sendInTurn(again.url + triggerPath(trigger), [...real, another]);
		const afterwards = await waitUntilAllEndedRetrying(again, stored, executions.length + 1);
		expect(afterwards).toHaveLength(executions.length + 1);
		expect(sortedRequests(sandbox.requests)).toEqual([...real, another].map(deleteRequest).sort());
		expect(await ownServer().log()).not.toContain(secret);
	}, 900_000);

	if (majorVersion(version) < oldestThatAnswersAfterwards) return;

	it('loses no event whose sender gives up while the database is locked', async () => {
		const { sandbox } = fixture();
		const n8n = await ownServer().run(tenAtATime);
		const { trigger } = await deletingNodes(n8n, sandbox);
		const stored = await publish({ n8n, sandbox }, trigger, noOp('Next'));
		const url = n8n.url + triggerPath(trigger);

		const unlock = await ownServer().lockDatabase();
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
		expect(await waitUntilAllEnded(n8n, stored, 1, timeout)).toMatchObject([{ status: 'success' }]);
	}, 300_000);
});

/** An n8n for the tests of one file, with what the suite's n8n has installed. */
class DedicatedServer {
	private running: N8nServer | undefined;

	private environment: Record<string, string> | undefined;

	private constructor(
		private readonly installation: N8nInstallation,
		private readonly userFolder: string,
	) {}

	static async make(version: string): Promise<DedicatedServer> {
		const suite = suiteServers().find((candidate) => candidate.version === version);
		const userFolder = await mkdtemp(join(tmpdir(), `n8n-nodes-magic-hour-own-${version}-`));
		const packages = join('.n8n', 'nodes');
		await cp(join(suite?.userFolder ?? '', packages), join(userFolder, packages), {
			recursive: true,
		});
		return new DedicatedServer(await installN8n(version), userFolder);
	}

	/**
	 * Lets it run with these settings: where it does so already, it goes on.
	 *
	 * @returns a session of the owner
	 */
	async run(environment: Record<string, string>): Promise<N8nClient> {
		if (environment !== this.environment) return await this.restart(environment);
		return await this.logIn();
	}

	/** Ends it, and starts it again with these settings. */
	async restart(environment: Record<string, string>): Promise<N8nClient> {
		await this.running?.stop();
		this.environment = environment;
		const { installation, userFolder } = this;
		const keepsUserFolder = true;
		this.running = await startN8n({ installation, userFolder, keepsUserFolder, environment });
		return await this.logIn();
	}

	async log(): Promise<string> {
		return await readFile(this.running?.logFile ?? '', 'utf8');
	}

	/**
	 * Keeps it from writing to its database.
	 *
	 * @returns a function that ends that
	 */
	async lockDatabase(): Promise<() => Promise<void>> {
		const { Database } = createRequire(this.installation.command)('sqlite3') as Sqlite;
		const database = new Database(join(this.userFolder, '.n8n', 'database.sqlite'));
		const exec = promisify(database.exec.bind(database));
		await exec('PRAGMA busy_timeout = 10000');
		await exec('BEGIN IMMEDIATE');
		return async () => {
			await exec('ROLLBACK');
			await promisify(database.close.bind(database))();
		};
	}

	async stop(): Promise<void> {
		await this.running?.stop();
		await rm(this.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	private async logIn(): Promise<N8nClient> {
		const n8n = new N8nClient(this.running?.url ?? '', this.installation.version);
		await ((await n8n.needsOwner()) ? n8n.setUpOwner(owner) : n8n.logIn(owner));
		return n8n;
	}
}

/** @returns the nodes of a workflow that deletes what events name */
async function deletingNodes(n8n: N8nClient, sandbox: Sandbox) {
	const credential = await n8n.createCredential(credentialFor(sandbox));
	const trigger = triggerNode(credential, { events: ['image.completed'] });
	return { trigger, deletion: deleteNode(credential, { id: '={{ $json.project.id }}' }) };
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

function print(title: string, figures: Record<string, number>): void {
	const words = Object.entries(figures).map(([name, figure]) => `  ${name}: ${figure}\n`);
	process.stdout.write(`${title}\n${words.join('')}`);
}
