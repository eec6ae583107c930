import { createHmac, timingSafeEqual } from 'node:crypto';

/** What vouches for an event. The texts are the headers as they came. */
export interface Signed {
	body: Buffer;
	signature: string;
	timestamp: string | undefined;
}

const hexOfSha256 = /^[0-9a-f]{64}$/i;
const wholeSeconds = /^\d{1,15}$/;

/**
 * Tells why an event is not to be trusted. Magic Hour signs the timestamp, a full stop and the body
 * with HMAC-SHA256.
 *
 * @param tolerance how many seconds the timestamp may differ from now, both ways
 * @param now seconds since 1970
 * @returns undefined where it can be trusted
 * @see https://docs.magichour.ai/api-reference/webhook-events
 */
export function distrustOf(
	{ body, signature, timestamp = '' }: Signed,
	secret: string,
	tolerance: number,
	now: number,
): string | undefined {
	if (!wholeSeconds.test(timestamp)) return 'The event has no valid timestamp';
	const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
	if (!isSame(signature, expected)) return 'The signature is not valid';
	const age = now - Number(timestamp);
	if (age > tolerance) return `The event is more than ${tolerance} seconds old`;
	if (age < -tolerance) return `The event is more than ${tolerance} seconds in the future`;
	return undefined;
}

function isSame(signature: string, expected: Buffer): boolean {
	return hexOfSha256.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), expected);
}
