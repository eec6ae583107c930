import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { unsignedFilesError } from './downloads';
import { readEvent } from './events';
import { readOptions, type TriggerOptions } from './options';
import { takeOnce, type Answer } from './dedupe';
import { distrustOf } from './signature';

/** The parts of n8n's request and response that are used; n8n keeps the body as it came. */
interface Request {
	rawBody?: Buffer;
	headers: Record<string, string | undefined>;
}

interface Response extends Answer {
	status(code: number): Response;
	json(body: object): void;
}

const largestBody = 1024 * 1024;
const unauthorized = 401;
const badRequest = 400;

/**
 * Takes an event that Magic Hour sends: starts the workflow with it, ignores it, or refuses it.
 *
 * @returns what n8n is to answer, and the item to start the workflow with, if it is to start
 */
export async function receiveEvent(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { rawBody: body = Buffer.alloc(0), headers } =
		this.getRequestObject() as unknown as Request;
	const response = this.getResponseObject() as unknown as Response;
	const refuse = (status: number, message: string): IWebhookResponseData => {
		response.status(status).json({ message });
		return { noWebhookResponse: true };
	};
	const options = readOptions(this.getNodeParameter('options', {}));

	if (body.length > largestBody) return refuse(badRequest, 'The body is too large');
	const trust = await trustIn(this, body, headers, options);
	if ('refusal' in trust) return refuse(unauthorized, trust.refusal);
	const event = readEvent(body);
	if ('refusal' in event) return refuse(badRequest, event.refusal);

	const { type, project } = event;
	const selected = this.getNodeParameter('events', []) as string[];
	if (!selected.includes(type)) return ignore('This event type is not selected');
	// Trying the workflow out in the editor has nothing to do with what it takes when it is active.
	if (options.ignoresRepeatedEvents && this.getMode() !== 'manual') {
		const isNew = await takeOnce(this, `${type} ${project.id}`, response);
		if (!isNew) return ignore('This event was taken before');
	}

	const error = options.includesDownloads && !trust.isSigned ? unsignedFilesError(event) : {};
	const receivedAt = new Date().toISOString();
	return {
		webhookResponse: { message: 'The workflow was started' },
		workflowData: [[{ json: { event: type, project, receivedAt, ...error } }]],
	};
}

function ignore(message: string): IWebhookResponseData {
	return { webhookResponse: { message } };
}

/** @returns whether a signature vouches for an event, or why it is refused */
async function trustIn(
	context: IWebhookFunctions,
	body: Buffer,
	headers: Request['headers'],
	{ allowsUnsignedEvents, tolerance }: TriggerOptions,
): Promise<{ isSigned: boolean } | { refusal: string }> {
	const secret = await secretOf(context);
	const signature = headers['magic-hour-event-signature'];
	const timestamp = headers['magic-hour-event-timestamp'];
	if (secret !== '' && signature !== undefined) {
		const now = Date.now() / 1000;
		const refusal = distrustOf({ body, signature, timestamp }, secret, tolerance, now);
		return refusal === undefined ? { isSigned: true } : { refusal };
	}
	if (allowsUnsignedEvents) return { isSigned: false };
	return secret === ''
		? { refusal: 'The credential of this workflow has no webhook secret' }
		: { refusal: 'The event is not signed' };
}

/** @returns an empty text where there is no secret, or no credential */
async function secretOf(context: IWebhookFunctions): Promise<string> {
	const { webhookSecret } = await context.getCredentials('magicHourApi').catch(() => ({
		webhookSecret: undefined,
	}));
	return typeof webhookSecret === 'string' ? webhookSecret.trim() : '';
}
