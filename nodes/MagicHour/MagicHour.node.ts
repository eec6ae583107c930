import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { defaultBaseUrl } from './execution/baseUrl';
import { account } from './resources/account';
import { audioProject } from './resources/audioProject';
import { file } from './resources/file';
import { imageProject } from './resources/imageProject';
import { savedItem } from './resources/savedItem';
import { videoProject } from './resources/videoProject';
import { nodeProperties, resourceField } from './fields/mergeFields';
import { subtitleOf } from './fields/subtitle';
import { sharedRouting } from './execution/paginationHook';

const resources = [account, audioProject, file, imageProject, savedItem, videoProject];

export class MagicHour implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Magic Hour',
		name: 'magicHour',
		documentationUrl: 'https://github.com/n8n-nodes-magic-hour/n8n-nodes-magic-hour#operations',
		icon: { light: 'file:../../icons/magicHour.svg', dark: 'file:../../icons/magicHour.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Generate and edit images, videos, and audio with Magic Hour',
		defaults: { name: 'Magic Hour' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'magicHourApi', required: true }],
		requestDefaults: {
			// That of the credential takes its place before anything is sent.
			baseURL: defaultBaseUrl,
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		},
		properties: [
			resourceField(resources, imageProject, sharedRouting),
			...nodeProperties(resources),
		],
	};
}
