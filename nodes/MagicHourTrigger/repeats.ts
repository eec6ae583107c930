import type { IWebhookFunctions } from 'n8n-workflow';

/** When events were taken, in seconds since 1970, by what tells them apart. */
type TakenEvents = Record<string, number>;

/** Magic Hour repeats an event for 24 hours. */
const longestAge = 25 * 60 * 60;
const mostEvents = 2_000;

/**
 * What this process has taken, by node. n8n reads a workflow's static data anew for each request and
 * stores it afterwards, so that requests at the same time do not see it of each other.
 */
const memories = new Map<string, TakenEvents>();

/**
 * Notes that a node takes an event, in this process and in the workflow's static data, which outlives
 * it.
 *
 * @param event what tells the event apart from others
 * @returns how to forget it again; undefined where it was taken before
 */
export function takeOnce(context: IWebhookFunctions, event: string): (() => void) | undefined {
	const stored = context.getWorkflowStaticData('node') as { takenEvents?: TakenEvents };
	const taken = memoryOf(context);
	const now = Math.floor(Date.now() / 1000);
	mergeInto(taken, stored.takenEvents);
	const isRepeat = taken[event] !== undefined && now - taken[event] <= longestAge;
	if (!isRepeat) taken[event] = now;
	discardOld(taken, now);
	// The object itself, so that n8n stores also what other requests add to it before it does.
	if (!isRepeat || stored.takenEvents?.[event] === undefined) stored.takenEvents = taken;
	if (isRepeat) return undefined;
	return () => {
		delete taken[event];
	};
}

function memoryOf(context: IWebhookFunctions): TakenEvents {
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const memory = memories.get(key) ?? {};
	memories.set(key, memory);
	return memory;
}

function mergeInto(taken: TakenEvents, stored: TakenEvents = {}): void {
	for (const [event, at] of Object.entries(stored)) taken[event] ??= at;
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
