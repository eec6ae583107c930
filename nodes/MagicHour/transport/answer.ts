import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Redactor } from './secrets';
import type { Answer } from './types';

const longestExcerpt = 200;
const longestText = 10_000;

/** Carries an answer other than 2xx past the operation's own handling of a success. */
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
 * @throws UnsuccessfulAnswer for every status but 2xx
 */
export async function letOnlySuccessPass(
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	{ statusCode, headers, body }: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	if (isSuccess(statusCode)) return items;
	throw new UnsuccessfulAnswer(statusCode, headers as IDataObject, body);
}

/** Success is a 2xx and nothing else. */
export function isSuccess(statusCode: number): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/**
 * Reads an answer other than 2xx.
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
		text: tidy(redact(typeof message === 'string' ? message : textOf(body)).slice(0, longestText)),
	};
}

/** @returns the first 200 characters of a text that may be long */
export function excerpt(text: string): string {
	return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
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
