import type { IBinaryKeyData, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../http/json';
import { isToolCall } from './toolCall';

/** Where n8n puts the files of an item whose workflow has the Binary Mode "combined". */
export const filesInJson = '_files';

/** Finds the files of an input item, for an item that has none of its own. */
export type KeptFiles = (input: INodeExecutionData) => Pick<INodeExecutionData, 'binary'>;

/**
 * @param context any item of a run: n8n copies the node and the settings of the workflow for it
 * @returns what finds the files of each input item; an agent has none, since it only reads JSON.
 * Other nodes add files to an item as it is, so that no two items share the object.
 */
export function keptFilesOf(context: IExecutePaginationFunctions): KeptFiles {
	if (isToolCall(context)) return () => ({});
	const areInJson = isCombined(context);
	return ({ json, binary }) => {
		const files = binary ?? (areInJson ? json[filesInJson] : undefined);
		// n8n moves them to where the Binary Mode wants them.
		return isBinaryData(files) ? { binary: { ...files } } : {};
	};
}

function isCombined(context: IExecutePaginationFunctions): boolean {
	// Early releases of n8n 1 have no Binary Mode, and no such function.
	if (typeof context.getWorkflowSettings !== 'function') return false;
	return context.getWorkflowSettings().binaryMode === 'combined';
}

function isBinaryData(value: unknown): value is IBinaryKeyData {
	return isObject(value) && !Array.isArray(value) && Object.values(value).every(isObject);
}
