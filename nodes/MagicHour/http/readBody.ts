import { abortError } from './abort';
import { NetworkError } from './errors';
import { isObject } from './json';
import { bytesPerMegabyte } from './transfer';

/** What has come of a body. */
interface ReceivedBody {
	/** What its JSON holds, or its text where it is none. */
	body: unknown;
	/** Why it is not whole, if so. */
	incomplete?: NetworkError;
}

/**
 * Reads the body of a response, and never throws.
 *
 * @param stream the body as it arrives, without its content encoding; anything else is taken as read
 * @param maxBytes reading ends there
 * @param signal ends the stream
 */
export async function readBody(
	stream: unknown,
	maxBytes: number,
	signal: AbortSignal,
): Promise<ReceivedBody> {
	if (!isStream(stream)) return { body: stream };
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	let incomplete: NetworkError | undefined;
	try {
		for await (const chunk of stream) {
			bytes += chunk.length;
			if (bytes > maxBytes) {
				incomplete = new NetworkError('tooLarge', `${maxBytes / bytesPerMegabyte}`, true);
				break;
			}
			chunks.push(chunk);
		}
	} catch {
		incomplete = signal.aborted ? abortError(signal) : new NetworkError('closed', 'cut off', true);
	}
	return { body: parse(chunks), incomplete };
}

function parse(chunks: Uint8Array[]): unknown {
	if (chunks.length === 0) return '';
	const text = new TextDecoder().decode(Buffer.concat(chunks));
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return isObject(body) && Symbol.asyncIterator in body;
}
