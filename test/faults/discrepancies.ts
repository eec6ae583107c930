import type { NodeResult } from '../engine/magicHour';
import type { LoggedRequest, Sandbox } from '../sandbox/sandbox';

/** What the node says became of an item. */
type Outcome = 'deleted' | 'notDeleted' | 'unknown' | 'unsaid';

/** An input item: the ID of the project that the node shall delete. */
export interface DeletionItem {
	id: string;
	/** Whether the project existed before. */
	existed: boolean;
}

/** Nothing but these is clear; an ID may have such words in it, so that only the end of a message counts. */
const unknownPattern = /, so the image project ".*" may or may not have been deleted$/s;
const notDeletedPattern =
	/, so the image project ".*" was not deleted$|^The image project ".*" was not found$|^The parameter '[^']+' /s;
const countsPattern =
	/(?:(\d+) image projects? (?:was|were)|Nothing was) deleted before the run stopped(?:, and (\d+) items? (?:was|were) not attempted)?\./;
const gonePattern = /(\d+) image projects? (?:was|were) already deleted\./;
/** How many IDs a list has before it says how many more there are. */
const maxListed = 50;

/**
 * Compares what the node says of each item with what the sandbox has.
 *
 * @param isSequential whether there was one request at a time, so that none may follow a failure
 * that stops the run
 * @returns every discrepancy, as text
 */
export function findDiscrepancies(
	{ status, items: outputItems, errorItems, error }: NodeResult,
	items: DeletionItem[],
	sandbox: Sandbox,
	isSequential: boolean,
): string[] {
	const requests = requestsById(sandbox);
	const outcomes = new Map<number, Outcome>();
	const found: string[] = [];
	const addOutcome = (index: number, outcome: Outcome) => {
		if (outcomes.has(index)) found.push(`item ${index} is reported twice`);
		outcomes.set(index, outcome);
	};
	for (const { json, pairedItem } of [...outputItems, ...errorItems]) {
		addOutcome(
			Object(pairedItem).item,
			json.deleted === true ? 'deleted' : outcomeOfError(json.error),
		);
	}
	if (error === undefined) {
		if (status !== 'success') found.push(`the status is ${status}, without an error`);
		const missing = items.findIndex((_, index) => !outcomes.has(index));
		if (missing !== -1) found.push(`item ${missing} is not reported`);
	} else {
		found.push(...checkStop(error, items, sandbox, requests, addOutcome));
		const failedId = items[itemOfError(error)]?.id ?? '';
		const lastRequest = sandbox.requests.at(-1);
		if (isSequential && requests.has(failedId) && lastRequest !== requests.get(failedId)?.at(-1)) {
			found.push(`${lastRequest?.url} was requested after "${failedId}" had failed`);
		}
	}
	for (const [index, { id, existed }] of items.entries()) {
		const discrepancy = checkOutcome(
			outcomes.get(index),
			existed,
			sandbox.projects.has(id),
			requests.get(id),
		);
		if (discrepancy !== undefined) found.push(`item ${index} ("${id}"): ${discrepancy}`);
	}
	const ids = new Set(items.map(({ id }) => id));
	for (const id of requests.keys()) {
		if (!ids.has(id)) found.push(`"${id}" was requested, and is none of the items`);
	}
	return found;
}

/** Compares what the error that stopped the run says of the items with what the sandbox has. */
function checkStop(
	{ message, description }: NonNullable<NodeResult['error']>,
	items: DeletionItem[],
	sandbox: Sandbox,
	requests: Map<string, LoggedRequest[]>,
	addOutcome: (index: number, outcome: Outcome) => void,
): string[] {
	const failed = itemOfError({ message });
	if (!(failed in items)) return [`the error names no item: ${message}`];
	addOutcome(failed, outcomeOfError(message));
	if (items.length === 1) return [];

	const counts = countsPattern.exec(description ?? '');
	if (counts === null) return [`the error does not count the items: ${description}`];
	const [deleted, notAttempted] = [Number(counts[1] ?? 0), Number(counts[2] ?? 0)];
	const gone = Number(gonePattern.exec(description ?? '')?.[1] ?? 0);
	const listed = / Deleted: (.*?)(?: and \d+ more)?\. ?/.exec(description ?? '')?.[1]?.split(', ');
	const alsoFailed = [
		...(/Also failed: (.*)\.$/.exec(description ?? '')?.[1] ?? '').matchAll(/\d+/g),
	];
	const failures = new Set([failed, ...alsoFailed.map(Number)]);
	const others = [...items.entries()]
		.filter(([index]) => !failures.has(index))
		.map(([, item]) => item);
	const requested = others.filter(({ id }) => requests.has(id));
	const found: string[] = [];
	const compare = (what: string, reported: number, actual: number) => {
		if (reported !== actual) found.push(`the error says ${reported} ${what}, and it is ${actual}`);
	};
	compare('deleted', deleted + gone, new Set(requested.map(({ id }) => id)).size);
	compare('listed as deleted', listed?.length ?? 0, Math.min(deleted, maxListed));
	for (const id of listed ?? []) {
		if (!requested.some((item) => item.id === id)) found.push(`"${id}" is listed as deleted`);
	}
	compare('not attempted', notAttempted, others.length - requested.length);
	for (const { id } of requested) {
		if (sandbox.projects.has(id)) found.push(`"${id}" is counted as deleted, and exists`);
	}
	for (const { id, existed } of others) {
		if (!requests.has(id) && sandbox.projects.has(id) !== existed) {
			found.push(`"${id}" is counted as not attempted, and is gone`);
		}
	}
	return found;
}

/** @returns the index of the item that an error names; NaN if it names none */
function itemOfError({ message }: { message: string }): number {
	return Number(/\[item (\d+)\]$/.exec(message)?.[1] ?? NaN);
}

function outcomeOfError(text: unknown): Outcome {
	const words = String(text).replace(/ \[item \d+\]\.?.*$/s, '');
	if (unknownPattern.test(words)) return 'unknown';
	return notDeletedPattern.test(words) ? 'notDeleted' : 'unsaid';
}

function checkOutcome(
	outcome: Outcome | undefined,
	existed: boolean,
	exists: boolean,
	requests: LoggedRequest[] = [],
): string | undefined {
	switch (outcome) {
		case 'deleted':
			return exists ? 'reported as deleted, and exists' : undefined;
		case 'notDeleted':
			return existed && !exists ? 'reported as not deleted, and is gone' : undefined;
		case 'unknown':
			return requests.some(
				({ status = 599, contentType }) => status >= 500 || contentType?.startsWith('text/html'),
			)
				? undefined
				: 'reported as unknown, though every answer was clear';
		case 'unsaid':
			return 'the error does not say whether it is deleted';
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
