import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, repositoryFolder } from '../n8n/folders';
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

/** Builds, packs and unpacks this package. The caller removes it. */
export async function unpackPackage(): Promise<PackedPackage> {
	await mkdir(cacheFolder, { recursive: true });
	const home = await mkdtemp(join(cacheFolder, 'bench-'));
	const remove = async () => await rm(home, { recursive: true, force: true });
	try {
		const tarball = await packPackage(home);
		// In a node_modules folder, the tests' TypeScript loader leaves JavaScript as it is.
		const folder = join(home, 'node_modules', 'n8n-nodes-magic-hour');
		await mkdir(folder, { recursive: true });
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
