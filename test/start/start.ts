import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
	N8nClient,
	type CredentialData,
	type Owner,
	type Workflow,
	type WorkflowFile,
} from '../n8n/client';
import { cloneFolder } from '../n8n/folders';
import { installN8n, type N8nInstallation } from '../n8n/install';
import { installPackage, packPackage, recordPackage } from '../n8n/package';
import { startN8n, type N8nServer } from '../n8n/server';
import { defaultVersion, n8nReleases, findRelease } from '../n8n/versions';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { sandboxWebhookSecret } from '../sandbox/webhooks';
import { importExamples, projectsOfExamples, readExamples, triggerOf } from './examples';
import { required } from '../required';

const usage = `npm start -- [--n8n <version>] [--api-key <key>]

  --n8n <version>   the version of n8n (default ${defaultVersion}; tested: ${n8nReleases.map(({ version }) => version).join(', ')})
  --api-key <key>   use the real Magic Hour API with this key, instead of the sandbox
`;

/** Who owns the local n8n: documented, since it is on this machine only. */
const owner: Owner = {
	email: 'owner@example.com',
	password: 'Magic-Hour-1',
	firstName: 'Local',
	lastName: 'Owner',
};

const started: { sandbox?: Sandbox; server?: N8nServer } = {};

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			n8n: { type: 'string', default: defaultVersion },
			'api-key': { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return print(usage);
	const { version } = findRelease(values.n8n);

	const installation = await installN8n(version, print);
	const userFolder = join(cloneFolder(), 'start', version);
	const packageName = await installFreshPackage(userFolder);

	const examples = await readExamples();
	const apiKey = values['api-key'];
	if (apiKey === undefined) {
		started.sandbox = await startSandbox();
		for (const id of projectsOfExamples(examples)) started.sandbox.projects.create({ id });
	}

	print(`Starting n8n ${version} …`);
	const server = await startN8n({ installation, userFolder, keepsUserFolder: true });
	started.server = server;
	const n8n = new N8nClient(server.url, version);
	await signIn(n8n, installation, userFolder, packageName);
	const credential = await storeCredential(n8n, credentialFor(apiKey, started.sandbox));
	const stored = await importExamples(n8n, examples, credential);
	if (started.sandbox) await registerWebhook(n8n, stored, examples, started.sandbox);

	print(instructions(server, examples, started.sandbox));
	await server.ended;
	throw new Error(`n8n has ended. Its log: ${server.logFile}`);
}

/** Puts the package as it is now into n8n's user folder. */
async function installFreshPackage(userFolder: string): Promise<string> {
	print('Building and packing the package …');
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-pack-'));
	try {
		return await installPackage(userFolder, await packPackage(folder, print));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Makes the owner at the first start, and logs in at the later ones. */
async function signIn(
	n8n: N8nClient,
	installation: N8nInstallation,
	userFolder: string,
	packageName: string,
): Promise<void> {
	await ((await n8n.needsOwner()) ? n8n.setUpOwner(owner) : n8n.logIn(owner));
	await recordPackage(installation, userFolder, packageName, n8n);
}

function credentialFor(apiKey: string | undefined, sandbox: Sandbox | undefined): CredentialData {
	return {
		name: 'Magic Hour API',
		type: 'magicHourApi',
		data: sandbox
			? { apiKey: sandbox.apiKey, baseUrl: sandbox.url, webhookSecret: sandboxWebhookSecret }
			: { apiKey: apiKey ?? '', baseUrl: 'https://api.magichour.ai' },
	};
}

/** The sandbox has another address each time, so that an older credential is brought up to date. */
async function storeCredential(n8n: N8nClient, data: CredentialData) {
	const stored = (await n8n.credentials(data.type)).find(({ name }) => name === data.name);
	if (stored === undefined) return await n8n.createCredential(data);
	await n8n.updateCredential(stored, data);
	return stored;
}

/** Lets the events of the sandbox start the example that waits for them. */
async function registerWebhook(
	n8n: N8nClient,
	stored: Workflow[],
	examples: WorkflowFile[],
	sandbox: Sandbox,
): Promise<void> {
	for (const workflow of stored.filter(triggerOf)) await n8n.publish(workflow);
	const trigger = required(
		examples.map(triggerOf).find((node) => node !== undefined),
		'example that begins with the trigger',
	);
	sandbox.webhooks.register(`${n8n.url}/webhook/${trigger.webhookId}/webhook`);
}

function instructions(
	{ url, version, logFile }: N8nServer,
	examples: WorkflowFile[],
	sandbox: Sandbox | undefined,
): string {
	const projects = sandbox?.projects.ids() ?? [];
	const triggered = examples.find(triggerOf)?.name;
	const byHand = examples.find(({ nodes }) =>
		nodes.some(({ type }) => /manualTrigger$/.test(type)),
	);
	const api = sandbox
		? `The credential "Magic Hour API" is for a sandbox of the API at ${sandbox.url}
which has the image projects ${projects.join(', ')}. Once they are deleted, make them again with

  curl -s -H 'content-type: application/json' -d '${JSON.stringify({ ids: projects })}' ${sandbox.url}/sandbox/projects

The workflow "${triggered}" is published: make an image
project, and it starts by itself when the project is finished, after 4 seconds. See its Executions.

  curl -s -H 'content-type: application/json' -d '{"count":1}' ${sandbox.url}/sandbox/projects

To try the trigger out in the editor, open it, give the sandbox its test URL, click Execute step,
and make an image project:

  curl -s -H 'content-type: application/json' -d '{"url":"<test URL>"}' ${sandbox.url}/sandbox/webhook`
		: `The credential "Magic Hour API" is for the real API: what you delete is gone for good.
The image projects that the examples name are not in your account; give IDs of your own.`;
	return `
n8n ${version} is ready:  ${url}

  E-mail:    ${owner.email}
  Password:  ${owner.password}

1. Open the address, and sign in.
2. Open the workflow "${byHand?.name}" and click Execute workflow.
3. Open the node "Delete an image project" to see what became of each item.

To use the node in a workflow of your own, click + and search for "magic hour".

${api}

n8n's log: ${logFile}
Ctrl-C stops everything.
`;
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function stop(): Promise<void> {
	await Promise.all([started.server?.stop(), started.sandbox?.close()]);
}

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		// A terminal sends Ctrl-C to npm as well, which hands it on: it comes twice.
		if (isStopping) return;
		isStopping = true;
		print('\nStopping …');
		void stop().finally(() => process.exit(0));
	});
}

main().catch(async (error: unknown) => {
	if (isStopping) return;
	isStopping = true;
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	await stop();
	process.exit(1);
});
