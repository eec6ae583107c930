import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstallation } from '../n8n/install';
import { freePort, startGroup } from '../n8n/processes';
import { offlineSettings } from '../n8n/server';
import { findRelease } from '../n8n/versions';

export interface QueueWorkerOptions {
	installation: N8nInstallation;
	/** The folder that the worker keeps everything in. */
	userFolder: string;
	/** The settings that it shares with the main process. */
	environment: Record<string, string>;
}

/** A running worker of n8n's queue mode. */
export interface QueueWorker {
	processId: number;
	/** Resolves when the process has ended, by itself or by being stopped. */
	ended: Promise<void>;
	/** Ends the process and all that it started. */
	stop(): Promise<void>;
}

/** How many executions a worker runs at the same time: n8n's default. */
export const workerConcurrency = 10;

const startTimeout = 120_000;

/** Starts a worker, and waits until it takes jobs. The caller stops it. */
export async function startWorker({
	installation,
	userFolder,
	environment,
}: QueueWorkerOptions): Promise<QueueWorker> {
	await mkdir(userFolder, { recursive: true });
	const healthPort = await freePort();
	const logFile = workerLog(userFolder);
	const log = openSync(logFile, 'a');
	const parameters = [installation.command, 'worker', `--concurrency=${workerConcurrency}`];
	const { PATH = '', HOME = userFolder } = process.env;
	const group = startGroup(installation.node, parameters, {
		cwd: userFolder,
		env: {
			PATH,
			HOME,
			...offlineSettings,
			...environment,
			N8N_DISABLED_MODULES: findRelease(installation.version).disabledModules.join(','),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_USER_FOLDER: userFolder,
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(healthPort),
		},
		stdio: ['ignore', log, log],
	});
	closeSync(log);

	const deadline = Date.now() + startTimeout;
	while (!(await isReady(healthPort))) {
		if (group.hasEnded() || Date.now() > deadline) {
			await group.stop();
			throw new Error(`A worker did not become ready. Its log: ${logFile}`);
		}
		await sleep(250);
	}
	return { processId: group.leader.pid ?? 0, ended: group.ended, stop: group.stop };
}

/** @returns where a worker's log is */
export function workerLog(userFolder: string): string {
	return join(userFolder, 'n8n.log');
}

async function isReady(port: number): Promise<boolean> {
	try {
		const response = await fetch(`http://127.0.0.1:${port}/healthz/readiness`, {
			signal: AbortSignal.timeout(5_000),
		});
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
