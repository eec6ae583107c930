import type { HttpError } from '../http/errors';
import { propertiesOf } from '../http/json';

/** What a response that is no success says for itself. */
export interface HttpErrorResponse {
	/** The machine-readable code that newer responses carry, for example `insufficient_credits`. */
	code?: string;
	/** Its message, or the beginning of its body; may be empty. */
	text: string;
}

/** @returns what a response says for itself; nothing where that cannot be told */
export function readErrorResponse({ body }: HttpError): HttpErrorResponse {
	const { code, message } = propertiesOf(body);
	return {
		code: typeof code === 'string' ? code : undefined,
		text: tidy(typeof message === 'string' ? message : textOf(body)),
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

function textOf(body: unknown): string {
	if (body === undefined || body === null) return '';
	if (typeof body === 'string') return body;
	try {
		return JSON.stringify(body);
	} catch {
		// It nests too deeply, or is nothing that JSON can hold.
		return '';
	}
}

function tidy(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
