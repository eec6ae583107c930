import { deleteProject } from './deleteProject';
import { transportOptions } from '../../execution/limits';
import type { Operation } from '../../fields/mergeFields';
import { projectIdField, type ProjectKind } from './kind';

/** Deletes a project for ever. */
export function deleteOperation(kind: ProjectKind): Operation {
	const { subject, withArticle, files, url } = kind;
	return {
		option: {
			name: 'Delete',
			value: 'delete',
			action: `Delete ${withArticle}`,
			description: `Permanently delete ${withArticle} and its ${files}, which cannot be undone`,
			routing: {
				request: { method: 'DELETE', url },
				operations: { pagination: deleteProject(subject) },
			},
		},
		fields: [projectIdField(kind)],
		options: [
			{
				displayName: 'Ignore Already Deleted',
				name: 'ignoreAlreadyDeleted',
				type: 'boolean',
				default: false,
				description: `Whether ${withArticle} that Magic Hour does not find counts as deleted, instead of failing`,
			},
			...transportOptions,
		],
	};
}
