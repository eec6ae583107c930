import { closeSync, existsSync, openSync } from 'node:fs';
import { chown, mkdir, readdir, stat } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, runCommand, startGroup, type ProcessGroup } from '../n8n/processes';

/** A running service of another make. */
export interface Service {
	port: number;
	stop(): Promise<void>;
}

/** A running PostgreSQL with one database. */
export interface Postgres extends Service {
	user: string;
	database: string;
	/** Runs statements. */
	run(statements: string): Promise<void>;
}

interface Command {
	command: string;
	parameters: string[];
}

const host = '127.0.0.1';
const startTimeout = 30_000;
const debianFolder = '/usr/lib/postgresql';

/**
 * Starts a PostgreSQL on a free port, with a new database. The caller stops it.
 *
 * @param folder where it keeps its data and its log; does not exist yet
 */
export async function startPostgres(folder: string): Promise<Postgres> {
	const programs = await postgresPrograms();
	const user = 'n8n';
	const database = 'n8n';
	await mkdir(folder, { recursive: true });
	await makePostgresOwner(folder);
	const logFile = join(folder, '..', 'postgres.log');
	const dataFolder = join(folder, 'data');
	const run = async (title: string, program: string, parameters: string[]) => {
		const { command, parameters: all } = asPostgres(join(programs, program), parameters);
		await runCommand(command, all, { folder, logFile, title });
	};

	await run('initdb', 'initdb', [
		...['-D', dataFolder, '-U', user, '-E', 'UTF8', '--auth=trust', '--locale=C.UTF-8'],
	]);
	const port = await freePort();
	const group = startService(
		asPostgres(join(programs, 'postgres'), [
			...['-D', dataFolder, '-h', host, '-p', String(port), '-c', 'unix_socket_directories='],
		]),
		folder,
		logFile,
	);
	const server = ['-h', host, '-p', String(port), '-U', user];
	try {
		await waitForPort(port, 'PostgreSQL', group);
		await createDatabase(async () => await run('createdb', 'createdb', [...server, database]));
	} catch (error) {
		await group.stop();
		throw error;
	}
	return {
		port,
		user,
		database,
		run: async (statements) => {
			const parameters = ['-v', 'ON_ERROR_STOP=1', '-c', statements];
			await run('psql', 'psql', [...server, '-d', database, ...parameters]);
		},
		stop: async () => await group.stop(),
	};
}

/** PostgreSQL listens before it is ready to serve. */
async function createDatabase(create: () => Promise<void>): Promise<void> {
	const deadline = Date.now() + startTimeout;
	for (;;) {
		try {
			await create();
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(500);
		}
	}
}

/**
 * Starts a Redis on a free port. The caller stops it.
 *
 * @param folder where it puts its log
 */
export async function startRedis(folder: string): Promise<Service> {
	await mkdir(folder, { recursive: true });
	const port = await freePort();
	const settings = ['--port', String(port), '--bind', host, '--save', '', '--dir', folder];
	const group = startService(
		{ command: 'redis-server', parameters: settings },
		folder,
		join(folder, '..', 'redis.log'),
	);
	try {
		await waitForPort(port, 'Redis', group);
	} catch (error) {
		await group.stop();
		throw error;
	}
	return { port, stop: async () => await group.stop() };
}

/** @returns the folder with PostgreSQL's programs, of the newest version that is installed */
async function postgresPrograms(): Promise<string> {
	const versions = existsSync(debianFolder) ? await readdir(debianFolder) : [];
	const newest = versions
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(debianFolder, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
	if (newest === undefined) {
		throw new Error('PostgreSQL is not installed. Run: bash test/queue/install.sh');
	}
	return newest;
}

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root: then it runs as the user that Debian made for it. */
function asPostgres(command: string, parameters: string[]): Command {
	if (!isRoot) return { command, parameters };
	return { command: 'runuser', parameters: ['-u', 'postgres', '--', command, ...parameters] };
}

async function makePostgresOwner(folder: string): Promise<void> {
	if (!isRoot) return;
	const { uid, gid } = await stat('/var/lib/postgresql');
	await chown(folder, uid, gid);
}

function startService(
	{ command, parameters }: Command,
	folder: string,
	logFile: string,
): ProcessGroup {
	const log = openSync(logFile, 'a');
	const group = startGroup(command, parameters, { cwd: folder, stdio: ['ignore', log, log] });
	closeSync(log);
	return group;
}

async function waitForPort(port: number, name: string, group: ProcessGroup): Promise<void> {
	const deadline = Date.now() + startTimeout;
	while (!(await accepts(port))) {
		if (group.hasEnded()) throw new Error(`${name} ended while it was starting`);
		if (Date.now() > deadline) throw new Error(`${name} was not ready in time`);
		await sleep(100);
	}
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, host);
		const settle = (isOpen: boolean) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once('connect', () => settle(true));
		socket.once('error', () => settle(false));
	});
}
