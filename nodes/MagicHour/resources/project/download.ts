import { downloadFiles } from '../../api/downloads';
import type { ProjectKind } from '../../api/projectKinds';
import { fetchProject } from '../../api/projects';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import type { Operation } from '../../fields/mergeFields';
import { binaryField, maxFileSizeOption, readFileOutput } from '../../fields/output';
import { readWaitOptions, waitOptions } from '../../fields/wait';
import { projectIdField, resolveId } from '../../input/resourceId';

/** Downloads the files of a complete project, one item each. */
export function downloadOperation(kind: ProjectKind): Operation {
	const { noun, files, path } = kind;
	return {
		option: {
			name: 'Download',
			value: 'download',
			action: `Download ${noun}`,
			description: `Download the ${files} of a completed ${noun}, one item per file`,
			routing: {
				request: { method: 'GET', url: `${path}/{id}` },
				operations: { pagination: downloadProject(kind) },
			},
		},
		fields: [projectIdField, binaryField],
		options: [...limitOptions, ...waitOptions, maxFileSizeOption],
	};
}

function downloadProject(kind: ProjectKind) {
	return paginationHook({
		operation: { participle: 'downloaded', effect: 'none', noun: kind.noun },
		identifiedBy: projectIdField,
		validate(item) {
			const output = readFileOutput(item);
			const lookup = {
				kind,
				...resolveId(item, projectIdField, kind),
				wait: readWaitOptions(item),
			};
			return { lookup, output };
		},
		async execute(item, { lookup, output }) {
			return await downloadFiles(item, await fetchProject(item, lookup), lookup, output);
		},
	});
}
