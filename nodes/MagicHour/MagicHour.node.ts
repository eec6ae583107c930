import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { baseUrlOfCredential } from '../../credentials/MagicHourApi.credentials';
import { imageProjectDescription } from './resources/imageProject';
import { throughTransport } from './transport';

export class MagicHour implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Magic Hour',
		name: 'magicHour',
		icon: { light: 'file:../../icons/magicHour.svg', dark: 'file:../../icons/magicHour.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Manage AI images made with Magic Hour',
		defaults: { name: 'Magic Hour' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'magicHourApi', required: true }],
		requestDefaults: {
			baseURL: baseUrlOfCredential,
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Image Project', value: 'imageProject' }],
				default: 'imageProject',
				routing: throughTransport,
			},
			...imageProjectDescription,
		],
	};
}
