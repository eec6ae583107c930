import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { credentialType } from '../execution/credential';

/**
 * Reads the webhook secrets of the node's credential. A browser may make a space of a line break that
 * is pasted into a field of one line, so that spaces part them, too.
 *
 * @returns those of all webhooks that use the credential; none where there is no credential
 * @throws what n8n throws where it can't read the credential, for example since its database is busy
 */
export async function readSecrets(context: IHookFunctions | IWebhookFunctions): Promise<string[]> {
	if (context.getNode().credentials?.[credentialType] === undefined) return [];
	const { webhookSecret } = await context.getCredentials(credentialType);
	const isGiven = typeof webhookSecret === 'string' || typeof webhookSecret === 'number';
	const text = isGiven ? String(webhookSecret) : '';
	return text.split(/[\s,]+/).filter((secret) => secret !== '');
}
