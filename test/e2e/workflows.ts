import { randomUUID } from 'node:crypto';
import type { StoredCredential, WorkflowFile, WorkflowNode } from '../n8n/client';

type NodeSettings = Partial<
	Pick<
		WorkflowNode,
		'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'webhookId' | 'credentials'
	>
>;

/** A connection from an output of a node to the next node. */
export interface Link {
	from: string;
	to: string;
	/** Which of the outputs. */
	output?: number;
	kind?: 'main' | 'ai_languageModel' | 'ai_tool';
}

/** Puts a workflow together, as a file that n8n would export. */
export function workflow(
	name: string,
	nodes: WorkflowNode[],
	links: Link[],
	settings: object = {},
): WorkflowFile {
	type Targets = Array<Array<{ node: string; type: string; index: number }>>;
	const connections: Record<string, Record<string, Targets>> = {};
	for (const { from, to, output = 0, kind = 'main' } of links) {
		const targets = ((connections[from] ??= {})[kind] ??= []);
		while (targets.length <= output) targets.push([]);
		targets[output]?.push({ node: to, type: kind, index: 0 });
	}
	const placed = nodes.map((node, index): WorkflowNode => {
		return { ...node, position: [220 * index, 0] };
	});
	return { name, nodes: placed, connections, settings: { executionOrder: 'v1', ...settings } };
}

/** @returns links that lead from each node to the next */
export function chain(...names: string[]): Link[] {
	return names.flatMap((from, index) =>
		names.slice(index + 1, index + 2).map((to) => ({ from, to })),
	);
}

/** @returns a node of a workflow */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	settings: NodeSettings = {},
): WorkflowNode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters, ...settings };
}

/** @returns the node by which a person starts a workflow */
export function manualTrigger(): WorkflowNode {
	return node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
}

/** @returns nodes that make an item for each of the objects: Objects, then Items */
export function items(objects: object[]): WorkflowNode[] {
	const jsonOutput = JSON.stringify({ items: objects });
	return [
		node('Objects', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput, options: {} }),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
	];
}

/** @returns Magic Hour's Delete, which takes the ID from the item's field `project` */
export function deleteNode(
	credential: StoredCredential,
	{
		id = '={{ $json.project }}',
		options = {},
		...settings
	}: NodeSettings & { id?: string; options?: object } = {},
): WorkflowNode {
	const parameters = { resource: 'imageProject', operation: 'delete', id, options };
	return node('Delete', 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
		...settings,
		credentials: credentialReference(credential),
	});
}

/** @returns the Magic Hour Trigger, which listens at `triggerPath()` */
export function triggerNode(
	credential: StoredCredential,
	parameters: { events?: string[]; options?: object } = {},
): WorkflowNode & { webhookId: string } {
	const webhookId = randomUUID();
	const credentials = credentialReference(credential);
	const type = 'n8n-nodes-magic-hour.magicHourTrigger';
	return { ...node('Trigger', type, 1, parameters, { credentials }), webhookId };
}

/** @returns the path of the trigger's production URL, below n8n's own address */
export function triggerPath({ webhookId }: Pick<WorkflowNode, 'webhookId'>): string {
	return `/webhook/${webhookId}/webhook`;
}

/** @returns the path of the trigger's test URL, below n8n's own address */
export function testTriggerPath({ webhookId }: Pick<WorkflowNode, 'webhookId'>): string {
	return `/webhook-test/${webhookId}/webhook`;
}

/** @returns a node that does nothing, to see what arrives at it */
export function noOp(name: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.noOp', 1, {});
}

/** @returns how a node names its credential */
export function credentialReference({
	id,
	name,
	type,
}: StoredCredential): Record<string, Pick<StoredCredential, 'id' | 'name'>> {
	return { [type]: { id, name } };
}
