import type { HttpError } from '../http/errors';
import { propertiesOf } from '../http/json';
import type { ErrorAnswer } from './errorMessage';

/** What is missing where the request's own path is unknown, in the words of gateways. */
const routeWords = /\b(?:route|path|endpoint|url|method|page)\b|\/v1\b|^cannot [a-z]+ \//i;

/** A thing of Magic Hour, such as `the image project with id "x"`; its ID is quoted, or has a digit. */
const thing = [
	'(?:(?:the|this|that|your|requested|specified|given) )*',
	'(?:(?:image|video|audio)(?: project)?|project|face detection|detection)',
	'(?:,? (?:with )?(?:the )?(?:id:? )?(?:"[^"]*"|\'[^\']*\'|`[^`]*`|(?=\\S*\\d)[\\w-]+))?',
].join('');

/** What Magic Hour may name beside its code; a gateway says it of an application, a host or a service. */
const thingWords = /\b(?:project|image|video|audio|detection|id|identifier)s?\b/i;

/** Beside a code and a message, only the errors of gateways and of web frameworks have these. */
const foreignNames = ['error', 'path', 'status', 'statusCode', 'timestamp'];

/** The whole messages that say that a thing is not there. */
const missingWords = [
	'not found',
	`${thing} (?:(?:was|is|has been|could|can) ?)?(?:not|n't)(?: be)? found`,
	`${thing} (?:does not|doesn't) exist(?: anymore| any more)?`,
	`${thing} (?:no longer exists|has been deleted|was deleted)`,
	`no such ${thing}`,
	`no ${thing} (?:was |could be )?found`,
	`(?:we )?(?:could not|couldn't|cannot|can't|unable to) find ${thing}`,
].map((words) => new RegExp(`^${words}$`, 'i'));

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

/** @returns the message and the code that a response has; undefined where it has neither */
export function readErrorAnswer({ body }: HttpError): ErrorAnswer | undefined {
	const { code, message } = propertiesOf(body);
	const answer = {
		...(typeof message === 'string' && { message }),
		...(typeof code === 'string' && { code }),
	};
	return Object.keys(answer).length === 0 ? undefined : answer;
}

/**
 * Whether Magic Hour itself says that there is no such thing. Anything on the way may answer 404, too,
 * and may then not count as a deletion: what is unclear is not taken for Magic Hour's.
 */
export function saysNotFound({ statusCode, body }: HttpError): boolean {
	const { code, message, ...others } = propertiesOf(body);
	if (statusCode !== 404 || typeof message !== 'string') return false;
	const words = tidy(message).replaceAll('’', "'").replace(/[.!]$/, '');
	const saysMissing = missingWords.some((pattern) => pattern.test(words));
	const names = Object.keys(others);
	// Newer responses carry the code beside the message, older ones only the message.
	if (code === undefined) return saysMissing && names.length === 0;
	if (code !== 'not_found' || names.some((name) => foreignNames.includes(name))) return false;
	return saysMissing || (thingWords.test(words) && !routeWords.test(words));
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
