import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nInstallation } from './install';
import { freePort, startTiedGroup } from './processes';
import { findRelease } from './versions';

export interface N8nServerOptions {
	installation: N8nInstallation;
	/** The folder that n8n keeps everything in. */
	userFolder: string;
	/** Further settings for n8n. */
	environment?: Record<string, string>;
	/** The port of 127.0.0.1 to listen on; without it, a free one. */
	port?: number;
	/** What becomes of the user folder when n8n is stopped without a failure. */
	keepsUserFolder?: boolean;
}

/** A running n8n. */
export interface N8nServer {
	version: string;
	url: string;
	logFile: string;
	/** Resolves when the process has ended, by itself or by being stopped. */
	ended: Promise<void>;
	/**
	 * Ends the process and all that it started.
	 *
	 * @param failed whether something went wrong: the user folder and the log are then kept
	 */
	stop(failed?: boolean): Promise<void>;
}

const startTimeout = 180_000;

/** What n8n is told so that it keeps to itself: it must not look for anything on the internet. */
export const offlineSettings = {
	N8N_AI_ENABLED: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

/** Of this process's environment, n8n gets only what any program needs. */
const inheritedSettings = [
	'APPDATA',
	'HOME',
	'LANG',
	'LC_ALL',
	'PATH',
	'SystemRoot',
	'TEMP',
	'TMP',
	'TMPDIR',
	'TZ',
	'USERPROFILE',
];

/**
 * Starts an n8n on 127.0.0.1 with the embedded SQLite database, and waits until it is ready.
 * The caller stops it.
 */
export async function startN8n({
	installation,
	userFolder,
	environment = {},
	port: chosenPort,
	keepsUserFolder = false,
}: N8nServerOptions): Promise<N8nServer> {
	await mkdir(userFolder, { recursive: true });
	const port = chosenPort ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(userFolder, 'n8n.log');
	const log = openSync(logFile, 'a');
	const group = startTiedGroup(installation.node, [installation.command, 'start'], log, {
		cwd: userFolder,
		env: {
			...inherited(),
			...offlineSettings,
			DB_TYPE: 'sqlite',
			// n8n 1 has one connection for all, on which transactions at the same time fail each other.
			DB_SQLITE_POOL_SIZE: '3',
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: url,
			WEBHOOK_URL: url,
			N8N_SECURE_COOKIE: 'false',
			N8N_DISABLED_MODULES: findRelease(installation.version).disabledModules.join(','),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...environment,
		},
	});
	closeSync(log);

	const server: N8nServer = {
		version: installation.version,
		url,
		logFile,
		ended: group.ended,
		stop: async (failed = false) => {
			await group.stop();
			if (failed) {
				process.stderr.write(`The log of n8n ${installation.version}: ${logFile}\n`);
			} else if (!keepsUserFolder) {
				await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
			}
		},
	};
	try {
		await waitUntilReady(url, group.hasEnded);
	} catch (error) {
		const lastLines = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-10);
		await server.stop(true);
		throw new Error(`${(error as Error).message}:\n${lastLines.join('\n')}`);
	}
	return server;
}

function inherited(): Record<string, string> {
	const settings: Record<string, string> = {};
	for (const name of inheritedSettings) {
		const value = process.env[name];
		if (value !== undefined) settings[name] = value;
	}
	return settings;
}

/** n8n listens before it serves: it is ready when its API knows whether somebody is logged in. */
async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<void> {
	const deadline = Date.now() + startTimeout;
	while (Date.now() < deadline) {
		if (hasEnded()) throw new Error('n8n ended while it was starting');
		const isHealthy = (await fetchStatus(`${url}/healthz/readiness`)) === 200;
		// 401 is n8n's own word that nobody is logged in.
		if (isHealthy && [200, 401].includes(await fetchStatus(`${url}/rest/login`))) return;
		await sleep(250);
	}
	throw new Error(`n8n was not ready after ${startTimeout / 1000} s`);
}

async function fetchStatus(url: string): Promise<number> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.arrayBuffer();
		return response.status;
	} catch {
		return 0;
	}
}
