import type { INodeProperties } from 'n8n-workflow';
import { getProject } from './getProject';
import { transportOptions, waitOptions } from '../../execution/limits';
import type { Operation } from '../../fields/mergeFields';
import { projectIdField, type ProjectKind } from './kind';

const failIfProjectFailedOption: INodeProperties = {
	displayName: 'Fail if the Project Failed',
	name: 'failIfProjectFailed',
	type: 'boolean',
	default: true,
	description:
		'Whether the item fails if its project ended in an error, was canceled or was deleted. Without this option, it fails only when Wait for Completion is on.',
};

/** Looks a project up, and may wait until it is finished. */
export function getOperation(kind: ProjectKind): Operation {
	const { subject, withArticle, url } = kind;
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: `Get ${withArticle}`,
			description: `Get the status and the download links of ${withArticle}`,
			routing: {
				request: { method: 'GET', url },
				operations: { pagination: getProject(subject) },
			},
		},
		fields: [projectIdField(kind)],
		options: [failIfProjectFailedOption, ...transportOptions, ...waitOptions],
	};
}
