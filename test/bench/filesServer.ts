import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { credentialFor } from '../e2e/fixture';
import type { Execution, NodeRun, StoredCredential, WorkflowFile } from '../n8n/client';
import { required } from '../required';
import { makeUserFolder, startBenchServer } from './n8nServer';
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

/** Starts an n8n with a credential for the sandbox. The caller stops it. */
export async function startFilesServer(
	{ packed, onProgress }: Pick<TopicSetup, 'packed' | 'onProgress'>,
	sandbox: SandboxProcess,
): Promise<FilesServer> {
	const userFolder = await makeUserFolder();
	const folder = join(userFolder, 'files');
	const storage = join(userFolder, 'storage');
	await mkdir(folder);
	const before = await descendantsOf(process.pid);
	const { client, stop } = await startBenchServer(packed.tarball, onProgress, userFolder, {
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_BINARY_DATA_STORAGE_PATH: storage,
		N8N_RESTRICT_FILE_ACCESS_TO: folder,
	});
	try {
		const credential = await client.createCredential(credentialFor(sandbox));
		const after = await descendantsOf(process.pid);
		return {
			credential,
			folder,
			processIds: after.filter((id) => !before.includes(id)),
			run: async (file) => {
				const stored = await client.importWorkflow(file);
				const id = await client.runManually(stored, 'Start');
				const execution = await client.waitForExecution(id, timeout);
				await empty(storage);
				const { error } = execution.data.resultData;
				if (error !== undefined) throw new Error(`${file.name}: ${error.message}`);
				return execution;
			},
			stop,
		};
	} catch (error) {
		await stop(true);
		throw error;
	}
}

async function empty(folder: string): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		await rm(join(folder, name), { recursive: true, force: true });
	}
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
