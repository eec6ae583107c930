import type { INodeProperties } from 'n8n-workflow';
import { isInProgress } from '../../api/fetchResource';
import type { ProjectKind } from '../../api/projectKinds';
import { fetchProject, projectFailure, toProjectJson } from '../../api/projects';
import { ItemError } from '../../execution/itemError';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import type { Operation } from '../../fields/mergeFields';
import { readWaitOptions, waitOptions } from '../../fields/wait';
import { readSwitch } from '../../input/fieldValue';
import { projectIdField, resolveId } from '../../input/resourceId';
import { lookingUp } from '../../messages/operations';
import { withArticle } from '../../messages/text';

const failIfProjectFailedOption: INodeProperties = {
	displayName: 'Fail on Unsuccessful Project',
	name: 'failIfProjectFailed',
	type: 'boolean',
	default: true,
	description:
		"Whether to fail if the project failed, was canceled, or was deleted. Without this option, the node fails only if 'Wait for Completion' is on.",
};

/** Looks a project up, and may wait until it is complete. */
export function getOperation(kind: ProjectKind): Operation {
	const { noun, path } = kind;
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: `Get ${noun}`,
			description: `Retrieve the status and download links of ${withArticle(noun)}`,
			routing: {
				request: { method: 'GET', url: `${path}/{id}` },
				operations: { pagination: getProject(kind) },
			},
		},
		fields: [projectIdField],
		options: [failIfProjectFailedOption, ...limitOptions, ...waitOptions],
	};
}

function getProject(kind: ProjectKind) {
	return paginationHook({
		operation: lookingUp(kind.noun),
		identifiedBy: projectIdField,
		validate(item) {
			const wait = readWaitOptions(item);
			const failsWithProject = readSwitch(item, failIfProjectFailedOption) ?? wait.waits;
			return { lookup: { kind, ...resolveId(item, projectIdField, kind), wait }, failsWithProject };
		},
		async execute(item, { lookup, failsWithProject }) {
			const project = await fetchProject(item, lookup);
			if (failsWithProject && !isInProgress(project)) {
				const failure = projectFailure(project, lookup.errorContext);
				if (failure !== undefined) throw new ItemError(failure);
			}
			const json = toProjectJson(project);
			return [{ json: project.enabled === false ? { ...json, deleted: true } : json }];
		},
	});
}
