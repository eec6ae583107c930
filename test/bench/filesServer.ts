import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { owner } from '../e2e/servers';
import { node, credentialReference } from '../e2e/workflows';
import {
	N8nClient,
	type Execution,
	type NodeRun,
	type StoredCredential,
	type WorkflowFile,
	type WorkflowNode,
} from '../n8n/client';
import { installN8n } from '../n8n/install';
import { installPackage } from '../n8n/package';
import { startN8n } from '../n8n/server';
import { defaultVersion } from '../n8n/versions';
import { required } from '../required';
import { descendantsOf } from './processMemory';
import type { SandboxProcess } from './sandboxProcess';
import type { TopicSetup } from './topic';

/** A whole n8n with the package in it, which keeps binary data in files. */
export interface FilesServer {
	credential: StoredCredential;
	/** A folder that n8n may read files from, on the disk that it keeps binary data on. */
	folder: string;
	/** n8n and all that it has started; none where the system does not tell. */
	processIds: number[];
	/** Runs a workflow that begins with the node Start, and removes the files that n8n has kept of it. */
	run(file: WorkflowFile): Promise<Execution>;
	stop(): Promise<void>;
}

/** When a node was at work, in milliseconds since 1970. */
export interface Span {
	from: number;
	to: number;
}

const timeout = 300_000;
const retryAfter = 500;

/** Starts an n8n with a credential for the sandbox. The caller stops it. */
export async function startFilesServer(
	{ packed, onProgress }: Pick<TopicSetup, 'packed' | 'onProgress'>,
	sandbox: SandboxProcess,
): Promise<FilesServer> {
	const installation = await installN8n(defaultVersion, onProgress);
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-bench-'));
	const folder = join(userFolder, 'files');
	const storage = join(userFolder, 'storage');
	await mkdir(folder);
	await installPackage(userFolder, packed.tarball);
	const before = await descendantsOf(process.pid);
	const server = await startN8n({
		installation,
		userFolder,
		environment: {
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_BINARY_DATA_STORAGE_PATH: storage,
			N8N_RESTRICT_FILE_ACCESS_TO: folder,
		},
	});
	try {
		const client = new N8nClient(server.url, defaultVersion);
		await client.setUpOwner(owner);
		const credential = await client.createCredential({
			name: 'Magic Hour account',
			type: 'magicHourApi',
			data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
		});
		const after = await descendantsOf(process.pid);
		return {
			credential,
			folder,
			processIds: after.filter((id) => !before.includes(id)),
			run: async (file) => {
				const stored = await client.importWorkflow(file);
				const id = await client.runManually(stored, 'Start');
				const execution = await waitForExecution(client, id);
				await empty(storage);
				const { error } = execution.data.resultData;
				if (error !== undefined) throw new Error(`${file.name}: ${error.message}`);
				return execution;
			},
			stop: async () => await server.stop(),
		};
	} catch (error) {
		await server.stop(true);
		throw error;
	}
}

/** A busy n8n says now and then that its database is not ready. */
async function waitForExecution(client: N8nClient, id: string): Promise<Execution> {
	const deadline = Date.now() + timeout;
	for (;;) {
		try {
			return await client.waitForExecution(id, deadline - Date.now());
		} catch (error) {
			const isBusy = error instanceof Error && error.message.includes(': 503 ');
			if (!isBusy || Date.now() > deadline) throw error;
			await sleep(retryAfter);
		}
	}
}

async function empty(folder: string): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		await rm(join(folder, name), { recursive: true, force: true });
	}
}

/** @returns an HTTP Request node; with the credential only where the request goes to the API */
export function httpRequestNode(
	name: string,
	parameters: { method: string; url: string; options?: object } & Record<string, unknown>,
	credential?: StoredCredential,
): WorkflowNode {
	const type = 'n8n-nodes-base.httpRequest';
	const all = { options: {}, ...parameters };
	if (credential === undefined) return node(name, type, 4.2, all);
	const authentication = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: credential.type,
	};
	const credentials = credentialReference(credential);
	return node(name, type, 4.2, { ...authentication, ...all }, { credentials });
}

/**
 * @returns when a node ran, in its first run
 * @throws if it was not run
 */
export function spanOf({ data }: Execution, nodeName: string): Span {
	const run: NodeRun = required(data.resultData.runData[nodeName]?.[0], `run of ${nodeName}`);
	const from = 'startTime' in run ? Number(run.startTime) : NaN;
	return { from, to: from + ('executionTime' in run ? Number(run.executionTime) : NaN) };
}
