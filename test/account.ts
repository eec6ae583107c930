import { createInterface } from 'node:readline/promises';
import { baseUrlOf } from '../nodes/MagicHour/execution/baseUrl';

/** An account of Magic Hour, and where its API is. */
export interface Account {
	apiKey: string;
	baseUrl: string;
}

/** Where questions are asked and answered. */
export interface Terminal {
	input: NodeJS.ReadableStream & { isTTY?: boolean };
	output: NodeJS.WritableStream;
}

/**
 * Reads which account a command works with, from `MAGIC_HOUR_API_KEY` and, for another server than
 * Magic Hour's own, `MAGIC_HOUR_BASE_URL`.
 *
 * @returns undefined where there is no API key
 */
export function readAccount({
	MAGIC_HOUR_API_KEY: key = '',
	MAGIC_HOUR_BASE_URL: baseUrl,
}: NodeJS.ProcessEnv): Account | undefined {
	const apiKey = key.trim().replace(/^Bearer\s+/i, '');
	return apiKey === '' ? undefined : { apiKey, baseUrl: baseUrlOf(baseUrl) };
}

/** @returns whether somebody answers a question with "yes"; the end of the input is no */
export async function confirm(question: string, { input, output }: Terminal): Promise<boolean> {
	const terminal = createInterface({ input, output });
	// The end of the input may come with the answer, and then does not count.
	const inputEnds = new Promise<string>((resolve) =>
		terminal.once('close', () => setImmediate(resolve, '')),
	);
	const answer = await Promise.race([terminal.question(question), inputEnds]);
	terminal.close();
	return answer.trim().toLowerCase() === 'yes';
}
