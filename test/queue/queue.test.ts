import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sortedRequests, credentialFor, deleteRequest } from '../e2e/fixture';
import { chain, deleteNode, triggerNode, triggerPath, workflow } from '../e2e/workflows';
import { N8nClient, type StoredCredential } from '../n8n/client';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { waitUntilAllEnded, callForEach, countBy, publishDeletion } from './deletionWebhook';
import { suiteCluster, owner } from './cluster';
import { workerConcurrency, workerLog } from './worker';
import { required } from '../required';

const cluster = suiteCluster();
const callCount = 300;
const parallelCalls = 20;
const delay = 500;
const deletionsBeforeKill = 100;
const timeout = 180_000;

describe(`n8n ${cluster.version} in queue mode, with two workers`, () => {
	const n8n = new N8nClient(cluster.url, cluster.version);
	let sandbox: Sandbox;
	let credential: StoredCredential;

	beforeAll(async () => {
		await n8n.logIn(owner);
		sandbox = await startSandbox();
		credential = await n8n.createCredential(credentialFor(sandbox));
	});
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());

	it('loses no deletion without saying so when a worker is killed', async () => {
		const victim = required(cluster.workerProcesses[0], 'worker');
		const ids = Array.from({ length: callCount }, () => sandbox.projects.create());
		sandbox.addFaults({ method: 'DELETE', fault: { delay } });
		const webhook = await publishDeletion(n8n, credential, {
			ignoreAlreadyDeleted: true,
		});

		const startedAt = Date.now();
		const calls = callForEach(webhook, ids, parallelCalls);
		await waitUntil(async () => {
			return sandbox.requests.length >= deletionsBeforeKill && (await isAtWork('worker-1'));
		});
		process.kill(victim, 'SIGKILL');
		const killedAt = Date.now();
		const executionIds = await calls;
		const acceptedAt = Date.now();
		const executions = await waitUntilAllEnded(n8n, webhook.workflow, callCount, timeout);
		const endedAt = Date.now();

		const requests = sortedRequests(sandbox.requests);
		const repeated = requests.filter((request, index) => requests[index - 1] === request);
		const failed = executions.filter(({ status }) => status !== 'success');
		const isFailed = (id?: string) => failed.some((execution) => execution.id === id);
		const projectsOfFailed = ids.filter((_, index) => isFailed(executionIds[index]));
		const left = sandbox.projects.ids();
		print('When a worker is killed', {
			accepted: executionIds.length,
			secondsUntilAccepted: seconds(startedAt, acceptedAt),
			...countBy(executions.map(({ status }) => status)),
			requests: requests.length,
			'repeated by n8n': repeated.length,
			'not deleted': left.length,
			secondsUntilKill: seconds(startedAt, killedAt),
			secondsUntilAllEnded: seconds(startedAt, endedAt),
			...(await startedByWorker()),
		});

		expect(new Set(executionIds).size).toBe(callCount);
		expect(executions.map(({ id }) => id).sort()).toEqual([...executionIds].sort());
		const own = new Set(ids.map(deleteRequest));
		expect(requests.filter((request) => !own.has(request))).toEqual([]);
		// n8n 2 gives up what a dead worker had begun, and runs nothing twice by itself.
		expect(repeated).toEqual([]);
		expect(failed.length).toBeGreaterThan(0);
		expect(failed.length).toBeLessThanOrEqual(workerConcurrency);
		expect(left.filter((id) => !projectsOfFailed.includes(id))).toEqual([]);
		for (const { id } of failed) {
			const { data } = await n8n.waitForExecution(id);
			expect(data.resultData.error?.message).toContain('failed to be processed too many times');
		}

		// n8n has kept nothing that its own Retry could run: it sends nothing, whatever it says.
		await n8n.request('POST', `/rest/executions/${failed[0]?.id}/retry`, { loadWorkflow: false });
		expect(sandbox.requests).toHaveLength(requests.length);

		// What is left to the one who called: to call again for those that failed.
		const newIds = await callForEach(webhook, projectsOfFailed, parallelCalls);
		const countAfterwards = callCount + 1 + newIds.length;
		const afterwards = await waitUntilAllEnded(n8n, webhook.workflow, countAfterwards, timeout);
		const repetitions = afterwards.filter(({ id }) => newIds.includes(id));
		expect(repetitions.map(({ status }) => status)).toEqual(newIds.map(() => 'success'));
		expect(sandbox.projects.ids()).toEqual([]);
		const again = sortedRequests(sandbox.requests);
		expect(again.filter((request) => !own.has(request))).toEqual([]);
		expect(again).toHaveLength(requests.length + failed.length);
		print('Called again', {
			called: failed.length,
			'found deleted': failed.length - left.length,
			'requested twice': again.filter((request, index) => again[index - 1] === request).length,
		});
	});

	it('starts one execution for each event of Magic Hour, also when copies come together', async () => {
		const eventCount = 60;
		const trigger = triggerNode(credential, {
			events: ['image.completed'],
			options: { includeDownloads: true },
		});
		const deletion = deleteNode(credential, { id: '={{ $json.project.id }}' });
		const stored = await n8n.importWorkflow(
			workflow('Started by Magic Hour', [trigger, deletion], chain('Trigger', 'Delete')),
		);
		await n8n.publish(stored);
		const ids = Array.from({ length: eventCount }, () => sandbox.projects.create());
		sandbox.webhooks.addFaults({ fault: { together: 2 } });
		sandbox.webhooks.register(cluster.url + triggerPath(trigger));

		sandbox.projects.advanceClock(10_000);
		await sandbox.webhooks.settled();
		const executions = await waitUntilAllEnded(n8n, stored, eventCount, timeout);

		print('Started by events, each sent twice at once', {
			...countBy(executions.map(({ status }) => status)),
			events: sandbox.webhooks.deliveries.length,
		});
		expect(executions.map(({ status }) => status)).toEqual(ids.map(() => 'success'));
		const deletions = sandbox.requests.filter(({ method }) => method === 'DELETE');
		expect(sortedRequests(deletions)).toEqual(ids.map(deleteRequest).sort());
		const downloads = sandbox.requests.filter(({ url }) => url.startsWith('/downloads/'));
		expect(downloads).toHaveLength(eventCount);
	});

	it('says which deletions a rate limit has kept from being made', async () => {
		const limitedCount = 60;
		const requestsPerSecond = 3;
		const ids = Array.from({ length: limitedCount }, () => sandbox.projects.create());
		sandbox.limitRate({ requestsPerSecond, sendsRetryAfter: true });
		const webhook = await publishDeletion(n8n, credential, { maxRetries: 10 });

		const startedAt = Date.now();
		const executionIds = await callForEach(webhook, ids, parallelCalls);
		const executions = await waitUntilAllEnded(n8n, webhook.workflow, limitedCount, timeout);

		const refused = sandbox.requests.filter(({ status }) => status === 429);
		const refusals = countBy(refused.map(({ url }) => url));
		print(`Under a limit of ${requestsPerSecond} requests a second`, {
			...countBy(executions.map(({ status }) => status)),
			requests: sandbox.requests.length,
			'got a 429': refused.length,
			'most 429s for one project': Math.max(0, ...Object.values(refusals)),
			seconds: seconds(startedAt, Date.now()),
		});
		expect(refused.length).toBeGreaterThan(0);
		const failed = executions.filter(({ status }) => status !== 'success');
		const isFailed = (id?: string) => failed.some((execution) => execution.id === id);
		const projectsOfFailed = ids.filter((_, index) => isFailed(executionIds[index]));
		expect(sandbox.projects.ids().sort()).toEqual(projectsOfFailed.sort());
		const deleted = sandbox.requests.filter(({ status }) => status === 204);
		expect(new Set(sortedRequests(deleted)).size).toBe(limitedCount - failed.length);
	});
});

/** @returns whether a worker has begun an execution that it has not finished, by its log */
async function isAtWork(name: string): Promise<boolean> {
	const log = await readFile(workerLog(join(cluster.folder, name)), 'utf8');
	const count = (words: string) => log.split(words).length;
	return count('Worker started execution') > count('Worker finished execution');
}

/** @returns how many executions each worker has begun, by its log */
async function startedByWorker(): Promise<Record<string, number>> {
	const names = (await readdir(cluster.folder)).filter((name) => name.startsWith('worker-'));
	const counts: Record<string, number> = {};
	for (const name of names.sort()) {
		const log = await readFile(workerLog(join(cluster.folder, name)), 'utf8').catch(() => '');
		counts[`started by ${name}`] = log.split('Worker started execution').length - 1;
	}
	return counts;
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + timeout;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error('The condition was not met in time');
		await sleep(10);
	}
}

function seconds(from: number, to: number): number {
	return Math.round((to - from) / 100) / 10;
}

function print(title: string, figures: Record<string, number>): void {
	const words = Object.entries(figures).map(([name, figure]) => `  ${name}: ${figure}\n`);
	process.stdout.write(`${title}\n${words.join('')}`);
}
