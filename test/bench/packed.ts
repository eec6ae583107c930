import { mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryFolder } from '../n8n/folders';
import { packPackage } from '../n8n/package';
import { runCommand } from '../n8n/processes';
import { spreadOf, type Spread } from './statistics';

/** This package as it would be published, unpacked where its peer dependency is found. */
export interface PackedPackage {
	tarball: string;
	/** Bytes. */
	tarballSize: number;
	folder: string;
	remove(): Promise<void>;
}

/**
 * Builds, packs and unpacks this package. The caller removes it.
 *
 * @param revision a commit, to take the package as it was then
 */
export async function unpackPackage(revision?: string): Promise<PackedPackage> {
	const home = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-bench-'));
	const remove = async () => await rm(home, { recursive: true, force: true });
	try {
		const sources =
			revision === undefined ? repositoryFolder : await sourcesOf(revision, join(home, 'sources'));
		const tarball = await packPackage(home, undefined, sources);
		// In a node_modules folder, the tests' TypeScript loader leaves JavaScript as it is.
		const modules = join(home, 'node_modules');
		const folder = join(modules, 'n8n-nodes-magic-hour');
		await mkdir(folder, { recursive: true });
		const peer = 'n8n-workflow';
		await symlink(join(repositoryFolder, 'node_modules', peer), join(modules, peer), 'junction');
		await runCommand('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], {
			folder: home,
			logFile: join(home, 'pack.log'),
			title: 'tar',
		});
		return { tarball, tarballSize: (await stat(tarball)).size, folder, remove };
	} catch (error) {
		await remove();
		throw error;
	}
}

/** Fetches the sources of a commit; what they are built with is that of the present ones. */
async function sourcesOf(revision: string, folder: string): Promise<string> {
	await mkdir(folder);
	const archive = `${folder}.tar`;
	const logFile = `${folder}.log`;
	const commands: Array<[string, string[]]> = [
		['git', ['archive', '--output', archive, revision]],
		['tar', ['-xf', archive, '-C', folder]],
	];
	for (const [command, parameters] of commands) {
		await runCommand(command, parameters, { folder: repositoryFolder, logFile, title: command });
	}
	await symlink(join(repositoryFolder, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

/**
 * Loads the package's node and credential in so many fresh processes, one after the other.
 *
 * @returns milliseconds
 */
export async function measureLoading(
	{ folder, tarball }: PackedPackage,
	times: number,
): Promise<Spread | undefined> {
	const milliseconds: number[] = [];
	for (let time = 0; time < times; time++) {
		const script = join(repositoryFolder, 'test', 'bench', 'load.js');
		const output = await runCommand(process.execPath, [script, folder], {
			folder: repositoryFolder,
			logFile: join(tarball, '..', 'load.log'),
			title: 'loading the package',
		});
		milliseconds.push(Number(output));
	}
	return spreadOf(milliseconds);
}
