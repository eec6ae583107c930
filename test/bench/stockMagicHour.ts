import {
	NodeConnectionTypes,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

const baseURL = '={{ $credentials.baseUrl }}';
const url = '=/v1/image-projects/{{ $value }}';

/**
 * Makes of the Magic Hour node one that has all its fields, and leaves its requests to n8n: the
 * difference is what the transport costs.
 */
export function withoutTransport({ description }: INodeType): INodeType {
	const { headers } = description.requestDefaults ?? {};
	return {
		description: {
			...description,
			requestDefaults: { baseURL, headers },
			properties: description.properties.map(leaveToN8n),
		},
	};
}

function leaveToN8n(property: INodeProperties): INodeProperties {
	switch (property.name) {
		case 'resource':
			return { ...property, routing: undefined };
		case 'operation':
			return { ...property, options: (property.options ?? []).map(withMethodAlone) };
		case 'id':
			return { ...property, routing: { request: { url } } };
		default:
			return property;
	}
}

function withMethodAlone(option: NonNullable<INodeProperties['options']>[number]) {
	const { routing } = option as INodePropertyOptions;
	return { ...option, routing: { request: { method: routing?.request?.method } } };
}

/**
 * The deletion alone as a declarative node does it that leaves its requests to n8n: no other
 * operation, and a routing with nothing around the request.
 */
export class StockMagicHour implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Magic Hour',
		name: 'magicHour',
		group: ['transform'],
		version: 1,
		description: 'Delete without the transport of this package',
		defaults: { name: 'Magic Hour' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'magicHourApi', required: true }],
		requestDefaults: { baseURL, headers: { Accept: 'application/json' } },
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
						action: 'Delete image project',
						routing: { request: { method: 'DELETE' } },
					},
				],
				default: 'delete',
			},
			{
				displayName: 'Project ID',
				name: 'id',
				type: 'string',
				required: true,
				default: '',
				displayOptions: { show: { resource: ['imageProject'], operation: ['delete'] } },
				routing: { request: { url } },
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
