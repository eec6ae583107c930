import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialFor } from '../e2e/fixture';
import { owner } from '../e2e/servers';
import {
	chain,
	credentialReference,
	noOp,
	node,
	triggerNode,
	triggerPath,
	workflow,
} from '../e2e/workflows';
import { N8nClient, type Workflow, type WorkflowNode } from '../n8n/client';
import { defaultVersion } from '../n8n/versions';
import { startCluster } from '../queue/cluster';
import { sandboxKey } from '../sandbox/sandbox';
import { sandboxWebhookSecret, signatureHeaders } from '../sandbox/webhooks';
import { spread } from './markdown';
import { makeUserFolder, startBenchServer, type BenchServer } from './n8nServer';
import { spreadOf } from './statistics';
import type { Topic, TopicSetup, TopicTable } from './topic';

const eventCount = 500;
const warmUpEvents = 50;
const inFlight = 10;
const timeout = 120_000;
const askEvery = 100;
const webhookHeader = 'x-webhook-key';

/** A published workflow that events are sent to. */
interface Receiver {
	title: string;
	url: string;
	workflow: Workflow;
	/** @returns the headers that vouch for an event, or try to */
	headersOf: (body: string, isForged: boolean) => Record<string, string>;
}

/** What one round came to, in events per second. */
interface Rates {
	answered: number;
	executed: number;
	refused: number;
}

const notes = `${eventCount} events in each round, each of another project, are sent to the production URL, ${inFlight} in flight, in a whole n8n ${defaultVersion}: in single mode with SQLite, and in queue mode with PostgreSQL, Redis, a main process, and two workers. The trigger is followed by a No Operation node, and n8n saves the executions. Then as many forged events follow: their signature is made with another secret (401). n8n's own Webhook node can't check signatures, so it checks a header instead, which is wrong in the forged ones (403). Executions count until the last of them has ended. n8n 2 evaluates expressions in isolated environments, and creates new ones: two for each event of this trigger (to look up the webhook, and to read the credential), one for each event of the Webhook node (which needs none to be looked up), and one for each execution.`;

/** Events that start workflows, and forged ones that must not. */
export const events: Topic = { title: 'Events of Magic Hour that start workflows', measure };

async function measure({ packed, rounds, onProgress }: TopicSetup): Promise<TopicTable> {
	const modes: Array<[string, () => Promise<BenchServer>]> = [
		[
			'Single',
			async () => await startBenchServer(packed.tarball, onProgress, await makeUserFolder()),
		],
		['Queue', async () => await startQueue(onProgress)],
	];
	const rows: string[][] = [];
	for (const [mode, start] of modes) {
		onProgress(`  ${mode} mode`);
		const n8n = await start();
		let failed = true;
		try {
			const receivers = await publishReceivers(n8n.client);
			for (const receiver of receivers) await runRound(n8n.client, receiver, warmUpEvents);
			const rates = new Map(receivers.map((receiver) => [receiver, [] as Rates[]]));
			for (let round = 0; round < rounds; round++) {
				const inTurn = round % 2 === 0 ? receivers : receivers.toReversed();
				for (const receiver of inTurn) {
					onProgress(`  ${mode} mode, round ${round + 1}: ${receiver.title}`);
					rates.get(receiver)?.push(await runRound(n8n.client, receiver, eventCount));
				}
			}
			for (const [{ title }, ofReceiver] of rates) {
				const column = (figure: keyof Rates) =>
					spread(spreadOf(ofReceiver.map((one) => one[figure])), (value) => value.toFixed(0));
				rows.push([mode, title, column('answered'), column('executed'), column('refused')]);
			}
			failed = false;
		} finally {
			await n8n.stop(failed);
		}
	}
	return {
		title: events.title,
		notes,
		headings: [
			'Mode of n8n',
			'Contestant',
			'Events answered per second',
			'Executions ended per second',
			'Forged events refused per second',
		],
		rows,
		aims: [],
	};
}

/** Starts a main process and two workers, with PostgreSQL and Redis. */
async function startQueue(onProgress: TopicSetup['onProgress']): Promise<BenchServer> {
	const cluster = await startCluster(onProgress);
	const client = new N8nClient(cluster.url, cluster.version);
	try {
		await client.logIn(owner);
	} catch (error) {
		await cluster.stop(true);
		throw error;
	}
	return { client, stop: cluster.stop };
}

async function publishReceivers(client: N8nClient): Promise<Receiver[]> {
	const nowhere = { url: 'http://127.0.0.1:9', apiKey: sandboxKey };
	const magicHour = await client.createCredential(credentialFor(nowhere));
	const key = randomUUID();
	const header = await client.createCredential({
		name: 'Header of a webhook',
		type: 'httpHeaderAuth',
		data: { name: webhookHeader, value: key },
	});
	const trigger = triggerNode(magicHour, { events: ['image.completed'] });
	const path = randomUUID();
	const webhook = node(
		'Trigger',
		'n8n-nodes-base.webhook',
		2,
		{
			httpMethod: 'POST',
			path,
			authentication: 'headerAuth',
			responseMode: 'onReceived',
			options: {},
		},
		{ webhookId: path, credentials: credentialReference(header) },
	);
	return [
		{
			title: 'Magic Hour Trigger',
			url: client.url + triggerPath(trigger),
			workflow: await publish(client, trigger),
			headersOf: (body, isForged) =>
				signatureHeaders(body, sandboxWebhookSecret, isForged ? { signature: 'other secret' } : {}),
		},
		{
			title: "n8n's Webhook node, with Header Auth",
			url: `${client.url}/webhook/${path}`,
			workflow: await publish(client, webhook),
			headersOf: (_, isForged) => ({ [webhookHeader]: isForged ? randomUUID() : key }),
		},
	];
}

async function publish(client: N8nClient, trigger: WorkflowNode): Promise<Workflow> {
	const file = workflow(trigger.type, [trigger, noOp('After')], chain(trigger.name, 'After'));
	const stored = await client.importWorkflow(file);
	await client.publish(stored);
	return stored;
}

/** Sends events, waits for their executions, and sends as many forged ones. */
async function runRound(client: N8nClient, receiver: Receiver, count: number): Promise<Rates> {
	const before = await countEnded(client, receiver.workflow);
	const startedAt = performance.now();
	const statuses = await sendEvents(receiver, count, false);
	const answeredAt = performance.now();
	expectAll(statuses, (status) => status >= 200 && status < 300, receiver);
	while ((await countEnded(client, receiver.workflow)) < before + count) {
		if (performance.now() > answeredAt + timeout) {
			throw new Error(`${receiver.title}: not all executions have ended in ${timeout / 1000} s`);
		}
		await sleep(askEvery);
	}
	const endedAt = performance.now();
	const refusals = await sendEvents(receiver, count, true);
	const refusedAt = performance.now();
	expectAll(refusals, (status) => status === 401 || status === 403, receiver);
	return {
		answered: perSecond(count, answeredAt - startedAt),
		executed: perSecond(count, endedAt - startedAt),
		refused: perSecond(count, refusedAt - endedAt),
	};
}

/** @returns how many executions of a workflow have ended well, without their list */
async function countEnded(client: N8nClient, { id }: Workflow): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['success'] }));
	const path = `/rest/executions?filter=${filter}&limit=1`;
	return (await client.request<{ count: number }>('GET', path)).count;
}

/** @returns the statuses that n8n answered */
async function sendEvents(
	{ url, headersOf }: Receiver,
	count: number,
	isForged: boolean,
): Promise<number[]> {
	const agent = new Agent({ keepAlive: true });
	const statuses: number[] = [];
	const rest = Array.from({ length: count }, eventBody).values();
	const sendInTurn = async () => {
		for (const body of rest) statuses.push(await post(url, body, headersOf(body, isForged), agent));
	};
	await Promise.all(Array.from({ length: inFlight }, sendInTurn));
	agent.destroy();
	return statuses;
}

/** @returns an event of another project each time, as Magic Hour sends it */
function eventBody(): string {
	const id = `cm${randomBytes(12).toString('hex')}`;
	const url = `https://video.magichour.ai/${id}/output.png`;
	return JSON.stringify({
		type: 'image.completed',
		payload: {
			id,
			name: 'An image',
			status: 'complete',
			image_count: 1,
			type: 'AI_IMAGE',
			created_at: new Date().toISOString(),
			enabled: true,
			credits_charged: 5,
			downloads: [{ url, expires_at: new Date().toISOString() }],
			error: null,
		},
	});
}

async function post(
	url: string,
	body: string,
	headers: Record<string, string>,
	agent: Agent,
): Promise<number> {
	return await new Promise((resolve, reject) => {
		const settings = {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			agent,
		};
		request(url, settings, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		})
			.once('error', reject)
			.end(body);
	});
}

function expectAll(
	statuses: number[],
	isExpected: (status: number) => boolean,
	{ title }: Receiver,
): void {
	const unexpected = statuses.filter((status) => !isExpected(status));
	if (unexpected.length === 0) return;
	throw new Error(`${title}: ${unexpected.length} events were answered ${unexpected[0]}`);
}

function perSecond(count: number, milliseconds: number): number {
	return (count * 1000) / milliseconds;
}
