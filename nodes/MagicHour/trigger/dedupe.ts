import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { isObject, propertiesOf } from '../http/json';
import { sleepUnlessCanceled } from '../http/sleep';
import { EventError } from './eventError';
import type { ProjectEvent } from './events';

/** When events were claimed, in seconds since 1970, by what tells them apart. */
type ClaimedEvents = Record<string, number>;

/** The parts of n8n's response that tell how it ended. */
export interface WebhookResponse {
	/** Whether the connection is closed, or has been given the whole answer. */
	readonly closed: boolean;
	readonly statusCode: number;
	/** Whether n8n has answered, be it on a connection that is closed. */
	readonly writableEnded: boolean;
	once(event: 'close', listener: () => void): unknown;
}

/** What this process knows of one node's events. */
interface EventLog {
	claimed: ClaimedEvents;
	/** Events that n8n has not answered yet, with the promise that it has. */
	unanswered: Map<string, Promise<void>>;
	/** The executions that have begun with an event, oldest first. */
	begun: Map<string, Beginning>;
	batches: WriteBatches;
}

interface Beginning {
	executionId: string;
	/** Seconds since 1970. */
	at: number;
}

/** Magic Hour repeats an event for 24 hours. */
const maxAgeSeconds = 25 * 60 * 60;
const maxEvents = 2_000;
const maxBatchWaitMs = 5_000;
/** Magic Hour wants an answer within 10 s. */
const maxRepeatWaitMs = 8_000;
/** A claim that has ended is as old as can be. It stays, so that no stored one takes its place. */
const released = 0;

/**
 * n8n reads a workflow's static data again for each request, and stores it before it answers. So
 * requests at the same time do not see each other's, and what all of them know is here.
 */
const logs = new Map<string, EventLog>();

/**
 * Claims an event, unless it was claimed before: by this process, or by one whose claims are in the
 * workflow's static data. A claim ends if n8n does not answer the event with a success.
 *
 * @returns undefined for a repeat; else the event may start the workflow, and n8n may store the static
 * data. What is returned marks them as changed: n8n 2 forgets that they are when it begins the execution.
 * @throws EventError where n8n has still not answered the same event
 */
export async function claimOnce(
	context: IWebhookFunctions,
	projectEvent: ProjectEvent,
	response: WebhookResponse,
): Promise<(() => void) | undefined> {
	const event = keyOf(projectEvent.type, projectEvent.project);
	const { claimed, unanswered, batches } = logOf(context);
	while (unanswered.has(event)) {
		const before = unanswered.get(event);
		await settledWithin(maxRepeatWaitMs, [before]);
		if (unanswered.get(event) === before) {
			throw new EventError(503, 'n8n is still processing this event');
		}
	}
	if (!claim(claimed, context, event)) return undefined;

	const answered = isAnsweredWithSuccess(response).then((isTaken) => {
		if (!isTaken) claimed[event] = released;
		unanswered.delete(event);
	});
	unanswered.set(event, answered);
	await batches.join(answered);
	return () => store(claimed, context);
}

/**
 * Lets one execution begin with an event. When n8n ends, executions may wait for their turn whose
 * events it has not answered. It begins them when it is started again, and their events come again.
 *
 * @returns the items of the execution but for those with which another has begun in this process
 */
export function dropRepeated(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	// An execution of another mode is one that the user has asked for.
	if (context.getMode() !== 'webhook') return items;
	const { begun } = logOf(context);
	return items.filter(({ json: { event, project } }) =>
		beginOnce(begun, keyOf(event, project), context.getExecutionId()),
	);
}

function beginOnce(begun: EventLog['begun'], event: string, executionId: string): boolean {
	const at = nowSeconds();
	const before = begun.get(event);
	if (before !== undefined && at - before.at <= maxAgeSeconds) {
		return before.executionId === executionId;
	}
	begun.delete(event);
	begun.set(event, { executionId, at });
	const [oldest] = begun.keys();
	if (begun.size > maxEvents && oldest !== undefined) begun.delete(oldest);
	return true;
}

/** @returns what tells an event apart from others */
function keyOf(type: unknown, project: unknown): string {
	return `${String(type)} ${String(propertiesOf(project).id)}`;
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

async function settledWithin(
	ms: number,
	promises: Array<Promise<void> | undefined>,
): Promise<void> {
	const wait = { canceled: false };
	const end = Promise.all(promises).then(() => {
		wait.canceled = true;
	});
	await Promise.race([end, sleepUnlessCanceled(ms, wait)]);
}

/**
 * Waits until n8n has answered an event. A sender that closes the connection before has no answer,
 * but n8n goes on. Where executions wait for their turn, it may take as long as events are repeated.
 *
 * @returns whether the answer is a success
 */
async function isAnsweredWithSuccess(response: WebhookResponse): Promise<boolean> {
	if (!response.closed) await new Promise<void>((resolve) => response.once('close', resolve));
	await sleepUnlessCanceled(maxAgeSeconds * 1000, {
		get canceled() {
			return response.writableEnded;
		},
	});
	const { statusCode, writableEnded } = response;
	return writableEnded && statusCode >= 200 && statusCode < 300;
}

function logOf(context: IWebhookFunctions | IExecuteFunctions): EventLog {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const log = logs.get(key) ?? {
		claimed: {},
		unanswered: new Map(),
		begun: new Map(),
		batches: new WriteBatches(),
	};
	logs.set(key, log);
	return log;
}

/** @returns whether the event was not claimed before */
function claim(claimed: ClaimedEvents, context: IWebhookFunctions, event: string): boolean {
	const { claimedEvents: stored } = context.getWorkflowStaticData('node');
	const storedClaims: Record<string, unknown> = isObject(stored) ? stored : {};
	for (const [one, at] of Object.entries(storedClaims)) claimed[one] ??= Number(at);
	const now = nowSeconds();
	const claimedAt = claimed[event];
	const isNew = claimedAt === undefined || now - claimedAt > maxAgeSeconds;
	if (isNew) claimed[event] = now;
	discardOld(claimed, now);
	if (isNew || storedClaims[event] === undefined) store(claimed, context);
	return isNew;
}

/** Has n8n store the object itself, with what other requests add to it before it does. */
function store(claimed: ClaimedEvents, context: IWebhookFunctions): void {
	context.getWorkflowStaticData('node').claimedEvents = claimed;
}

function discardOld(claimed: ClaimedEvents, now: number): void {
	// Those of the same second are in the order in which they were claimed.
	const newestFirst = Object.entries(claimed)
		.reverse()
		.sort(([, first], [, second]) => second - first);
	newestFirst.forEach(([event, at], index) => {
		const isOld = at !== released && now - at > maxAgeSeconds;
		if (index >= maxEvents || isOld) delete claimed[event];
	});
}

function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}
