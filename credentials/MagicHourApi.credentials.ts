import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { accountPath } from '../nodes/MagicHour/api/account';
import { defaultBaseUrl, testedBaseUrlExpression } from '../nodes/MagicHour/execution/baseUrl';
import { userAgent } from '../nodes/MagicHour/http/userAgent';

export class MagicHourApi implements ICredentialType {
	name = 'magicHourApi';

	displayName = 'Magic Hour API';

	icon = {
		light: 'file:../icons/magicHour.svg',
		dark: 'file:../icons/magicHour.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-magic-hour/n8n-nodes-magic-hour#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'Create an API key in <a href="https://magichour.ai/developer?tab=api-keys" target="_blank">Magic Hour\'s Developer Hub</a>, then paste it below',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: defaultBaseUrl,
			description:
				'The URL of the Magic Hour API. Change it only if you use a proxy or a mock server.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true, rows: 3 },
			default: '',
			hint: 'Needed only for the Magic Hour Trigger. Separate multiple secrets with commas.',
			description:
				'The <a href="https://magichour.ai/developer" target="_blank">Developer Hub</a> shows the secret when you add the trigger\'s URL as a webhook. Each webhook has its own secret, including the one for the test URL. You can also put each secret on its own line.',
		},
	];

	// Not an expression: in a workflow with the Binary Mode "combined", n8n 2 fails to evaluate one here.
	authenticate = async (
		{ apiKey }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const key = String(apiKey ?? '')
			.trim()
			.replace(/^Bearer\s+/i, '');
		const headers = { ...requestOptions.headers, Authorization: `Bearer ${key}` };
		return { ...requestOptions, headers };
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: testedBaseUrlExpression,
			url: accountPath,
			headers: { Accept: 'application/json', 'User-Agent': userAgent },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Magic Hour rejected this API key. Create one at https://magichour.ai/developer?tab=api-keys',
				},
			},
		],
	};
}
