import type { IDataObject } from 'n8n-workflow';
import { failureOfStrangeAnswer } from '../messages/failures';
import type { Item } from '../execution/itemContext';
import { withAddresses, type ReadBody } from '../input/requestBody';
import type { Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';

/** What Magic Hour answers when it has taken a job. */
export interface Job extends IDataObject {
	id: string;
	credits_charged: IDataObject['credits_charged'];
}

/**
 * Starts the job that an item asks for, unless an earlier try of the node has: it costs credits.
 *
 * @throws Unfinished where it was not started, or nobody knows whether it was
 */
export async function startOnce(item: Item, read: ReadBody, target: Target): Promise<Job> {
	const name = `item ${item.index}`;
	const job = item.run.recall(name) ?? (await start(item, name, read, target));
	if (!isJob(job)) throw new Unfinished(failureOfStrangeAnswer(target));
	const { id, credits_charged: credits } = job;
	item.run.noteCreated(id);
	// The API also gives costs in frames, which it asks nobody to read any more.
	return { id, credits_charged: credits };
}

async function start(item: Item, name: string, read: ReadBody, target: Target): Promise<unknown> {
	const body = await withAddresses(item, read, target);
	return await item.ask({ name, body, target, isRepeatable: false, needsBody: true });
}

function isJob(body: unknown): body is Job {
	return typeof (Object(body) as { id?: unknown }).id === 'string';
}
