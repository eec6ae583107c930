import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { N8nClient } from './client';
import { repositoryFolder } from './folders';
import type { N8nInstallation } from './install';
import { npm, runCommand, type ProgressListener } from './processes';

interface PackageManifest {
	name: string;
	version: string;
	author?: { name?: string; email?: string };
	devDependencies?: object;
	peerDependencies?: object;
	optionalDependencies?: object;
}

/**
 * Builds this package and packs it, as for publishing, unless PACKED_PACKAGE is the path of a tarball:
 * suites that run at the same time can't each build into the same folder.
 *
 * @param targetFolder where the tarball is put
 * @param folder the package's sources
 * @returns the tarball's path
 */
export async function packPackage(
	targetFolder: string,
	onProgress?: ProgressListener,
	folder = repositoryFolder,
): Promise<string> {
	const { PACKED_PACKAGE: packed = '' } = process.env;
	if (packed !== '' && folder === repositoryFolder) return packed;
	await mkdir(targetFolder, { recursive: true });
	const logFile = join(targetFolder, 'pack.log');
	await runCommand(npm, ['run', 'build'], { folder, logFile, onProgress, title: 'npm run build' });
	const parameters = ['pack', '--silent', '--pack-destination', targetFolder];
	const output = await runCommand(npm, parameters, {
		folder,
		logFile,
		onProgress,
		title: 'npm pack',
	});
	const fileName = output.trim().split('\n').at(-1) ?? '';
	return join(targetFolder, fileName);
}

/**
 * Puts a packed package where n8n's community-node installer puts it, in the way it does: the
 * tarball is unpacked, its peer dependencies are taken out of its manifest, its own dependencies are
 * installed, and it is entered in the manifest of n8n's `nodes` folder.
 *
 * @param userFolder the folder that n8n is started with
 * @returns the package's name
 */
export async function installPackage(userFolder: string, tarball: string): Promise<string> {
	const nodesFolder = nodesFolderOf(userFolder);
	const unpacked = join(nodesFolder, 'unpacked');
	const logFile = join(userFolder, 'install-package.log');
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	const parameters = ['-xzf', tarball, '-C', unpacked, '--strip-components=1'];
	await runCommand('tar', parameters, { folder: nodesFolder, logFile, title: 'tar' });

	const manifest = await readJson<PackageManifest>(join(unpacked, 'package.json'));
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeJson(join(unpacked, 'package.json'), manifest);
	const packageFolder = join(nodesFolder, 'node_modules', manifest.name);
	await rm(packageFolder, { recursive: true, force: true });
	await mkdir(join(packageFolder, '..'), { recursive: true });
	await rename(unpacked, packageFolder);
	await runCommand(npm, ['install', ...installerFlags], {
		folder: packageFolder,
		logFile,
		title: 'npm install',
	});

	await writeJson(join(nodesFolder, 'package.json'), {
		name: 'installed-nodes',
		private: true,
		dependencies: { [manifest.name]: manifest.version },
	});
	return manifest.name;
}

/** What n8n's installer tells npm. */
const installerFlags = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/**
 * Enters an installed package in n8n's database, where n8n's installer notes it and from where
 * Settings > Community nodes lists it.
 *
 * @param client a session at the running n8n that has loaded the package
 */
export async function recordPackage(
	installation: N8nInstallation,
	userFolder: string,
	packageName: string,
	client: N8nClient,
): Promise<void> {
	const { version, author } = await readJson<PackageManifest>(
		join(nodesFolderOf(userFolder), 'node_modules', packageName, 'package.json'),
	);
	const nodes = (await client.nodeTypes()).filter(
		({ name }) => name.startsWith(`${packageName}.`) && !name.endsWith('Tool'),
	);
	const database = await openDatabase(installation, join(userFolder, '.n8n', 'database.sqlite'));
	try {
		await database.run('DELETE FROM installed_nodes WHERE package = ?', [packageName]);
		await database.run('DELETE FROM installed_packages WHERE packageName = ?', [packageName]);
		const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
		await database.run(
			`INSERT INTO installed_packages
				(packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt)
				VALUES (?, ?, ?, ?, ?, ?)`,
			[packageName, version, author?.name ?? null, author?.email ?? null, now, now],
		);
		for (const { name, displayName, version: nodeVersion } of nodes) {
			await database.run(
				'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
				[displayName, name, nodeVersion, packageName],
			);
		}
	} finally {
		await database.close();
	}
}

function nodesFolderOf(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}

type Value = string | number | null;
type Callback = (error: Error | null) => void;

/** What is used of the sqlite3 package that n8n brings. */
interface Sqlite3 {
	Database: new (
		file: string,
		callback: Callback,
	) => {
		configure(option: 'busyTimeout', milliseconds: number): void;
		run(statement: string, values: Value[], callback: Callback): void;
		close(callback: Callback): void;
	};
}

const busyTimeout = 10_000;

async function openDatabase({ folder }: N8nInstallation, file: string) {
	const { Database } = createRequire(join(folder, 'package.json'))('sqlite3') as Sqlite3;
	const inTurn = async (begin: (callback: Callback) => void) => {
		await new Promise<void>((resolve, reject) => {
			begin((error) => (error === null ? resolve() : reject(error)));
		});
	};
	let opened: InstanceType<Sqlite3['Database']> | undefined;
	await inTurn((callback) => {
		opened = new Database(file, callback);
	});
	const database = opened ?? missing(file);
	database.configure('busyTimeout', busyTimeout);
	return {
		run: async (statement: string, values: Value[]) => {
			await inTurn((callback) => database.run(statement, values, callback));
		},
		close: async () => await inTurn((callback) => database.close(callback)),
	};
}

function missing(file: string): never {
	throw new Error(`${file} was not opened`);
}

async function readJson<Content>(file: string): Promise<Content> {
	return JSON.parse(await readFile(file, 'utf8')) as Content;
}

async function writeJson(file: string, content: object): Promise<void> {
	await writeFile(file, JSON.stringify(content, null, 2));
}
