import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryFolder } from '../n8n/folders';
import { freePort, startGroup } from '../n8n/processes';
import { required } from '../required';
import type { ProjectKind } from '../sandbox/projects';
import { sandboxKey, type LoggedRequest } from '../sandbox/sandbox';

/** What the API is like in a case. */
export interface ApiSetting {
	/** The projects that there are. */
	ids: string[];
	/** Milliseconds before each answer. */
	delay?: number;
	/** What comes faster is answered with 429 and Retry-After. */
	requestsPerSecond?: number;
}

/** What the sandbox saw of a run. */
export interface SandboxStats {
	requests: number;
	/** Requests that were answered with 429. */
	refused: number;
	highestInFlight: number;
	projectsLeft: number;
}

/** A sandbox in a process of its own. */
export interface SandboxProcess {
	url: string;
	apiKey: string;
	/** Forgets all, and becomes what a case asks for. */
	set(api: ApiSetting): Promise<void>;
	/** Forgets all, and has one finished project, whose files have so many bytes. */
	setProject(kind: ProjectKind, fileSize: number): Promise<string>;
	/** @returns the requests that have arrived so far, in order */
	readRequests(): Promise<LoggedRequest[]>;
	/** Waits until no more requests arrive. */
	readStats(): Promise<SandboxStats>;
	/** The time in milliseconds for which it has kept a processor busy; undefined where unknown. */
	busyTime(): Promise<number | undefined>;
	stop(): Promise<void>;
}

const startTimeout = 30_000;
const quietTime = 150;
const ticksPerSecond = 100;

/** Starts a sandbox. The caller stops it. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const group = startGroup(
		process.execPath,
		['--import', 'tsx', 'test/sandbox/main.ts', String(port)],
		{ cwd: repositoryFolder, stdio: ['ignore', 'ignore', 'inherit'] },
	);
	const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
		const response = await fetch(`${url}/sandbox/${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`The sandbox answered /sandbox/${path}: ${response.status}`);
		return (await response.json()) as Answer;
	};
	const log = async () =>
		await ask<{ highestInFlight: number; requests: LoggedRequest[] }>('requests');

	const deadline = Date.now() + startTimeout;
	while (!(await isReady(url))) {
		if (group.hasEnded() || Date.now() > deadline) {
			await group.stop();
			throw new Error('The sandbox did not start');
		}
		await sleep(50);
	}
	return {
		url,
		apiKey: sandboxKey,
		set: async ({ ids, delay, requestsPerSecond }) => {
			await ask('reset', {});
			await ask('projects', { ids });
			if (delay !== undefined) await ask('faults', [{ method: 'DELETE', fault: { delay } }]);
			if (requestsPerSecond !== undefined) {
				await ask('rate-limit', { requestsPerSecond, sendsRetryAfter: true });
			}
		},
		setProject: async (kind, fileSize) => {
			await ask('reset', {});
			const [id] = await ask<string[]>('projects', { kind, fileSize, isFinished: true });
			return required(id, 'project');
		},
		readRequests: async () => (await log()).requests,
		readStats: async () => {
			let stats = await log();
			for (let before = -1; before !== stats.requests.length; stats = await log()) {
				before = stats.requests.length;
				await sleep(quietTime);
			}
			return {
				requests: stats.requests.length,
				refused: stats.requests.filter(({ status }) => status === 429).length,
				highestInFlight: stats.highestInFlight,
				projectsLeft: (await ask<string[]>('projects')).length,
			};
		},
		busyTime: async () => await busyTimeOf(group.leader.pid),
		stop: group.stop,
	};
}

async function isReady(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/sandbox/projects`)).ok;
	} catch {
		return false;
	}
}

/** Linux alone tells the processor time of another process in a file. */
async function busyTimeOf(pid: number | undefined): Promise<number | undefined> {
	try {
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The command's name, in parentheses, may have spaces in it.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const [userTicks = NaN, systemTicks = NaN] = fields.slice(11, 13).map(Number);
		return ((userTicks + systemTicks) * 1000) / ticksPerSecond;
	} catch {
		return undefined;
	}
}
