import type { INodeProperties } from 'n8n-workflow';
import { imageProjectDelete, imageProjectDeleteFields } from './delete';

export const imageProjectDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['imageProject'] } },
		options: [imageProjectDelete],
		default: 'delete',
	},
	...imageProjectDeleteFields,
];
