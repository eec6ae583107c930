import { LoggerProxy } from 'n8n-workflow';
import { inspect } from 'node:util';
import type { NodeResult } from '../engine/magicHour';
import { closeEar, hear, openEar } from './ear';

/** A key with characters that look different in a URL and in JSON. */
export const apiKey = 'mhk_live_0123+45/67=89~ab%cdef';

/**
 * Finds the API key in a text: plain, encoded for a URL, or in base64, also as a part of more.
 *
 * @returns what of it there is; undefined where there is nothing
 */
export function keyIn(text: string): string | undefined {
	return forms.find((form) => text.includes(form));
}

/** Half of the key is as bad as all of it. */
const parts = [apiKey.slice(0, 20), apiKey.slice(-16)];

const forms = [
	...parts,
	...parts.map((part) => encodeURIComponent(part)),
	...parts.flatMap((part) => ['base64', 'base64url'].flatMap((form) => inBase64(part, form))),
];

/** What of a text is the same in base64, whatever stands before and after it. */
function inBase64(text: string, form: string): string[] {
	return [0, 1, 2].map((before) => {
		const encoded = Buffer.from('x'.repeat(before) + text).toString(form as 'base64');
		return encoded.slice(
			before === 0 ? 0 : 4,
			Math.floor(((before + text.length) * 4) / 3 / 4) * 4,
		);
	});
}

/** @returns all that leaves the node in a run, as text */
export function everythingIn({ record, items, errorItems, error }: NodeResult): string {
	const whole = {
		depth: 12,
		showHidden: true,
		maxStringLength: Infinity,
		maxArrayLength: Infinity,
	};
	return [
		record,
		inspect(items, whole),
		inspect(errorItems, whole),
		inspect(error, whole),
		JSON.stringify(error ?? null),
		error?.stack ?? '',
	].join('\n');
}

/** What n8n logs of every run: a log without it was not listened to. */
const inEveryLog = 'Running node "Magic Hour" started';

/**
 * Listens to everything that is logged or printed, on all levels.
 *
 * @returns a function that ends the listening, and tells what of the API key was heard, if anything
 */
export function listen(): () => string | undefined {
	openEar();
	LoggerProxy.init({ error: hear, warn: hear, info: hear, debug: hear });
	return () => {
		const text = closeEar();
		return text.includes(inEveryLog) ? keyIn(text) : 'nothing was heard';
	};
}
