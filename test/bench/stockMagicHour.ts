import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { baseUrlOfCredential } from '../../credentials/MagicHourApi.credentials';

/**
 * The same deletion as a declarative node does it that leaves its requests to n8n: the fields of the
 * Magic Hour node, and a routing with nothing around the request.
 */
export class StockMagicHour implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Magic Hour',
		name: 'magicHour',
		group: ['transform'],
		version: 1,
		description: 'The deletion without the transport of this package',
		defaults: { name: 'Magic Hour' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'magicHourApi', required: true }],
		requestDefaults: { baseURL: baseUrlOfCredential, headers: { Accept: 'application/json' } },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Image Project', value: 'imageProject' }],
				default: 'imageProject',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['imageProject'] } },
				options: [
					{
						name: 'Delete',
						value: 'delete',
						action: 'Delete an image project',
						routing: { request: { method: 'DELETE' } },
					},
				],
				default: 'delete',
			},
			{
				displayName: 'Image Project ID',
				name: 'id',
				type: 'string',
				required: true,
				default: '',
				displayOptions: { show: { resource: ['imageProject'], operation: ['delete'] } },
				routing: { request: { url: '=/v1/image-projects/{{ $value }}' } },
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				displayOptions: { show: { resource: ['imageProject'], operation: ['delete'] } },
				options: [],
			},
		],
	};
}
