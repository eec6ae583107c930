import { join, resolve } from 'node:path';

/** The root folder of this repository. */
export const repositoryFolder = resolve(__dirname, '../..');

/** What is kept between runs and is not part of the repository. */
export const cacheFolder = join(repositoryFolder, '.cache');

/** @returns the folder that holds the installed n8n versions */
export function n8nCacheFolder(): string {
	const { N8N_CACHE_FOLDER: chosen } = process.env;
	return chosen === undefined || chosen === '' ? join(cacheFolder, 'n8n') : resolve(chosen);
}
