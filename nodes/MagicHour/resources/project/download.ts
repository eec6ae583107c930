import { downloadProject } from './downloadProject';
import { transportOptions, waitOptions } from '../../execution/limits';
import type { Operation } from '../../fields/mergeFields';
import { binaryField } from '../../fields/output';
import { projectIdField, type ProjectKind } from './kind';

/** Downloads the files of a finished project. */
export function downloadOperation(kind: ProjectKind): Operation {
	const { subject, withArticle, files, url } = kind;
	return {
		option: {
			name: 'Download',
			value: 'download',
			action: `Download ${withArticle}`,
			description: `Download the ${files} of a finished ${subject.name}, one item per file`,
			routing: {
				request: { method: 'GET', url },
				operations: { pagination: downloadProject(subject) },
			},
		},
		fields: [projectIdField(kind), binaryField],
		options: [...transportOptions, ...waitOptions],
	};
}
