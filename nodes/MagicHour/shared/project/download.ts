import { downloadProject, transportOptions, waitOptions } from '../../transport';
import type { Operation } from '../describe';
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
		fields: [
			projectIdField(kind),
			{
				displayName: 'Put Output File in Field',
				name: 'binaryPropertyName',
				type: 'string',
				required: true,
				default: 'data',
				hint: 'The name of the output binary field to put the file in',
			},
		],
		options: [...transportOptions, ...waitOptions],
	};
}
