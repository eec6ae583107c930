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

	documentationUrl = 'https://docs.magichour.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Make a key in the <a href="https://magichour.ai/developer?tab=api-keys">Magic Hour developer hub</a> and paste it here',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: defaultBaseUrl,
			description:
				'The address of the Magic Hour API. Change it only for a proxy or a test server.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true, rows: 3 },
			default: '',
			hint: 'Separate several secrets with commas',
			description:
				'Only for the Magic Hour Trigger: the secret that the <a href="https://magichour.ai/developer" target="_blank">Magic Hour Developer Hub</a> shows when you add a webhook there. Each webhook has a secret of its own, and so does a test URL. Enter the secrets of all webhooks that use this credential, separated by commas or line breaks.',
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
						'Magic Hour does not accept this API key. Make one at https://magichour.ai/developer?tab=api-keys',
				},
			},
		],
	};
}
