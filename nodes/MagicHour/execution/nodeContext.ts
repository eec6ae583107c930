import type { IContextObject, IExecuteData, IExecutePaginationFunctions } from 'n8n-workflow';

/** By what n8n hands to all tries of one call. */
const substitutes = new WeakMap<IExecuteData, IContextObject>();

/**
 * Finds what n8n keeps for the node as long as the execution lasts, also while it waits for a person,
 * and hands to its retry. n8n has none where it runs a node without an execution, as its own agents do.
 *
 * @returns an object to put plain JSON into; without an execution, one that lasts for one call
 */
export function nodeContextOf(context: IExecutePaginationFunctions): IContextObject {
	try {
		return context.getContext('node');
	} catch {
		const executeData = context.getExecuteData();
		const substitute = substitutes.get(executeData) ?? {};
		substitutes.set(executeData, substitute);
		return substitute;
	}
}
