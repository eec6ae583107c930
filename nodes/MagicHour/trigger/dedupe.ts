import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../http/json';
import { sleepUnlessCancelled } from '../http/sleep';

/** When events were claimed, in seconds since 1970, by what tells them apart. */
type ClaimedEvents = Record<string, number>;

/** The parts of n8n's response that tell how it ended. */
export interface WebhookResponse {
	readonly closed: boolean;
	readonly statusCode: number;
	once(event: 'close', listener: () => void): unknown;
}

/** What this process knows of one node's events. */
interface EventLog {
	claimed: ClaimedEvents;
	/** Events that n8n has not answered yet, with the promise that it has. */
	unanswered: Map<string, Promise<void>>;
	batches: WriteBatches;
}

/** Magic Hour repeats an event for 24 hours. */
const maxAgeSeconds = 25 * 60 * 60;
const maxEvents = 2_000;
const maxBatchWaitMs = 5_000;

/**
 * n8n reads a workflow's static data again for each request, and stores it before it answers. So
 * requests at the same time do not see each other's, and what all of them know is here.
 */
const logs = new Map<string, EventLog>();

/**
 * Claims an event, unless it was claimed before: by this process, or by one whose claims are in the
 * workflow's static data. A claim ends if n8n answers the event with an error.
 *
 * @param event what tells the event apart from others
 * @returns whether the event may start the workflow; then n8n may also store the static data
 */
export async function claimOnce(
	context: IWebhookFunctions,
	event: string,
	response: WebhookResponse,
): Promise<boolean> {
	const { claimed, unanswered, batches } = logOf(context);
	while (unanswered.has(event)) await unanswered.get(event);
	if (!claim(claimed, context, event)) return false;

	const answered = endOf(response).then(() => {
		if (response.statusCode >= 400) delete claimed[event];
		unanswered.delete(event);
	});
	unanswered.set(event, answered);
	await batches.join(answered);
	return true;
}

/**
 * Lets requests go on in batches, one after the other. Databases do not store in the order in which
 * they were asked to: without this, the claims of an earlier request could replace those of a later
 * one. What the requests of one batch store is the same.
 */
class WriteBatches {
	private current: Array<Promise<void>> = [];

	private next: Array<Promise<void>> = [];

	private turn: Promise<void> | undefined;

	/** @param done resolves when the one who joins has stored what there is */
	async join(done: Promise<void>): Promise<void> {
		this.next.push(done);
		this.turn ??= settledWithin(maxBatchWaitMs, this.current).then(() => {
			this.current = this.next;
			this.next = [];
			this.turn = undefined;
		});
		await this.turn;
	}
}

async function settledWithin(ms: number, promises: Array<Promise<void>>): Promise<void> {
	const wait = { cancelled: false };
	const end = Promise.all(promises).then(() => {
		wait.cancelled = true;
	});
	await Promise.race([end, sleepUnlessCancelled(ms, wait)]);
}

async function endOf(response: WebhookResponse): Promise<void> {
	if (!response.closed) await new Promise<void>((resolve) => response.once('close', resolve));
}

function logOf(context: IWebhookFunctions): EventLog {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const log = logs.get(key) ?? { claimed: {}, unanswered: new Map(), batches: new WriteBatches() };
	logs.set(key, log);
	return log;
}

/** @returns whether the event was not claimed before */
function claim(claimed: ClaimedEvents, context: IWebhookFunctions, event: string): boolean {
	const staticData = context.getWorkflowStaticData('node');
	const { claimedEvents: stored } = staticData;
	const storedClaims: Record<string, unknown> = isObject(stored) ? stored : {};
	for (const [one, at] of Object.entries(storedClaims)) claimed[one] ??= Number(at);
	const now = Math.floor(Date.now() / 1000);
	const claimedAt = claimed[event];
	const isNew = claimedAt === undefined || now - claimedAt > maxAgeSeconds;
	if (isNew) claimed[event] = now;
	discardOld(claimed, now);
	// The object itself, so that n8n also stores what other requests add to it before it does.
	if (isNew || storedClaims[event] === undefined) staticData.claimedEvents = claimed;
	return isNew;
}

function discardOld(claimed: ClaimedEvents, now: number): void {
	// Those of the same second are in the order in which they were claimed.
	const newestFirst = Object.entries(claimed)
		.reverse()
		.sort(([, first], [, second]) => second - first);
	newestFirst.forEach(([event, at], index) => {
		if (index >= maxEvents || now - at > maxAgeSeconds) delete claimed[event];
	});
}
