import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { isObject, propertiesOf } from '../http/json';
import type { ErrorContext, ErrorMessage } from '../messages/errorMessage';
import {
	describeCanceledProject,
	describeDeleted,
	describeFailed,
	describeNotStarted,
	describeTimeout,
} from '../messages/projects';
import { fetchResource, type Lookup, type Progress } from './fetchResource';

/** A project, as Magic Hour describes it. */
export type Project = Progress;

/**
 * Looks a project up and, if that is wanted, waits until it is complete or never will be.
 *
 * @throws ItemError
 */
export async function fetchProject(item: ItemContext, lookup: Lookup): Promise<Project> {
	return await fetchResource(item, lookup, isProject, (last) =>
		describeTimeout(lookup.errorContext, lookup.wait.maxWait, last?.status),
	);
}

/** @returns why a project that is not in progress has no files; undefined for a complete one */
export function projectFailure(
	project: Project,
	errorContext: ErrorContext,
): ErrorMessage | undefined {
	if (project.enabled === false) return describeDeleted(errorContext);
	switch (project.status) {
		case 'complete':
			return undefined;
		case 'error':
			return describeFailed(errorContext, reasonOf(project));
		case 'canceled':
			return describeCanceledProject(errorContext);
		default:
			return describeNotStarted(errorContext, project.status);
	}
}

/** What somebody looks for first, in this order. */
const leadingNames = ['id', 'name', 'status', 'url', 'downloads', 'credits_charged'];
/** What the API still sends for older clients. */
const deprecatedNames = ['download', 'estimated_frame_cost', 'frame_cost', 'total_frame_cost'];

/**
 * @param project as Magic Hour describes it
 * @returns the same for an item: what is useful first, with the URL of the first file, and nothing that
 * is deprecated or empty
 */
export function toProjectJson(project: IDataObject): IDataObject {
	const url = downloadUrlsOf(project).find((address) => /^https?:\/\//i.test(address));
	const all: IDataObject = { ...project, url };
	const names = new Set([...leadingNames, ...Object.keys(all)]);
	for (const name of deprecatedNames) names.delete(name);
	const entries = [...names].map((name) => [name, all[name]] as const);
	return Object.fromEntries(entries.filter(([, value]) => (value ?? '') !== ''));
}

/** @returns the URLs that a project's description has of its files; one that is none cannot be downloaded */
export function downloadUrlsOf(project: unknown): string[] {
	const { downloads } = propertiesOf(project);
	return (Array.isArray(downloads) ? downloads : [])
		.map((download) => propertiesOf(download).url)
		.map((url) => (typeof url === 'string' ? url : ''));
}

/** Whether a response describes a project. */
export function isProject(body: unknown): body is Project {
	return isObject(body) && typeof body.status === 'string';
}

function reasonOf({ error }: Project): { message?: string; code?: string } {
	const { message, code } = propertiesOf(error);
	return {
		message: typeof message === 'string' ? message : undefined,
		code: typeof code === 'string' ? code : undefined,
	};
}
