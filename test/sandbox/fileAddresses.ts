import { projectKinds, type Projects } from './projects';
import type { FileKind } from './schemas/schema';
import type { Storage } from './storage';

/** The parts of the sandbox that know files. */
interface Holders {
	projects: Projects;
	storage: Storage;
}

const libraryUrl = /^https?:\/\/(?:www\.)?magichour\.ai\/my-library\/?\?/i;

/**
 * Whether the API takes an address for a file: one on the web whose path has an extension, a complete
 * project of the account by its URL in the library, or an upload.
 *
 * @param kinds what the file may be
 */
export function isFileAddress(
	address: string,
	kinds: readonly FileKind[],
	{ projects, storage }: Holders,
): boolean {
	if (libraryUrl.test(address)) return isInLibrary(new URL(address), kinds, projects);
	if (!/^https?:\/\//i.test(address)) return storage.uploads.has(address);
	if (!URL.canParse(address)) return false;
	const [fileName = ''] = new URL(address).pathname
		.replace(/%2e/gi, '.')
		.replace(/%2f/gi, '/')
		.split('/')
		.slice(-1);
	return /\.[^.]+$/.test(fileName);
}

function isInLibrary(
	{ searchParams }: URL,
	kinds: readonly FileKind[],
	projects: Projects,
): boolean {
	return projectKinds.some((kind) => {
		const id = searchParams.get(`${kind}Id`);
		const project = id === null ? undefined : projects.get(kind, id);
		if (project?.enabled !== true || !kinds.includes(kind)) return false;
		return projects.statusOf(project) === 'complete';
	});
}
