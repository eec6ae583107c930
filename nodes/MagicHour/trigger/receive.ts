import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { toProjectJson } from '../api/projects';
import { claimOnce, type WebhookResponse } from './dedupe';
import { unsignedFilesError } from './downloads';
import { EventError } from './eventError';
import { readEvent, readSelectedEvents } from './events';
import { optionsField, readOptions, type TriggerOptions } from './options';
import { readSecrets } from './secrets';
import { verifySignature } from './signature';

/** The parts of n8n's request and response that are used; n8n keeps the body as it came. */
interface WebhookRequest {
	rawBody?: Buffer;
	headers: Record<string, unknown>;
}

interface JsonResponse extends WebhookResponse {
	status(code: number): JsonResponse;
	json(body: object): unknown;
}

const maxBodyBytes = 1024 * 1024;

/**
 * Receives an event of Magic Hour: starts the workflow with it, ignores it, or rejects it.
 *
 * @returns what n8n is to answer, and the item to start the workflow with, if it is to start
 */
export async function receiveEvent(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response: JsonResponse = this.getResponseObject();
	try {
		return await acceptEvent(this, response);
	} catch (error) {
		return reject(response, error);
	}
}

/** @throws what was caught, where it is not an event's own fault */
function reject(response: JsonResponse, error: unknown): IWebhookResponseData {
	if (!(error instanceof EventError)) throw error;
	response.status(error.statusCode).json({ message: error.message });
	return { noWebhookResponse: true };
}

/** @throws EventError where the event is rejected */
async function acceptEvent(
	context: IWebhookFunctions,
	response: WebhookResponse,
): Promise<IWebhookResponseData> {
	const { rawBody: body = Buffer.alloc(0), headers }: WebhookRequest = context.getRequestObject();
	const options = readOptions(context.getNodeParameter(optionsField.name, {}));
	if (body.length > maxBodyBytes) throw new EventError(400, 'The body is too large');
	const isSigned = await checkSignature(context, body, headers, options);
	const event = readEvent(body);
	// Answered as an error, Magic Hour would send it again for 24 hours.
	if (event === undefined)
		return ignore("This version of the node doesn't support this event type");

	const { type, project } = event;
	if (!readSelectedEvents(context).includes(type)) return ignore('This event type is not selected');
	// Trying the workflow out in the editor has nothing to do with what it takes when it is active.
	let storeClaim: (() => void) | undefined;
	if (options.ignoresRepeatedEvents && context.getMode() !== 'manual') {
		storeClaim = await claimOnce(context, event, response);
		if (storeClaim === undefined) return ignore('This event was already received');
	}

	const error = options.includesDownloads !== false && !isSigned ? unsignedFilesError(event) : {};
	const receivedAt = new Date().toISOString();
	return {
		// n8n reads it when the execution has begun, and stores the static data after that.
		get webhookResponse() {
			storeClaim?.();
			return { message: 'The workflow was started' };
		},
		workflowData: [
			[{ json: { event: type, project: toProjectJson(project), receivedAt, ...error } }],
		],
	};
}

function ignore(message: string): IWebhookResponseData {
	return { webhookResponse: { message } };
}

/**
 * @returns whether the event has a valid signature, which it need not have if the user allows that
 * @throws EventError where it needs one, or where nobody can tell whether it is valid
 */
async function checkSignature(
	context: IWebhookFunctions,
	body: Buffer,
	headers: WebhookRequest['headers'],
	{ allowsUnsignedEvents, toleranceSeconds }: TriggerOptions,
): Promise<boolean> {
	const signature = headers['magic-hour-event-signature'];
	const timestamp = headers['magic-hour-event-timestamp'];
	if (signature === undefined && allowsUnsignedEvents) return false;
	const secrets = await readSecrets(context).catch(() => {
		throw new EventError(503, "n8n can't read the credential of this workflow right now");
	});
	if (secrets.length > 0 && signature !== undefined) {
		const signed = { body, signature: String(signature), timestamp: String(timestamp) };
		verifySignature(signed, secrets, toleranceSeconds, Date.now() / 1000);
		return true;
	}
	if (allowsUnsignedEvents) return false;
	throw new EventError(
		401,
		secrets.length === 0
			? 'The credential of this workflow has no webhook secret'
			: 'The event is not signed',
	);
}
