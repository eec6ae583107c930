import { modelCredentialFor, startModel, type ModelServer } from '../model/model';
import { callFittingTool } from '../model/script';
import {
	N8nClient,
	type CredentialData,
	type Owner,
	type StoredCredential,
	type Workflow,
	type WorkflowFile,
} from '../n8n/client';
import type { N8nInstallation } from '../n8n/install';
import { recordPackage } from '../n8n/package';
import { startN8n, type N8nServer } from '../n8n/server';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { sandboxWebhookSecret } from '../sandbox/webhooks';
import { importExamples, projectsOfExamples, readExamples, unpublishExamples } from './examples';

/** Who owns the local n8n: documented, since it is on this machine only. */
export const localOwner: Owner = {
	email: 'owner@example.com',
	password: 'Magic-Hour-1',
	firstName: 'Local',
	lastName: 'Owner',
};

/** The name of the example that a newcomer runs first. */
export const firstExample = 'Generate an Image';

export interface WorkspaceOptions {
	installation: N8nInstallation;
	/** The folder that n8n keeps everything in, with the package installed in it. */
	userFolder: string;
	packageName: string;
	/** A key of the real API; without it, the sandbox replaces the API, and a script the model. */
	apiKey?: string;
	/** Takes what ends each thing that has started, as soon as it has. */
	onStarted: (stop: () => Promise<void>) => void;
}

/** What `npm start` has running. */
export interface Workspace {
	server: N8nServer;
	/** A session of the owner. */
	n8n: N8nClient;
	/** Those that this n8n has the nodes of. */
	examples: WorkflowFile[];
	/** The examples that were not in the user folder before. */
	imported: Workflow[];
	sandbox?: Sandbox;
	model?: ModelServer;
}

/** Starts an n8n with the package, the credentials, and the examples, none of them published. */
export async function startWorkspace({
	installation,
	userFolder,
	packageName,
	apiKey,
	onStarted,
}: WorkspaceOptions): Promise<Workspace> {
	const allExamples = await readExamples();
	const mocks = apiKey === undefined ? await startMocks(allExamples, onStarted) : {};
	const server = await startN8n({ installation, userFolder, keepsUserFolder: true });
	onStarted(async () => await server.stop());

	const n8n = new N8nClient(server.url, installation.version);
	await ((await n8n.needsOwner()) ? n8n.setUpOwner(localOwner) : n8n.logIn(localOwner));
	await recordPackage(installation, userFolder, packageName, n8n);
	const credentials: StoredCredential[] = [];
	for (const data of credentialsFor(apiKey, mocks)) {
		credentials.push(await storeCredential(n8n, data));
	}
	await unpublishExamples(n8n, allExamples);
	const known = new Set((await n8n.nodeTypes()).map(({ name }) => name));
	const examples = allExamples.filter(({ nodes }) => nodes.every(({ type }) => known.has(type)));
	const imported = await importExamples(n8n, newestLast(examples), credentials);
	return { server, n8n, examples, imported, ...mocks };
}

/** n8n lists workflows from the newest to the oldest: the one to start with must be at the top. */
function newestLast(examples: WorkflowFile[]): WorkflowFile[] {
	const isFirst = ({ name }: WorkflowFile) => name === firstExample;
	return [...examples.filter((example) => !isFirst(example)), ...examples.filter(isFirst)];
}

interface Mocks {
	sandbox?: Sandbox;
	model?: ModelServer;
}

async function startMocks(
	examples: WorkflowFile[],
	onStarted: WorkspaceOptions['onStarted'],
): Promise<Mocks> {
	const sandbox = await startSandbox();
	onStarted(sandbox.close);
	for (const id of projectsOfExamples(examples)) sandbox.projects.create({ id });
	const model = await startModel(callFittingTool);
	onStarted(model.close);
	return { sandbox, model };
}

function credentialsFor(apiKey: string | undefined, { sandbox, model }: Mocks): CredentialData[] {
	const credentials: CredentialData[] = [
		{
			name: 'Magic Hour API',
			type: 'magicHourApi',
			data: sandbox
				? { apiKey: sandbox.apiKey, baseUrl: sandbox.url, webhookSecret: sandboxWebhookSecret }
				: { apiKey: apiKey ?? '', baseUrl: 'https://api.magichour.ai' },
		},
	];
	if (model) {
		credentials.push(modelCredentialFor(model, 'OpenAI account (mock)'));
	}
	return credentials;
}

/** The mocks have new URLs each time, so an older credential is updated. */
async function storeCredential(n8n: N8nClient, data: CredentialData): Promise<StoredCredential> {
	const stored = (await n8n.credentials(data.type)).find(({ name }) => name === data.name);
	if (stored === undefined) return await n8n.createCredential(data);
	await n8n.updateCredential(stored, data);
	return stored;
}
