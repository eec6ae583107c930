import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Owner } from '../n8n/client';
import { installN8n, type N8nInstallation } from '../n8n/install';
import { installPackage, packPackage } from '../n8n/package';
import type { ProgressListener } from '../n8n/processes';
import { startN8n } from '../n8n/server';
import { defaultVersion } from '../n8n/versions';
import { startPostgres, startRedis, type Postgres } from './services';
import { startWorker, type QueueWorker } from './worker';

/** What the tests know of the running queue mode. */
export interface SuiteCluster {
	version: string;
	url: string;
	/** The folder that holds everything, with a folder for each worker: worker-1, worker-2, … */
	folder: string;
	/** The processes of the first workers. */
	workerProcesses: number[];
}

/** A running queue mode: a main process, workers, and somebody who replaces a worker that died. */
export interface Cluster extends SuiteCluster {
	/** Ends everything. */
	stop(failed: boolean): Promise<void>;
}

/** Who owns the n8n of the suite. */
export const owner: Owner = {
	email: 'owner@example.com',
	password: 'Password-of-a-test-1',
	firstName: 'Owner',
	lastName: 'of a test',
};

const workerCount = 2;

/** Much shorter than n8n's own (60 s, 10 s and 30 s), so that a dead worker is noticed in seconds. */
const shortTimeouts = {
	QUEUE_WORKER_LOCK_DURATION: '12000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};

/** Leaves word of the cluster for the tests, which Jest runs in contexts of their own. */
export function publishCluster({ version, url, folder, workerProcesses }: SuiteCluster): void {
	process.env.SUITE_CLUSTER = JSON.stringify({ version, url, folder, workerProcesses });
}

/** @returns the running cluster */
export function suiteCluster(): SuiteCluster {
	return JSON.parse(process.env.SUITE_CLUSTER ?? 'null') as SuiteCluster;
}

/**
 * Starts PostgreSQL, Redis, a main process of n8n and its workers, each with a user folder of its
 * own and the packed package in it, as on machines of their own. The caller stops them.
 */
export async function startCluster(onProgress: ProgressListener): Promise<Cluster> {
	const installation = await installN8n(defaultVersion, onProgress);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-queue-'));
	// PostgreSQL runs as another user, who must be able to get to its folder.
	await chmod(folder, 0o711);
	const stops: Array<(failed: boolean) => Promise<void>> = [];
	const stop = async (failed: boolean) => {
		// In order: n8n's processes want to take leave of the database and of Redis.
		for (const end of stops.splice(0).reverse()) await end(failed);
		if (failed) onProgress(`Everything of the failed run is kept, with the logs: ${folder}`);
		else await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};

	try {
		const tarball = await packPackage(join(folder, 'pack'));
		onProgress('Starting PostgreSQL and Redis …');
		const postgres = await startPostgres(join(folder, 'postgres'));
		stops.push(async () => await postgres.stop());
		const redis = await startRedis(join(folder, 'redis'));
		stops.push(async () => await redis.stop());
		const environment = {
			...shortTimeouts,
			DB_TYPE: 'postgresdb',
			// n8n's own 2 connections are too few for a burst of webhook calls: it answers them 5xx.
			DB_POSTGRESDB_POOL_SIZE: '10',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_DATABASE: postgres.database,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
		};

		onProgress(`Starting n8n ${installation.version} …`);
		const mainFolder = join(folder, 'main');
		const packageName = await installPackage(mainFolder, tarball);
		const main = await startN8n({
			installation,
			userFolder: mainFolder,
			environment,
			keepsUserFolder: true,
		});
		stops.push(async (failed) => await main.stop(failed));
		const client = new N8nClient(main.url, installation.version);
		await client.setUpOwner(owner);
		await recordPackage(postgres, mainFolder, packageName, client);

		const workers = new WorkerPool(installation, folder, tarball, environment, onProgress);
		stops.push(async () => await workers.stop());
		const workerProcesses = await workers.start(workerCount);
		return { version: installation.version, url: main.url, folder, workerProcesses, stop };
	} catch (error) {
		await stop(true);
		throw error;
	}
}

/** The workers. As a service manager does, it starts a new one in the place of one that died. */
class WorkerPool {
	private readonly running = new Set<QueueWorker>();

	private readonly replacements: Array<Promise<void>> = [];

	private started = 0;

	private isStopping = false;

	constructor(
		private readonly installation: N8nInstallation,
		private readonly folder: string,
		private readonly tarball: string,
		private readonly environment: Record<string, string>,
		private readonly onProgress: ProgressListener,
	) {}

	/** @returns the IDs of their processes */
	async start(count: number): Promise<number[]> {
		const workers: QueueWorker[] = [];
		while (workers.length < count) workers.push(await this.startOne());
		return workers.map(({ processId }) => processId);
	}

	async stop(): Promise<void> {
		this.isStopping = true;
		await Promise.all(this.replacements);
		await Promise.all([...this.running].map(async (worker) => await worker.stop()));
	}

	private async startOne(): Promise<QueueWorker> {
		const name = `worker-${++this.started}`;
		this.onProgress(`Starting ${name} …`);
		const userFolder = join(this.folder, name);
		await installPackage(userFolder, this.tarball);
		const { installation, environment } = this;
		const worker = await startWorker({ installation, userFolder, environment });
		this.running.add(worker);
		void worker.ended.then(() => this.replace(worker));
		return worker;
	}

	private replace(worker: QueueWorker): void {
		if (this.isStopping) return;
		this.running.delete(worker);
		const replacement = async () => {
			// Ends what the dead process has left.
			await worker.stop();
			await this.startOne();
		};
		this.replacements.push(
			replacement().catch((error: unknown) => this.onProgress(`No new worker: ${String(error)}`)),
		);
	}
}

/** Enters the package in n8n's database, where n8n's installer notes it. */
async function recordPackage(
	postgres: Postgres,
	userFolder: string,
	packageName: string,
	client: N8nClient,
): Promise<void> {
	const manifest = join(userFolder, '.n8n', 'nodes', 'node_modules', packageName, 'package.json');
	const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
	const nodes = (await client.nodeTypes()).filter(
		({ name }) => name.startsWith(`${packageName}.`) && !name.endsWith('Tool'),
	);
	await postgres.run(
		[
			`INSERT INTO installed_packages ("packageName", "installedVersion")
				VALUES (${quoted(packageName)}, ${quoted(version)});`,
			...nodes.map(
				({ name, displayName, version: nodeVersion }) =>
					`INSERT INTO installed_nodes (name, type, "latestVersion", package)
						VALUES (${quoted(displayName)}, ${quoted(name)}, ${nodeVersion}, ${quoted(packageName)});`,
			),
		].join('\n'),
	);
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
