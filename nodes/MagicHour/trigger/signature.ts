import { createHmac, timingSafeEqual } from 'node:crypto';
import { EventError } from './eventError';

/** What a signature signs. */
interface SignedEvent {
	body: Buffer;
	/** The headers as they came. */
	signature: string;
	timestamp: string;
}

const hexOfSha256 = /^[0-9a-f]{64}$/i;
const wholeSeconds = /^\d{1,15}$/;

/**
 * Checks that an event comes from Magic Hour, which signs the timestamp, a full stop and the body
 * with HMAC-SHA256.
 *
 * @param secrets each webhook that is registered has one of its own; any of them will do
 * @param toleranceSeconds how far the timestamp may differ from now, both ways
 * @param nowSeconds seconds since 1970
 * @throws EventError where the event cannot be trusted
 * @see https://docs.magichour.ai/api-reference/webhook-events
 */
export function verifySignature(
	{ body, signature, timestamp }: SignedEvent,
	secrets: string[],
	toleranceSeconds: number,
	nowSeconds: number,
): void {
	if (!wholeSeconds.test(timestamp)) throw new EventError(401, 'The event has no valid timestamp');
	const matches = secrets.map((secret) =>
		isSame(signature, createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest()),
	);
	if (!matches.includes(true)) {
		throw new EventError(401, "The signature doesn't match any webhook secret in the credential");
	}
	const age = nowSeconds - Number(timestamp);
	if (Math.abs(age) <= toleranceSeconds) return;
	const where = age > 0 ? 'old' : 'in the future';
	throw new EventError(401, `The event is more than ${toleranceSeconds} seconds ${where}`);
}

function isSame(signature: string, expected: Buffer): boolean {
	return hexOfSha256.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), expected);
}
