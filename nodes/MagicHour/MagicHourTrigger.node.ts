import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { includeDownloads } from './trigger/downloads';
import { eventsField, eventTypes } from './trigger/events';
import { optionsField } from './trigger/options';
import { receiveEvent } from './trigger/receive';

const hub = '<a href="https://magichour.ai/developer" target="_blank">Magic Hour developer hub</a>';
const tryOut =
	'register the test URL in the Magic Hour developer hub, add its secret to the credential, click Execute step, and make something with Magic Hour: its event shows up here.';

export class MagicHourTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Magic Hour Trigger',
		name: 'magicHourTrigger',
		icon: { light: 'file:../../icons/magicHour.svg', dark: 'file:../../icons/magicHour.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ $parameter["events"].length === ${eventTypes.length} ? "all events" : $parameter["events"].join(", ") }}`,
		// The editor shows it for the Magic Hour node, too, where it lists both as one.
		description:
			'Make and edit images, videos and audio with AI, and start workflows when they are finished',
		eventTriggerDescription: 'Waiting for an event of Magic Hour at the test URL',
		activationMessage: 'Events that Magic Hour sends to the production URL now start the workflow.',
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
				inactive: `<b>While you build the workflow</b>, ${tryOut}<br /><br /><b>When it is ready</b>, register the production URL, add its secret to the credential, and publish the workflow. Its executions are in the <a data-key="executions">executions list</a>.`,
				active: `<b>To try the workflow out</b>, ${tryOut}<br /><br /><b>Events at the production URL</b> start the workflow by themselves. Those executions are in the <a data-key="executions">executions list</a>.`,
			},
			activationHint:
				'When the workflow is ready, register the production URL in the developer hub and publish the workflow.',
		},
		properties: [
			{
				displayName: `Open <b>Webhook URLs</b> above, add the production URL as a webhook in the ${hub}, and put the webhook secret that you get there into the credential. Each webhook has a secret of its own: to use the test URL too, add its secret after a comma.`,
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField,
			optionsField,
		],
	};

	/** A webhook is registered by hand: Magic Hour has no way to do it from here. */
	webhookMethods = {
		default: {
			async checkExists() {
				return true;
			},
			async create() {
				return true;
			},
			async delete() {
				return true;
			},
		},
	};

	webhook = receiveEvent;

	execute = includeDownloads;
}
