import type { IWebhookFunctions } from 'n8n-workflow';
import { sleepUnlessCancelled } from '../http/sleep';

/** When events were taken, in seconds since 1970, by what tells them apart. */
type TakenEvents = Record<string, number>;

/** The parts of n8n's answer that tell how it ended. */
export interface Answer {
	readonly closed: boolean;
	readonly statusCode: number;
	once(event: 'close', listener: () => void): unknown;
}

/** What this process knows of one node's events. */
interface Memory {
	taken: TakenEvents;
	/** Events that n8n has not answered yet, with the promise that it has. */
	open: Map<string, Promise<void>>;
	groups: Groups;
}

/** Magic Hour repeats an event for 24 hours. */
const longestAge = 25 * 60 * 60;
const mostEvents = 2_000;
const longestWaitForGroup = 5_000;

/**
 * n8n reads a workflow's static data anew for each request, and stores it before it answers. So
 * requests at the same time do not see it of each other, and what all of them know is here.
 */
const memories = new Map<string, Memory>();

/**
 * Takes an event, unless it was taken before: by this process, or by one whose notes are in the
 * workflow's static data. One that n8n answers with an error was not taken.
 *
 * @param event what tells the event apart from others
 * @returns whether it is to start the workflow; when it resolves, n8n may store the static data
 */
export async function takeOnce(
	context: IWebhookFunctions,
	event: string,
	answer: Answer,
): Promise<boolean> {
	const { taken, open, groups } = memoryOf(context);
	while (open.has(event)) await open.get(event);
	if (!noteIn(taken, context, event)) return false;

	const answered = endOf(answer).then(() => {
		if (answer.statusCode >= 400) delete taken[event];
		open.delete(event);
	});
	open.set(event, answered);
	await groups.join(answered);
	return true;
}

/**
 * Lets requests go on in groups, one group after the other. Databases do not store in the order in
 * which they were asked to: without this, the notes of an earlier request could replace those of a
 * later one. What the requests of one group store is the same.
 */
class Groups {
	private underWay: Array<Promise<void>> = [];

	private next: Array<Promise<void>> = [];

	private turn: Promise<void> | undefined;

	/** @param done resolves when the one who joins has stored what there is */
	async join(done: Promise<void>): Promise<void> {
		this.next.push(done);
		this.turn ??= atMost(longestWaitForGroup, Promise.all(this.underWay)).then(() => {
			this.underWay = this.next;
			this.next = [];
			this.turn = undefined;
		});
		await this.turn;
	}
}

async function atMost(milliseconds: number, promise: Promise<unknown>): Promise<void> {
	const wait = { cancelled: false };
	const end = promise.then(() => {
		wait.cancelled = true;
	});
	await Promise.race([end, sleepUnlessCancelled(milliseconds, wait)]);
}

async function endOf(answer: Answer): Promise<void> {
	if (!answer.closed) await new Promise<void>((resolve) => answer.once('close', resolve));
}

function memoryOf(context: IWebhookFunctions): Memory {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const memory = memories.get(key) ?? { taken: {}, open: new Map(), groups: new Groups() };
	memories.set(key, memory);
	return memory;
}

/** @returns whether the event was not there before */
function noteIn(taken: TakenEvents, context: IWebhookFunctions, event: string): boolean {
	const stored = context.getWorkflowStaticData('node') as { takenEvents?: TakenEvents };
	for (const [one, at] of Object.entries(stored.takenEvents ?? {})) taken[one] ??= at;
	const now = Math.floor(Date.now() / 1000);
	const isNew = taken[event] === undefined || now - taken[event] > longestAge;
	if (isNew) taken[event] = now;
	discardOld(taken, now);
	// The object itself, so that n8n stores also what other requests add to it before it does.
	if (isNew || stored.takenEvents?.[event] === undefined) stored.takenEvents = taken;
	return isNew;
}

function discardOld(taken: TakenEvents, now: number): void {
	// Those of the same second are in the order in which they were taken.
	const newestFirst = Object.entries(taken)
		.reverse()
		.sort(([, first], [, second]) => second - first);
	newestFirst.forEach(([event, at], index) => {
		if (index >= mostEvents || now - at > longestAge) delete taken[event];
	});
}
