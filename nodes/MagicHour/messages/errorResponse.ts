import type { HttpError } from '../http/errors';
import { propertiesOf } from '../http/json';
import type { Redactor } from '../http/redaction';

const maxTextLength = 10_000;
const maxKeyLength = 4_000;

/** What a response that is no success says for itself. */
export interface HttpErrorResponse {
	/** The machine-readable code that newer responses carry, for example `insufficient_credits`. */
	code?: string;
	/** Its message, or the beginning of its body, without the API key; may be empty. */
	text: string;
}

/** @returns what a response says for itself */
export function readErrorResponse({ body }: HttpError, redact: Redactor): HttpErrorResponse {
	const { code, message } = propertiesOf(body);
	return {
		code: typeof code === 'string' ? code : undefined,
		text: tidy(redactBeginning(typeof message === 'string' ? message : textOf(body), redact)),
	};
}

/** Whether Magic Hour itself says that there is no such thing: anything may answer 404. */
export function saysNotFound({ statusCode, body }: HttpError): boolean {
	if (statusCode !== 404) return false;
	const { code, message } = propertiesOf(body);
	// Newer responses carry the code beside the message, older ones only the message.
	if (code !== undefined) return code === 'not_found';
	return typeof message === 'string' && /^not found\.?$/i.test(message.trim());
}

/** A text of megabytes would keep n8n busy, and a key that is cut in two would not be seen. */
function redactBeginning(text: string, redact: Redactor): string {
	if (text.length <= maxTextLength) return redact(text);
	return redact(text.slice(0, maxTextLength)).slice(0, -maxKeyLength);
}

function textOf(body: unknown): string {
	if (body === undefined || body === null) return '';
	return typeof body === 'string' ? body : JSON.stringify(body);
}

function tidy(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
