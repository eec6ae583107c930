import { NetworkError } from './errors';
import { propertiesOf } from './json';

/**
 * Refuses a response of which nobody could tell whether its end has come. What is packed is unpacked
 * by n8n, which takes one that is cut off for whole.
 *
 * @param headers as n8n hands them out, with names in lower case
 * @param message the response of Node.js
 * @returns the length that it announces, in bytes; undefined where it comes in chunks, with an end
 * @throws NetworkError
 */
export function requireAnnouncedEnd(
	headers: Record<string, string | undefined>,
	message: unknown,
): number | undefined {
	const encoding = contentEncodingOf(message);
	if (encoding !== '') throw new NetworkError('unverifiable', encoding, true);
	const length = headers['content-length'] ?? '';
	if (/^\d+$/.test(length)) return Number(length);
	if (headers['transfer-encoding']?.toLowerCase() === 'chunked') return undefined;
	throw new NetworkError('unverifiable', 'no length', true);
}

/** @returns how many bytes the connection of a response has received; undefined where it has none any more */
export function bytesReceived(message: unknown): number | undefined {
	const { bytesRead } = propertiesOf(propertiesOf(message).socket);
	return typeof bytesRead === 'number' ? bytesRead : undefined;
}

/** Whether a response has come to its end. */
export function isComplete(message: unknown): boolean {
	return propertiesOf(message).complete === true;
}

/** @returns how a response was packed, which n8n takes out of its headers; empty for not at all */
function contentEncodingOf(message: unknown): string {
	const { rawHeaders } = propertiesOf(message);
	// n8n 1 hands out what it has unpacked itself, which has none.
	if (!Array.isArray(rawHeaders)) return 'packed';
	const texts: string[] = rawHeaders.map((text: unknown) => String(text).trim().toLowerCase());
	return texts
		.filter((_, index) => index % 2 === 1 && texts[index - 1] === 'content-encoding')
		.filter((encoding) => encoding !== '' && encoding !== 'identity')
		.join(', ');
}
