import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, resolve } from 'node:path';

/** The root folder of this repository. */
export const repositoryFolder = resolve(__dirname, '../..');

/**
 * The folder that holds the installed n8n versions. All clones of this repository share it.
 *
 * @returns what N8N_CACHE_FOLDER says; without it, a folder in the user's cache folder
 */
export function n8nCacheFolder(): string {
	const chosen = process.env.N8N_CACHE_FOLDER ?? '';
	return chosen === '' ? join(cacheFolder(), 'n8n') : resolve(chosen);
}

/**
 * The folder for what this clone keeps between runs: pictures of the editor, and the user folder of
 * the local n8n. It is in the user's cache folder. Its name has a hash of the clone's path, so that
 * no clone sees the package, the database or the pictures of another.
 */
export function cloneFolder(): string {
	const hash = createHash('sha256').update(repositoryFolder).digest('hex').slice(0, 8);
	return join(cacheFolder(), 'clones', `${basename(repositoryFolder)}-${hash}`);
}

function cacheFolder(): string {
	return join(userCacheFolder(), 'n8n-nodes-magic-hour');
}

/** The folder where the user's operating system wants programs to cache files. */
function userCacheFolder(): string {
	const { LOCALAPPDATA: localAppData = '', XDG_CACHE_HOME: xdgCacheHome = '' } = process.env;
	switch (process.platform) {
		case 'darwin':
			return join(homedir(), 'Library', 'Caches');
		case 'win32':
			return localAppData === '' ? join(homedir(), 'AppData', 'Local') : localAppData;
		default:
			// The XDG specification says to ignore a relative path.
			return isAbsolute(xdgCacheHome) ? xdgCacheHome : join(homedir(), '.cache');
	}
}
