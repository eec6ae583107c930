import type { IExecutePaginationFunctions } from 'n8n-workflow';

const shortestSecret = 4;

/** Takes the API key out of a text. */
export type Redactor = (text: string) => string;

/**
 * Makes what takes the API key out of a text: a server may echo the request's headers.
 *
 * @param context gives the credential
 */
export async function makeRedactor(context: IExecutePaginationFunctions): Promise<Redactor> {
	const apiKey = await context.getCredentials('magicHourApi').then(
		(credential) => credential.apiKey,
		() => undefined,
	);
	// Without the key nothing can be told apart from it.
	if (apiKey === undefined) return () => '[hidden]';

	const key = String(apiKey)
		.replace(/^\s*(Bearer\s+)?/i, '')
		.trim();
	if (key.length < shortestSecret) return (text) => text;

	const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64')];
	return (text) => forms.reduce((rest, form) => rest.replaceAll(form, '[API key]'), text);
}
