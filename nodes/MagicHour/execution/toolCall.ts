import type { IExecutePaginationFunctions } from 'n8n-workflow';

/** Whether an AI agent or an MCP client has called the node as its tool, by itself or through n8n's engine. */
export function isToolCall(
	context: Pick<IExecutePaginationFunctions, 'getExecuteData' | 'getNode'>,
): boolean {
	const { name, type } = context.getNode();
	return context.getExecuteData().node.name !== name || type.endsWith('Tool');
}
