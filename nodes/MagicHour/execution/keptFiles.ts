import type { IBinaryKeyData, IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../http/json';
import { isToolCall } from './toolCall';

/** Where n8n puts the files of an item whose workflow has the Binary Mode "combined". */
export const filesInJson = '_files';

/**
 * @returns the input's files, for an item that has none of its own; an agent has none, since it only
 * reads JSON. Other nodes add files to an item as it is, so that no two items share the object.
 */
export function keptFiles(
	context: IExecutePaginationFunctions,
): Pick<INodeExecutionData, 'binary'> {
	if (isToolCall(context)) return {};
	const { json, binary } = context.getInputData();
	const files = binary ?? (isCombined(context) ? json[filesInJson] : undefined);
	// n8n moves them to where the Binary Mode wants them.
	return isBinaryData(files) ? { binary: { ...files } } : {};
}

function isCombined(context: IExecutePaginationFunctions): boolean {
	// Early releases of n8n 1 have no Binary Mode, and no such function.
	if (typeof context.getWorkflowSettings !== 'function') return false;
	return context.getWorkflowSettings().binaryMode === 'combined';
}

function isBinaryData(value: unknown): value is IBinaryKeyData {
	return isObject(value) && !Array.isArray(value) && Object.values(value).every(isObject);
}
