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
	if (encoding !== undefined && encoding !== 'identity') {
		throw new NetworkError('unverifiable', encoding, true);
	}
	const length = headers['content-length'] ?? '';
	if (/^\d+$/.test(length)) return Number(length);
	const isChunked = headers['transfer-encoding']?.toLowerCase() === 'chunked';
	if (isChunked && encoding !== undefined) return undefined;
	throw new NetworkError('unverifiable', 'no length', true);
}

/** @returns how many bytes the connection of a response has received; undefined where it has none any more */
export function bytesReceived(message: unknown): number | undefined {
	const { bytesRead } = propertiesOf(propertiesOf(message).socket);
	return typeof bytesRead === 'number' ? bytesRead : undefined;
}

/** Whether a response has come to its end; undefined where nobody can tell. */
export function isComplete(message: unknown): boolean | undefined {
	const { complete } = propertiesOf(message);
	return typeof complete === 'boolean' ? complete : undefined;
}

/**
 * @returns how a response was packed, which n8n takes out of its headers; `identity` for not at all,
 * undefined where nobody can tell
 */
function contentEncodingOf(message: unknown): string | undefined {
	const { rawHeaders } = propertiesOf(message);
	if (!Array.isArray(rawHeaders)) return undefined;
	const names: string[] = rawHeaders.map((text: unknown) => String(text).toLowerCase());
	const index = names.findIndex((name, at) => at % 2 === 0 && name === 'content-encoding');
	return index === -1 ? 'identity' : (names[index + 1] ?? '');
}
