import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleepReally } from 'node:timers/promises';

/** The turns of the event loop in which an answer surely comes back to the node, and is acted upon. */
const turnsToSettle = 20;
const realNow = Date.now;
const realMonotonicNow = performance.now.bind(performance);

interface Wait {
	dueAt: number;
	end: () => void;
}

/** The time that is told instead of the real one; undefined where that is told. */
let virtualNow: number | undefined;
const virtualWaits: Wait[] = [];
let isAdvancing = false;

let waits = 0;
let waitedMs = 0;
const requests = new Set<ClientRequest>();

const channel = 'http.client.request.start';

function follow(message: unknown): void {
	const { request } = message as { request: ClientRequest };
	requests.add(request);
	request.once('close', () => requests.delete(request));
}

subscribe(channel, follow);
// All test files of a worker share the channel. A hook of Jest can't be defined where a test loads this.
const { onEnvironmentEnd } = globalThis as { onEnvironmentEnd?: (end: () => void) => void };
onEnvironmentEnd?.(() => unsubscribe(channel, follow));

/** Stands for `sleep` of n8n-workflow, by which alone the node waits; see `test/jest/packages`. */
export async function sleep(milliseconds: number): Promise<void> {
	waits++;
	waitedMs += milliseconds;
	if (virtualNow === undefined) await sleepReally(milliseconds);
	else await sleepVirtually(virtualNow + milliseconds);
	waits--;
}

async function sleepVirtually(dueAt: number): Promise<void> {
	await new Promise<void>((end) => {
		virtualWaits.push({ dueAt, end });
		if (!isAdvancing) void advance();
	});
}

/** Goes on to the end of the next wait whenever nothing else happens. */
async function advance(): Promise<void> {
	isAdvancing = true;
	while (virtualWaits.length > 0) {
		await untilSteady(() => requests.size === 0);
		virtualWaits.sort((first, second) => first.dueAt - second.dueAt);
		const next = virtualWaits.shift();
		virtualNow = Math.max(virtualNow ?? 0, next?.dueAt ?? 0);
		next?.end();
	}
	isAdvancing = false;
}

/**
 * Lets time pass only where the node waits, and at once, for the node, which reads `performance.now()`
 * and `Date.now()` and waits by `sleep`, and for the clock of the sandbox. n8n's engine, the deadlines
 * of requests and the faults' delays keep the real time.
 */
export function useVirtualTime(): void {
	beforeEach(() => {
		virtualNow = realNow();
		Date.now = () => virtualNow ?? realNow();
		performance.now = () => virtualNow ?? realNow();
	});
	afterEach(async () => {
		await untilIdle();
		virtualNow = undefined;
		Date.now = realNow;
		performance.now = realMonotonicNow;
	});
}

/** @returns for how many milliseconds in all the node has asked to wait, in this test file so far */
export function waitedFor(): number {
	return waitedMs;
}

/** Waits until the node waits for something. */
export async function untilWaiting(): Promise<void> {
	while (waits === 0) await nextTurn();
}

/**
 * Waits until nothing is under way any more: the node waits for nothing, and no HTTP request of this
 * process is without its answer.
 */
export async function untilIdle(): Promise<void> {
	await untilSteady(() => waits === 0 && requests.size === 0);
}

/** Waits until something is so, and stays so while the event loop turns. */
async function untilSteady(isSo: () => boolean): Promise<void> {
	for (let turns = 0; turns < turnsToSettle; turns = isSo() ? turns + 1 : 0) await nextTurn();
}

/** Waits until requests are under way to a sandbox that holds them back, and no further one comes. */
export async function untilFullyArrived(sandbox: { inFlight: number }): Promise<void> {
	await untilSteady(() => requests.size > 0 && requests.size === sandbox.inFlight);
}

/** A moment that others can wait for. */
export class Deferred {
	resolve: () => void = () => {};

	readonly promise = new Promise<void>((resolve) => {
		this.resolve = resolve;
	});
}
