import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Redactor } from './redaction';
import type { Answer } from '../execution/types';

const longestExcerpt = 200;
const longestText = 10_000;
const longestKeyForm = 4_000;

/** Carries an answer that is no success past the operation's own handling of a success. */
export class UnsuccessfulAnswer extends Error {
	constructor(
		readonly statusCode: number,
		readonly headers: IDataObject,
		readonly body: unknown,
	) {
		super(`HTTP ${statusCode}`);
	}
}

/**
 * Sees every answer before the operation does, and lets only a success pass.
 *
 * @throws UnsuccessfulAnswer for every status but 2xx, and for a web page
 */
export async function letOnlySuccessPass(
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	{ statusCode, headers, body }: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	if (isSuccess(statusCode, headers)) return items;
	throw new UnsuccessfulAnswer(statusCode, headers as IDataObject, body);
}

/** Success is a 2xx and nothing else, but for a web page: a proxy's sign-in page is a 200, too. */
export function isSuccess(statusCode: number, headers: object): boolean {
	return is2xx(statusCode) && !isWebPage(headers);
}

/** Whether an answer that is no success leaves it unclear what was done. */
export function leavesUnclear({ statusCode }: Answer): boolean {
	return statusCode >= 500 || is2xx(statusCode);
}

function is2xx(statusCode: number): boolean {
	return statusCode >= 200 && statusCode < 300;
}

function isWebPage(headers: object): boolean {
	return 'content-type' in headers && /^text\/html\b/i.test(String(headers['content-type']));
}

/**
 * Reads an answer that is no success.
 *
 * @param redact takes the API key out of a text
 */
export function readAnswer(
	{ statusCode, headers, body }: UnsuccessfulAnswer,
	redact: Redactor,
): Answer {
	const { code, message } = asObject(body);
	return {
		statusCode,
		headers,
		code: typeof code === 'string' ? code : undefined,
		saysNotFound: statusCode === 404 && isNotFound(code, message),
		text: tidy(redactBeginning(typeof message === 'string' ? message : textOf(body), redact)),
	};
}

/** @returns the first 200 characters of a text that may be long */
export function excerpt(text: string): string {
	return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
}

/** A text of megabytes would keep n8n busy, and a key that is cut in two would not be seen. */
function redactBeginning(text: string, redact: Redactor): string {
	if (text.length <= longestText) return redact(text);
	return redact(text.slice(0, longestText)).slice(0, -longestKeyForm);
}

/** Newer answers carry the code beside the message, older ones only the message. */
function isNotFound(code: unknown, message: unknown): boolean {
	if (code !== undefined) return code === 'not_found';
	return typeof message === 'string' && /^not found\.?$/i.test(message.trim());
}

function textOf(body: unknown): string {
	if (body === undefined || body === null) return '';
	return typeof body === 'string' ? body : JSON.stringify(body);
}

function asObject(body: unknown): IDataObject {
	return typeof body === 'object' && body !== null ? (body as IDataObject) : {};
}

function tidy(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
