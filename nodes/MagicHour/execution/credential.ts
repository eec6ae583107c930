import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

/** The name of the credential's type. */
export const credentialType = 'magicHourApi';

/** @returns what the node's credential holds; nothing where it has none, or one that cannot be read */
export async function readCredential(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(credentialType).catch(() => ({}));
}
