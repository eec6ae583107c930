import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Is told what is going on, one line at a time. */
export type ProgressListener = (line: string) => void;

export interface CommandOptions {
	folder: string;
	/** Where the command's output goes. */
	logFile: string;
	/** Is told now and then that the command is still at work. */
	onProgress?: ProgressListener;
	/** What the command does, for the reports. */
	title: string;
}

const isWindows = process.platform === 'win32';
const reportEvery = 15_000;
const stopTimeout = 20_000;

/** The npm command. */
export const npm = isWindows ? 'npm.cmd' : 'npm';

/**
 * Runs a command to its end.
 *
 * @returns what it wrote to its standard output
 */
export async function runCommand(
	command: string,
	parameters: string[],
	{ folder, logFile, onProgress, title }: CommandOptions,
): Promise<string> {
	const startedAt = Date.now();
	const log = createWriteStream(logFile, { flags: 'a' });
	const group = startGroup(command, parameters, {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A .cmd file is one for the shell.
		shell: isWindows,
	});
	const written: Buffer[] = [];
	group.leader.stdout?.on('data', (data: Buffer) => {
		written.push(data);
		log.write(data);
	});
	group.leader.stderr?.on('data', (data: Buffer) => log.write(data));
	const progress = setInterval(() => {
		onProgress?.(`  ${title}: ${secondsSince(startedAt)} s`);
	}, reportEvery);
	try {
		const end = await new Promise<number | string>((resolve, reject) => {
			group.leader.once('error', reject);
			group.leader.once('close', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
		});
		if (end !== 0) {
			throw new Error(`${title} failed (${command} ended with ${end}). See its log: ${logFile}`);
		}
		return Buffer.concat(written).toString();
	} finally {
		clearInterval(progress);
		log.end();
		await group.stop();
	}
}

/** @returns whole seconds since a moment */
export function secondsSince(startedAt: number): number {
	return Math.round((Date.now() - startedAt) / 1000);
}

/** @returns a port of 127.0.0.1 that was free a moment ago */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** A process, with all that it starts, that can be ended as one. */
export interface ProcessGroup {
	leader: ChildProcess;
	/** Resolves when the leader has ended. */
	ended: Promise<void>;
	hasEnded(): boolean;
	/** Ends the leader and all that it started; resolves when they are gone. */
	stop(): Promise<void>;
}

/**
 * Starts a process as the leader of a group of its own, so that the children that it may leave behind
 * can be ended too, and nothing else can. The group does not outlive this process.
 */
export function startGroup(
	command: string,
	parameters: string[],
	options: SpawnOptions,
): ProcessGroup {
	const leader = spawn(command, parameters, { ...options, detached: !isWindows });
	const { pid } = leader;
	let isOver = false;
	const ended = new Promise<void>((resolve) => {
		const end = () => {
			isOver = true;
			resolve();
		};
		leader.once('error', end);
		leader.once('exit', end);
	});
	const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
		if (pid === undefined) return false;
		try {
			return isWindows ? leader.kill(signal) : process.kill(-pid, signal);
		} catch {
			return false;
		}
	};
	const killAtExit = () => void signalGroup('SIGKILL');
	process.once('exit', killAtExit);

	return {
		leader,
		ended,
		hasEnded: () => isOver,
		stop: async () => {
			const deadline = Date.now() + stopTimeout;
			// The leader ends its children in good order, if it is given the time.
			if (!isOver) leader.kill('SIGTERM');
			await Promise.race([ended, sleep(stopTimeout, undefined, { ref: false })]);
			signalGroup('SIGTERM');
			while (signalGroup(0) && Date.now() < deadline) await sleep(50);
			signalGroup('SIGKILL');
			await ended;
			process.removeListener('exit', killAtExit);
		},
	};
}

/** Waits until its third pipe closes, and then ends its group, in which the command is the leader. */
const tied = '{ read -r _ <&3; kill -s KILL 0; } & exec "$@" 3<&-';

/**
 * Starts a process as `startGroup()` does, of which nothing is left even if this process is killed, as
 * Jest's workers are.
 *
 * @param log the file that its output goes to
 */
export function startTiedGroup(
	command: string,
	parameters: string[],
	log: number,
	options: Pick<SpawnOptions, 'cwd' | 'env'>,
): ProcessGroup {
	if (isWindows)
		return startGroup(command, parameters, { ...options, stdio: ['ignore', log, log] });
	return startGroup('sh', ['-c', tied, 'sh', command, ...parameters], {
		...options,
		stdio: ['ignore', log, log, 'pipe'],
	});
}
