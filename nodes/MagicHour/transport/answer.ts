import type {
	IDataObject,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Answer } from './types';

const longestExcerpt = 200;

/** Carries an answer other than 2xx past the operation's own handling of a success. */
export class UnsuccessfulAnswer extends Error {
	constructor(readonly answer: Answer) {
		super(`HTTP ${answer.statusCode}`);
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
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const { statusCode, headers, body } = response;
	if (statusCode >= 200 && statusCode < 300) return items;
	throw new UnsuccessfulAnswer({ statusCode, headers: headers as IDataObject, body });
}

/** @returns the machine-readable code that newer error answers carry, for example `insufficient_credits` */
export function codeOf(answer: Answer): string | undefined {
	const { code } = asObject(answer.body);
	return typeof code === 'string' ? code : undefined;
}

/** @returns what the answer says for itself, of any length; empty where it says nothing */
export function textOf(answer: Answer): string {
	const { body } = answer;
	const { message } = asObject(body);
	if (typeof message === 'string') return tidy(message);
	if (body === undefined || body === null) return '';
	return tidy(typeof body === 'string' ? body : JSON.stringify(body));
}

/** @returns the first 200 characters of a text that may be long */
export function excerpt(text: string): string {
	return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
}

function asObject(body: unknown): IDataObject {
	return typeof body === 'object' && body !== null ? (body as IDataObject) : {};
}

function tidy(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
