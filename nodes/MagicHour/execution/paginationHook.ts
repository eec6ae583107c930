import type { IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import { asUnfinished } from '../messages/failures';
import { Item, type RoutingRequest } from './itemContext';
import { errorOfFailure, itemOfFailure, itemsOfSuccess } from './output';
import { runOf } from './nodeRun';
import type { OperationProfile, Output } from './types';
import { Unfinished } from './itemError';

/** One operation's way from an item to what the item gives. */
export interface Job<Prepared> {
	profile: OperationProfile;
	/**
	 * Reads and checks what the user has set, before anything is sent.
	 *
	 * @throws Unfinished with the reason why nothing may be sent for the item
	 */
	prepare(item: Item): Prepared;
	/** Names the work, where items that ask for the same work share it. */
	nameOf?(prepared: Prepared): string;
	/** @throws Unfinished when the item fails, or when its turn does not come */
	carryOut(item: Item, prepared: Prepared): Promise<Output[]>;
}

/**
 * Makes the one way by which an operation's requests leave the node. n8n's declarative engine calls
 * it for each item, in the place of a pagination, with the request that the routing describes.
 *
 * @returns a function that resolves with the item's output, and rejects only with the failure that
 * stops the workflow, a NodeApiError
 */
export function perform<Prepared>(job: Job<Prepared>) {
	return async function send(
		this: IExecutePaginationFunctions,
		request: RoutingRequest,
	): Promise<INodeExecutionData[]> {
		const run = runOf(this, job.profile);
		const item = new Item(this, request, run, job.profile);
		const ready = prepare(job, item);
		if (ready instanceof Unfinished) run.noteFailure(item.index);
		await run.enter(item.index);
		if (ready instanceof Unfinished) return await giveUp(item, ready);

		const outputs = await carryOut(job, item, ready.prepared);
		if (outputs instanceof Unfinished) return await giveUp(item, outputs);
		const work = job.nameOf?.(ready.prepared) ?? `item ${item.index}`;
		run.settleDone(work);
		return itemsOfSuccess(outputs, item.index);
	};
}

function prepare<Prepared>(job: Job<Prepared>, item: Item): { prepared: Prepared } | Unfinished {
	const { refusal } = item.run;
	if (refusal !== undefined) return new Unfinished(refusal, { wasAttempted: false });
	try {
		return { prepared: job.prepare(item) };
	} catch (error) {
		return asUnfinished(error, false);
	}
}

async function carryOut<Prepared>(
	job: Job<Prepared>,
	item: Item,
	prepared: Prepared,
): Promise<Output[] | Unfinished> {
	try {
		return await job.carryOut(item, prepared);
	} catch (error) {
		return asUnfinished(error, true);
	}
}

async function giveUp(
	{ context, run, index, profile }: Item,
	{ failure, wasAttempted }: Unfinished,
): Promise<INodeExecutionData[]> {
	if (failure !== undefined) run.noteFailure(index);
	run.settleUndone(index, wasAttempted);
	if (failure === undefined) return [];
	if (!run.stopsAtFirstFailure) return await itemOfFailure(context, failure, profile);
	// n8n reports the rejected item with the lowest index, which need not be the first to fail.
	if (!run.isFirstFailure(index)) return [];
	await run.waitForEnd();
	throw await errorOfFailure(context, failure, run.summary());
}
