import axios, { type AxiosRequestConfig } from 'axios';
import { sleep } from 'n8n-workflow';
import { unlessAborted, withDeadline } from '../../nodes/MagicHour/http/abort';
import { classifyError } from '../../nodes/MagicHour/http/classifyError';
import { HttpError } from '../../nodes/MagicHour/http/errors';
import { cutText, sanitize } from '../../nodes/MagicHour/http/foreignData';
import { propertiesOf } from '../../nodes/MagicHour/http/json';
import type { Redactor } from '../../nodes/MagicHour/http/redaction';
import { retryDelay } from '../../nodes/MagicHour/http/retryPolicy';
import { userAgent } from '../../nodes/MagicHour/http/userAgent';
import type { Account } from '../account';

const timeoutMs = 60_000;
const maxBytes = 2_000_000;
const maxRetries = 3;

/** What a server answered, whatever its status, without the API key. */
export type Answer = HttpError;

/** Sends single requests as the node does, to see what comes back. */
export class Client {
	/** The 429s that came, in order. */
	readonly excesses: Answer[] = [];

	constructor(
		readonly account: Account,
		private readonly redact: Redactor,
	) {}

	/**
	 * Sends a request to the API, and again after a 429.
	 *
	 * @param apiKey another one than the account's
	 * @throws NetworkError where no answer comes
	 */
	async request(
		method: 'GET' | 'POST' | 'DELETE',
		path: string,
		{ body, apiKey = this.account.apiKey }: { body?: object; apiKey?: string } = {},
	): Promise<Answer> {
		const request = {
			method,
			url: `${this.account.baseUrl}${path}`,
			data: body,
			headers: { Accept: 'application/json', Authorization: `Bearer ${apiKey}` },
		};
		for (let retries = 0; ; retries++) {
			const answer = await this.send(request);
			if (answer.statusCode !== 429) return answer;
			this.excesses.push(answer);
			const { ms, waitLimit } = retryDelay(answer, retries);
			if (retries === maxRetries || waitLimit !== undefined) return answer;
			await sleep(ms);
		}
	}

	/** Sends a file to a presigned URL, which gets no API key. */
	async put(url: string, content: Buffer, type: string): Promise<Answer> {
		const headers = { 'Content-Type': type, 'Content-Length': content.length };
		return await this.send({ method: 'PUT', url, data: content, headers });
	}

	private async send({ headers, ...request }: AxiosRequestConfig): Promise<Answer> {
		try {
			// The time-out of axios begins again with every byte that comes.
			const answer = await withDeadline(timeoutMs, [], async (signal) => {
				const answering = axios.request<string>({
					...request,
					signal,
					headers: { ...headers, 'User-Agent': userAgent },
					maxContentLength: maxBytes,
					maxRedirects: 0,
					responseType: 'text',
					transformResponse: (text: unknown) => text,
					validateStatus: () => true,
				});
				return await unlessAborted(signal, answering);
			});
			const seen = (value: unknown) => sanitize(value, this.redact);
			const headersSeen = propertiesOf(seen({ ...answer.headers }));
			return new HttpError(answer.status, headersSeen, seen(parse(answer.data)));
		} catch (error) {
			throw classifyError(error);
		}
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** @returns the status of an answer, and its code and message where it has them */
export function describeAnswer({ statusCode, body }: Answer): string {
	const { code, message } = propertiesOf(body);
	const text = typeof message === 'string' ? message : typeof body === 'string' ? body : '';
	return [
		String(statusCode),
		...(typeof code === 'string' ? [code] : []),
		...(text.trim() === '' ? [] : [`"${cutText(text.replace(/\s+/g, ' ').trim(), 80)}"`]),
	].join(' ');
}
