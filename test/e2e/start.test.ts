import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ToolParameter } from '../model/model';
import {
	outputItems,
	type Execution,
	type Item,
	type N8nClient,
	type WorkflowFile,
} from '../n8n/client';
import { installN8n } from '../n8n/install';
import { installPackage } from '../n8n/package';
import { majorVersion } from '../n8n/versions';
import { waitUntilAllEnded } from '../queue/deletionWebhook';
import { required } from '../required';
import type { Sandbox } from '../sandbox/sandbox';
import { readExamples, requestOf, triggerOf, withWaitsOf } from '../start/examples';
import { startWorkspace, type Workspace } from '../start/workspace';
import { openLink } from './openLink';
import { testedServers } from './servers';
import { testTriggerPath } from './workflows';

const timeout = 600_000;
/** Milliseconds for one example, which ends much sooner: so the failure names the one that hangs. */
const timeoutOfExample = 120_000;
const bystander = 'project-of-somebody-else';

/** The names of the nodes in which a person sees what an example has generated. */
const results: Record<string, { node: string; mimeTypes: string[] }> = {
	'Generate an Image': { node: 'Generate image', mimeTypes: ['image/png'] },
	'Generate Images From a Spreadsheet': {
		node: 'Save images',
		mimeTypes: ['image/png', 'image/png'],
	},
	'Cut Out and Upscale a Product Photo': { node: 'Upscale image', mimeTypes: ['image/png'] },
	'Generate a Talking Photo': { node: 'Generate talking photo', mimeTypes: ['video/mp4'] },
	'Swap Individual Faces': { node: 'Swap faces', mimeTypes: ['image/png'] },
	'Generate a Long Video Without Holding a Worker': {
		node: 'Save video',
		mimeTypes: ['video/mp4'],
	},
	'Translate and Subtitle a Video': { node: 'Save video', mimeTypes: ['video/mp4'] },
	'Generate, Deliver, and Delete': { node: 'Deliver image', mimeTypes: ['application/zip'] },
	'Deliver Each Image When It Completes, Then Delete It': {
		node: 'Deliver image',
		mimeTypes: ['application/zip'],
	},
};

describe.each(testedServers())('npm start with n8n $version', ({ version, tarball }) => {
	let userFolder: string;
	let workspace: Workspace;
	let ticking: NodeJS.Timeout | undefined;
	const running: Array<() => Promise<void>> = [];

	const stop = async () => {
		await Promise.all(running.splice(0).map(async (end) => await end()));
	};
	const start = async () => {
		const installation = await installN8n(version);
		const packageName = await installPackage(userFolder, tarball);
		return await startWorkspace({
			...{ installation, userFolder, packageName },
			onStarted: (end) => running.push(end),
		});
	};
	const sandbox = (): Sandbox => required(workspace.sandbox, 'running sandbox');

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), `n8n-nodes-magic-hour-start-${version}-`));
		workspace = await start();
	}, timeout);
	afterEach(() => clearInterval(ticking));
	afterAll(async () => {
		await stop();
		await rm(userFolder, { recursive: true, force: true });
	});

	it('publishes nothing, and has every example that this n8n has the nodes of', async () => {
		const { n8n } = workspace;
		const all = (await readExamples()).filter(
			({ nodes }) =>
				// Human review of tools came with n8n 2.
				majorVersion(version) >= 2 || !nodes.some(({ type }) => /HitlTool$/.test(type)),
		);

		const stored = await n8n.workflows();

		expect(stored.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
		expect(stored.filter(({ active }) => active)).toEqual([]);
	});

	it(
		'runs each example as it was imported, with short waits, twice: they touch nothing of each other, and tell the model what each value is',
		async () => {
			sandbox().projects.create({ id: bystander });
			// Minutes pass in the sandbox as seconds: there is much to wait for.
			ticking = setInterval(() => sandbox().projects.advanceClock(5_000), 200);
			for (const example of [...workspace.examples, ...workspace.examples]) {
				const { name } = example;
				const before = sandbox().requests.length;

				const execution = await run(workspace, example);

				const { error } = execution.data.resultData;
				expect({ name, status: execution.status, error }).toEqual({ name, status: 'success' });
				const requests = sandbox().requests.slice(before);
				const own = JSON.stringify([example, requests.map(({ answer }) => answer)]);
				const touched = requests.flatMap(({ url }) => projectIn(url) ?? []);
				expect({ name, foreign: touched.filter((id) => !own.includes(`${id}`)) }).toEqual({
					name,
					foreign: [],
				});
				expect(touched).not.toContain(bystander);
				const { node, mimeTypes } = results[name] ?? { node: '', mimeTypes: [] };
				expect({ name, mimeTypes: mimeTypesOf(outputItems(execution, node)) }).toEqual({
					name,
					mimeTypes,
				});
			}
			expect(sandbox().projects.ids()).toContain(bystander);

			const described = workspace.examples.flatMap(({ nodes }) =>
				[...JSON.stringify(nodes).matchAll(/\$fromAI\('\w+', '(.+?)'/g)].map(([, text]) => text),
			);
			const { questions } = required(workspace.model, 'running model');
			const told = questions
				.flatMap(({ tools }) => tools)
				.flatMap(({ parameters }) => valuesOf(parameters.properties))
				.map(({ description }) => description);
			expect(new Set(told)).toEqual(new Set(described));
		},
		timeout,
	);

	it(
		'unpublishes at the next start what takes each image, and imports nothing twice',
		async () => {
			const names = (await workspace.n8n.workflows()).map(({ name }) => name).sort();
			const triggered = workspace.examples.find((file) => triggerOf(file) !== undefined);
			const stored = await storedWorkflow(workspace, required(triggered, 'example with a trigger'));
			await workspace.n8n.publish(stored);
			const statuses = async () =>
				(await workspace.n8n.workflows()).filter(({ active }) => active).map(({ name }) => name);
			expect(await statuses()).toEqual([stored.name]);
			await stop();

			workspace = await start();

			expect(await statuses()).toEqual([]);
			expect((await workspace.n8n.workflows()).map(({ name }) => name).sort()).toEqual(names);
			const generation = await run(
				workspace,
				required(
					workspace.examples.find(({ name }) => name === 'Generate an Image'),
					'example',
				),
			);
			expect(generation.status).toBe('success');
		},
		timeout,
	);
});

async function storedWorkflow({ n8n }: Workspace, example: WorkflowFile) {
	const summary = (await n8n.workflows()).find(({ name }) => name === example.name);
	return await n8n.workflow(required(summary, 'stored workflow'));
}

/** Runs an example as its note or the printed steps say, and waits until it has ended. */
async function run(workspace: Workspace, example: WorkflowFile): Promise<Execution> {
	const { n8n, sandbox } = workspace;
	await n8n.saveWorkflow(withWaitsOf(1, await storedWorkflow(workspace, example)));
	const stored = await storedWorkflow(workspace, example);
	const trigger = triggerOf(stored);
	if (trigger !== undefined) {
		const earlier = (await n8n.executions(stored)).length;
		await n8n.listenForTestEvent(stored, trigger.name);
		sandbox?.webhooks.register(n8n.url + testTriggerPath(trigger));
		sandbox?.projects.create();
		const [newest] = await waitUntilAllEnded(n8n, stored, earlier + 1, timeoutOfExample);
		sandbox?.webhooks.register('');
		return await n8n.waitForExecution(required(newest, 'execution').id);
	}
	const [{ name, type } = { name: '', type: '' }] = stored.nodes;
	if (!type.endsWith('.chatTrigger')) {
		return await n8n.waitForExecution(await n8n.runManually(stored, name), timeoutOfExample);
	}
	const sessionId = randomUUID();
	const request = required(requestOf(example), 'request in a note');
	const id = await n8n.chatManually(stored, name, sessionId, request);
	if (!stored.nodes.some((node) => node.type.endsWith('HitlTool'))) {
		return await n8n.waitForExecution(id, timeoutOfExample);
	}
	const { approveLink, token } = await approvalAskedFor(n8n, id);
	const closeChat = await openChat(n8n, { sessionId, executionId: id, token });
	try {
		expect((await openLink(approveLink)).status).toBe(200);
		return await n8n.waitForExecution(id, timeoutOfExample);
	} finally {
		closeChat();
	}
}

/**
 * Waits until an execution asks a person for an approval.
 *
 * @returns the link behind the button that a person sees in the chat, and what opens the chat
 */
async function approvalAskedFor(n8n: N8nClient, executionId: string) {
	const deadline = Date.now() + timeoutOfExample;
	for (;;) {
		const { status, data } = await n8n.execution(executionId);
		const [approveLink] = /http[^"]*approved=true[^"]*/.exec(JSON.stringify(data ?? {})) ?? [];
		if (status === 'waiting' && approveLink !== undefined) {
			return { approveLink, token: data?.resumeToken ?? '' };
		}
		if (Date.now() > deadline) throw new Error(`Nobody is asked: ${status}`);
		await sleep(100);
	}
}

/**
 * Opens the WebSocket that the editor's chat has with n8n. As long as it is open, n8n takes the
 * messages of the workflow for delivered, and goes on.
 *
 * @param session `token`: what n8n stores with an execution when it begins to wait
 * @returns a function that closes it
 * @throws Error if n8n closes it instead
 */
async function openChat(
	{ url }: N8nClient,
	session: { sessionId: string; executionId: string; token: string },
): Promise<() => void> {
	const query = new URLSearchParams(session);
	const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/chat?${query.toString()}`);
	return await new Promise((resolve, reject) => {
		socket.addEventListener('message', ({ data }) => {
			if (data !== 'n8n|heartbeat') return;
			// n8n cancels the execution of a chat that leaves its heartbeats without an answer.
			socket.send('n8n|heartbeat-ack');
			resolve(() => socket.terminate());
		});
		socket.addEventListener('error', ({ message }) => reject(new Error(`No chat: ${message}`)));
		socket.addEventListener('close', ({ code }) =>
			reject(new Error(`No chat: closed with ${code}`)),
		);
	});
}

function projectIn(url: string): string | undefined {
	return /^\/(?:v1\/\w+-projects|downloads\/\w+)\/([^/?]+)/.exec(url)?.[1];
}

function mimeTypesOf(items: Item[]): string[] {
	return items.map(({ binary }) => binary?.data?.mimeType ?? 'none');
}

/** @returns the parameters that are values, also those within others */
function valuesOf(properties: Record<string, ToolParameter> = {}): ToolParameter[] {
	return Object.values(properties).flatMap((parameter) =>
		parameter.type === 'object' ? valuesOf(parameter.properties) : [parameter],
	);
}
