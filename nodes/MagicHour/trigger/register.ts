import { NodeOperationError, type IHookFunctions, type WorkflowActivateMode } from 'n8n-workflow';
import { noWebhookSecret } from '../messages/events';
import { optionsField, readOptions } from './options';
import { readSecrets } from './secrets';

/** When n8n registers the webhooks of workflows that were published before. */
const startsOfN8n: WorkflowActivateMode[] = ['init', 'leadershipChange'];

/**
 * Stands for registering the webhook, which Magic Hour lets a person do only by hand. So n8n always
 * calls `create`, which refuses a trigger that would reject every event.
 */
export const webhookMethods = {
	default: {
		async checkExists(): Promise<boolean> {
			return false;
		},
		/** @throws NodeOperationError where a person lets it listen, and no event could be trusted */
		async create(this: IHookFunctions): Promise<boolean> {
			// A published trigger answers each event itself, with a reason, whatever became of its secret.
			if (startsOfN8n.includes(this.getActivationMode())) return true;
			const { allowsUnsignedEvents } = readOptions(this.getNodeParameter(optionsField.name, {}));
			if (!allowsUnsignedEvents && (await readSecrets(this)).length === 0) {
				const { message, description } = noWebhookSecret;
				throw new NodeOperationError(this.getNode(), message, { description });
			}
			return true;
		},
		async delete(): Promise<boolean> {
			return true;
		},
	},
};
