import type { NodeResult } from '../engine/magicHour';
import type { LoggedRequest, Sandbox } from '../sandbox/sandbox';

/** What the node says became of an item. */
type Claim = 'deleted' | 'notDeleted' | 'unclear';

/** An item that went in: the ID that the node shall delete. */
export interface Wanted {
	id: string;
	/** Whether there was such a project before. */
	existed: boolean;
}

const unclear = /it is not known whether the image project ".*" was deleted/;
const counts =
	/(\d+) image projects? (?:was|were) deleted before the run stopped, and (\d+) items? (?:was|were) not attempted/;

/**
 * Compares what the node says of each item with what the sandbox knows.
 *
 * @returns every disagreement, in words
 */
export function disagreementsOf(
	{ status, items, errorItems, error }: NodeResult,
	wanted: Wanted[],
	sandbox: Sandbox,
): string[] {
	const requests = requestsById(sandbox);
	const claims = new Map<number, Claim>();
	const found: string[] = [];
	const claim = (index: number, text: unknown) => {
		if (claims.has(index)) found.push(`item ${index} is told of twice`);
		claims.set(index, claimOf(text));
	};
	for (const { json, pairedItem } of [...items, ...errorItems]) {
		claim(Object(pairedItem).item, json.deleted === true ? true : json.error);
	}
	if (error === undefined) {
		if (status !== 'success') found.push(`the status is ${status}, without an error`);
		const missing = wanted.findIndex((_, index) => !claims.has(index));
		if (missing !== -1) found.push(`item ${missing} is not told of`);
	} else {
		found.push(...disagreementsOfStop(error, wanted, sandbox, requests, claim));
	}
	for (const [index, { id, existed }] of wanted.entries()) {
		const wrong = disagreement(
			claims.get(index),
			existed,
			sandbox.projects.has(id),
			requests.get(id),
		);
		if (wrong !== undefined) found.push(`item ${index} ("${id}"): ${wrong}`);
	}
	const ids = new Set(wanted.map(({ id }) => id));
	for (const id of requests.keys()) {
		if (!ids.has(id)) found.push(`"${id}" was asked for, and is none of the items`);
	}
	return found;
}

/** Compares what the error that stopped the run says of the items. */
function disagreementsOfStop(
	{ message, description }: NonNullable<NodeResult['error']>,
	wanted: Wanted[],
	sandbox: Sandbox,
	requests: Map<string, LoggedRequest[]>,
	claim: (index: number, text: unknown) => void,
): string[] {
	const failed = Number(/\[item (\d+)\]$/.exec(message)?.[1] ?? NaN);
	if (!(failed in wanted)) return [`the error names no item: ${message}`];
	claim(failed, message);
	if (wanted.length === 1) return [];

	const [, deleted, notAttempted] = counts.exec(description ?? '') ?? [];
	if (deleted === undefined) return [`the error does not count the items: ${description}`];
	const alsoFailed = [
		...(/Failed as well: (.*)\.$/.exec(description ?? '')?.[1] ?? '').matchAll(/\d+/g),
	];
	const failures = new Set([failed, ...alsoFailed.map(Number)]);
	const others = [...wanted.entries()]
		.filter(([index]) => !failures.has(index))
		.map(([, one]) => one);
	const asked = others.filter(({ id }) => requests.has(id));
	const found: string[] = [];
	const expect = (what: string, said: number, is: number) => {
		if (said !== is) found.push(`the error says ${said} ${what}, and it is ${is}`);
	};
	expect('deleted', Number(deleted), new Set(asked.map(({ id }) => id)).size);
	expect('not attempted', Number(notAttempted), others.length - asked.length);
	for (const { id } of asked) {
		if (sandbox.projects.has(id)) found.push(`"${id}" is counted as deleted, and is there`);
	}
	for (const { id, existed } of others) {
		if (!requests.has(id) && sandbox.projects.has(id) !== existed) {
			found.push(`"${id}" is counted as not attempted, and is gone`);
		}
	}
	return found;
}

function claimOf(text: unknown): Claim {
	if (text === true) return 'deleted';
	return unclear.test(String(text)) ? 'unclear' : 'notDeleted';
}

function disagreement(
	claim: Claim | undefined,
	existed: boolean,
	exists: boolean,
	requests: LoggedRequest[] = [],
): string | undefined {
	switch (claim) {
		case 'deleted':
			return exists ? 'said to be deleted, and is there' : undefined;
		case 'notDeleted':
			return existed && !exists ? 'said not to be deleted, and is gone' : undefined;
		case 'unclear':
			return requests.some(
				({ status = 599, contentType }) => status >= 500 || contentType?.startsWith('text/html'),
			)
				? undefined
				: 'said to be unclear, though every answer was clear';
		case undefined:
			return undefined;
	}
}

function requestsById(sandbox: Sandbox): Map<string, LoggedRequest[]> {
	const requests = new Map<string, LoggedRequest[]>();
	for (const request of sandbox.requests) {
		const id = decodeURIComponent(request.url.replace('/v1/image-projects/', ''));
		requests.set(id, [...(requests.get(id) ?? []), request]);
	}
	return requests;
}
