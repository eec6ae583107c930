import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testTriggerPath } from '../e2e/workflows';
import { cloneFolder } from '../n8n/folders';
import { installN8n } from '../n8n/install';
import { installPackage, packPackage } from '../n8n/package';
import { defaultVersion, n8nReleases, findRelease } from '../n8n/versions';
import { required } from '../required';
import { triggerOf } from './examples';
import { firstExample, localOwner, startWorkspace, type Workspace } from './workspace';

const usage = `npm start -- [--n8n <version>] [--api-key <key>]

  --n8n <version>   n8n version (default ${defaultVersion}; tested: ${n8nReleases.map(({ version }) => version).join(', ')})
  --api-key <key>   use the real Magic Hour API with this key instead of the mock server
`;

/** What ends each thing that has started. */
const running: Array<() => Promise<void>> = [];

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
	print(`Starting n8n ${version} …`);
	const workspace = await startWorkspace({
		...{ installation, userFolder, packageName, apiKey: values['api-key'] },
		onStarted: (stop) => running.push(stop),
	});

	print(instructions(workspace));
	await workspace.server.ended;
	throw new Error(`n8n has stopped. See its log: ${workspace.server.logFile}`);
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

function instructions({ server, examples, sandbox }: Workspace): string {
	const triggered = required(
		examples.find((example) => triggerOf(example) !== undefined),
		'example that begins with the trigger',
	);
	const testUrl = server.url + testTriggerPath(triggerOf(triggered) ?? {});
	const post = (path: string, body: object) =>
		`curl -s -H 'content-type: application/json' -d '${JSON.stringify(body)}' ${sandbox?.url}/sandbox/${path}`;
	const api = sandbox
		? `Nothing reaches Magic Hour or OpenAI. A mock server at ${sandbox.url} replaces the
Magic Hour API, and a script replaces the AI model.

The workflow "${triggered.name}"
isn't published, because it deletes every image that completes. To try it once, open
it, click Execute workflow, and run:

  ${post('webhook', { url: testUrl })}
  ${post('projects', {})}

The projects in the examples can be deleted only once. To create them again:

  ${post('projects', { ids: sandbox.projects.ids() })}`
		: `The credential "Magic Hour API" uses the real API: generating charges credits, and
deletions are permanent. Enter your own project IDs and photos in the examples. For the
AI agents, add an OpenAI credential. The workflow
"${triggered.name}"
isn't published, because it deletes every image that completes in your account.`;
	return `
n8n ${server.version} is ready:  ${server.url}

  Email:     ${localOwner.email}
  Password:  ${localOwner.password}

1. Open the URL and sign in.
2. Open the workflow "${firstExample}" and click Execute workflow.
3. Double-click the node "Generate image". The image is in its output.

The other workflows work the same way. Their notes say what to change. To use the node
in your own workflow, click + and search for "magic hour".

${api}

n8n's log: ${server.logFile}
Press Ctrl-C to stop everything.
`;
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function stop(): Promise<void> {
	await Promise.all(running.map(async (end) => await end()));
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
