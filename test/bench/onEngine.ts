import type { INodeExecutionData, INodeParameters, INodeType, IRun } from 'n8n-workflow';
import { asLoaded, runWorkflow } from '../engine/engine';

/** The name of the node whose run is measured. */
export const nodeName = 'Magic Hour';

/**
 * Prepares a workflow on n8n's engine in this process, in which a node gets items.
 *
 * @param declarativeNode as its package gives it
 * @returns a function that runs the workflow with items
 */
export function prepareOnEngine(
	declarativeNode: INodeType,
	{ apiKey, url }: { apiKey: string; url: string },
): (parameters: INodeParameters, items: INodeExecutionData[]) => Promise<IRun> {
	const nodeType = asLoaded(declarativeNode);
	const shared = { typeVersion: 1, position: [0, 0] as [number, number] };
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		parameters: {},
	};
	const node = {
		id: 'node',
		name: nodeName,
		type: 'n8n-nodes-magic-hour.magicHour',
		credentials: { magicHourApi: { id: 'credential', name: 'Magic Hour account' } },
	};
	const connections = { Start: { main: [[{ node: nodeName, type: 'main' as const, index: 0 }]] } };
	return async (parameters, items) =>
		await runWorkflow(
			{
				nodes: [
					{ ...start, ...shared },
					{ ...node, ...shared, parameters },
				],
				connections,
			},
			{
				credential: { apiKey, baseUrl: url },
				startNode: 'Start',
				pinned: { Start: items },
				nodeType,
			},
		);
}
