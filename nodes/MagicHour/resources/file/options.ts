import type { INodeProperties } from 'n8n-workflow';

export const itemPerFace: INodeProperties = {
	displayName: 'One Item per Face',
	name: 'itemPerFace',
	type: 'boolean',
	default: false,
	description:
		'Whether each face becomes an item of its own. Where no face was found, there is no item.',
};
