import type { ItemContext } from '../execution/itemContext';
import { isObject, propertiesOf } from '../http/json';
import type { ErrorContext, ErrorMessage } from '../messages/errorMessage';
import {
	describeCanceledProject,
	describeDeleted,
	describeFailed,
	describeNotStarted,
	describeProjectTimeout,
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
		describeProjectTimeout(lookup.errorContext, lookup.wait.maxWait, last?.status),
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
