import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { messageOf } from '../http/classifyError';
import { NetworkError } from '../http/errors';
import { baseUrlOf, parseBaseUrl, type BaseUrl } from './baseUrl';

/** The name of the credential's type. */
export const credentialType = 'magicHourApi';

/** @returns what the node's credential holds; nothing where it has none, or one that cannot be read */
export async function readCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(credentialType).catch(() => ({}));
}

/** @returns the Base URL of the node's credential, without the spaces and slashes around it */
export async function readBaseUrl(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<string> {
	const { baseUrl } = await readCredential(context);
	return baseUrlOf(baseUrl);
}

/**
 * The same for requests that take the API key with them: where the credential cannot be read just now,
 * the key may be read a moment later, and must not go to another host.
 *
 * @returns why it cannot be read, if so
 */
export async function requireBaseUrl(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<BaseUrl | NetworkError> {
	try {
		const { baseUrl } = await context.getCredentials(credentialType);
		return parseBaseUrl(baseUrl);
	} catch (error) {
		return unreadable(error);
	}
}

/**
 * Reads the credential by which a request is about to be sent. Fields of it may be expressions, which
 * n8n evaluates for the item.
 *
 * @throws NetworkError where there is no API key to send; nothing was sent then
 */
export async function requireCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject> {
	const credential = await context.getCredentials(credentialType).catch((error: unknown) => {
		throw unreadable(error);
	});
	const { apiKey } = credential;
	if (isEmpty(apiKey)) throw new NetworkError('noApiKey');
	if (typeof apiKey !== 'string' && typeof apiKey !== 'number') throw new NetworkError('badApiKey');
	return credential;
}

function isEmpty(apiKey: unknown): boolean {
	return /^\s*(Bearer)?\s*$/i.test(String(apiKey ?? ''));
}

function unreadable(error: unknown): NetworkError {
	// Without the credential, a key that n8n quotes is known only by how it begins.
	return new NetworkError('noCredential', messageOf(error).replace(/mhk_[\w-]+/gi, '[API key]'));
}
