import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { includeDownloads } from './trigger/downloads';
import { eventsField, subtitleOfEvents } from './trigger/events';
import { optionsField } from './trigger/options';
import { receiveEvent } from './trigger/receive';
import { webhookMethods } from './trigger/register';

const hub =
	'<a href="https://magichour.ai/developer" target="_blank">Magic Hour\'s Developer Hub</a>';
const tryOut =
	'add the test URL as a webhook in the Developer Hub, and its secret to the credential. Then click Execute step and generate something with Magic Hour. The event appears here.';

export class MagicHourTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Magic Hour Trigger',
		name: 'magicHourTrigger',
		documentationUrl:
			'https://github.com/n8n-nodes-magic-hour/n8n-nodes-magic-hour#magic-hour-trigger',
		icon: { light: 'file:../../icons/magicHour.svg', dark: 'file:../../icons/magicHour.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfEvents,
		// The editor shows it for the Magic Hour node, too, where it lists both as one.
		description:
			'Generate and edit images, videos, and audio, and start workflows on Magic Hour events',
		eventTriggerDescription: 'Waiting for a Magic Hour event at the test URL',
		// n8n 2 shows it before it has registered the webhook, which may be refused.
		activationMessage:
			"Once n8n is listening, events sent to the production URL start this workflow. Without a webhook secret in the credential, n8n shows an error instead, unless 'Allow Unsigned Events' is on.",
		defaults: { name: 'Magic Hour Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'magicHourApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Without it, n8n answers with the name of its own default.
				responseData: '',
				path: 'webhook',
			},
		],
		triggerPanel: {
			header: 'Listen for Magic Hour events',
			executionsHelp: {
				inactive: `<b>While you build the workflow</b>, ${tryOut}<br /><br /><b>When it's ready</b>, add the production URL the same way, and publish the workflow. You can see its executions in the <a data-key="executions">executions list</a>.`,
				active: `<b>To test the workflow</b>, ${tryOut}<br /><br /><b>Events sent to the production URL</b> start the workflow. You can see those executions in the <a data-key="executions">executions list</a>.`,
			},
			activationHint:
				'When the workflow is ready, add its production URL as a webhook in the Developer Hub, and publish the workflow.',
		},
		properties: [
			{
				displayName: `Add the URLs under <b>Webhook URLs</b> above as webhooks in ${hub}. The <b>test URL</b> receives events while you test in the editor, and the <b>production URL</b> once the workflow is published. Each webhook has its own secret. Enter both in the credential's <b>Webhook Secret</b>, separated by a comma.`,
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField,
			optionsField,
		],
	};

	webhookMethods = webhookMethods;

	webhook = receiveEvent;

	execute = includeDownloads;
}
