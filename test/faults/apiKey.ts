import { LoggerProxy } from 'n8n-workflow';
import { inspect } from 'node:util';
import type { NodeResult } from '../engine/magicHour';
import { capture, startCapture, stopCapture } from './logCapture';

/** A key with characters that look different in a URL and in JSON. */
export const apiKey = 'mhk_live_0123+45/67=89~ab%cdef';

/**
 * Finds the API key in a text: plain, in other case, encoded for a URL, escaped as in JSON or HTML,
 * or in base64, also as a part of more.
 *
 * @param key another one than that of these tests
 * @returns the part that was found; undefined if there is none
 */
export function findApiKey(text: string, key = apiKey): string | undefined {
	// Half of the key is as bad as all of it.
	const parts = [key.slice(0, 20), key.slice(-16)];
	const plain = parts.map((part) => part.toLowerCase());
	return (
		decodings(text)
			.map((decoded) => decoded.toLowerCase())
			.map((decoded) => plain.find((part) => decoded.includes(part)))
			.find((part) => part !== undefined) ??
		parts
			.flatMap((part) => [...base64Forms(part, 'base64'), ...base64Forms(part, 'base64url')])
			.find((form) => text.includes(form))
	);
}

const escaped = /%([\da-f]{2})|\\+u00([\da-f]{2})|&#x0*([\da-f]{2});?|&#0*(\d{2,3});?|\\(?=\/)/gi;

/** @returns the text as it is, and each time that its escapes are read once more */
function decodings(text: string): string[] {
	const decoded = text.replace(
		escaped,
		(_, percent?: string, unicode?: string, entity?: string, decimal?: string) => {
			const hex = percent ?? unicode ?? entity;
			if (hex === undefined && decimal === undefined) return '';
			return String.fromCharCode(hex === undefined ? Number(decimal) : parseInt(hex, 16));
		},
	);
	return decoded === text ? [text] : [text, ...decodings(decoded)];
}

/** The characters of a text in base64 that do not depend on what stands before and after it. */
function base64Forms(text: string, encoding: 'base64' | 'base64url'): string[] {
	return [0, 1, 2].map((bytesBefore) => {
		const encoded = Buffer.from('x'.repeat(bytesBefore) + text).toString(encoding);
		return encoded.slice(
			bytesBefore === 0 ? 0 : 4,
			Math.floor(((bytesBefore + text.length) * 4) / 3 / 4) * 4,
		);
	});
}

/** @returns everything that leaves the node in a run, as text */
export function serializeResult({ record, items, errorItems, error }: NodeResult): string {
	const withoutLimits = {
		depth: 12,
		showHidden: true,
		maxStringLength: Infinity,
		maxArrayLength: Infinity,
	};
	return [
		record,
		inspect(items, withoutLimits),
		inspect(errorItems, withoutLimits),
		inspect(error, withoutLimits),
		JSON.stringify(error ?? null),
		error?.stack ?? '',
	].join('\n');
}

/** Watches the logs of each test of a file: the API key must not be in them. */
export function useWatchedLogs(): void {
	let stopWatching: () => string | undefined;
	beforeEach(() => {
		stopWatching = watchLogs();
	});
	afterEach(() => expect(stopWatching()).toBeUndefined());
}

/** n8n logs this in every run: a log without it was not captured. */
const inEveryLog = 'Running node "Magic Hour" started';

/**
 * Captures everything that is logged or printed, on all levels.
 *
 * @returns a function that stops the capture. It returns the part of the API key that was logged,
 * if any was.
 */
export function watchLogs(): () => string | undefined {
	startCapture();
	LoggerProxy.init({ error: capture, warn: capture, info: capture, debug: capture });
	return () => {
		const text = stopCapture();
		return text.includes(inEveryLog) ? findApiKey(text) : 'nothing was captured';
	};
}
