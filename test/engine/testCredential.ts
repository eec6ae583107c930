import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';
import { MagicHourApi } from '../../credentials/MagicHourApi.credentials';
import { makeAdditionalData } from './engine';

/** Does what n8n does for the button "Test" of a credential; rejects as n8n's request does. */
export async function testCredential(data: ICredentialDataDecryptedObject): Promise<void> {
	const { test: credentialTest, name } = new MagicHourApi();
	const nodeType: INodeType = {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: credentialTest.request },
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp',
		type: 'temp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [name]: { id: '1', name: 'Magic Hour account' } },
	};
	const find = () => nodeType;
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) },
	});
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		makeAdditionalData(data, { nodes: [node], connections: {} }),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		{ node, data: {}, source: null },
		[],
	);
	await new RoutingNode(context, nodeType, { id: '1', name: 'x', type: name, data }).runNode();
}
