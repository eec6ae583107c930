import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { ItemError, type CreatedResource } from '../execution/itemError';
import { PendingResult } from '../execution/pendingResult';
import type { ErrorContext, ErrorMessage } from '../messages/errorMessage';
import { describePending } from '../messages/projects';
import { describeUnexpectedResponse } from '../messages/requestErrors';
import { pollUntil, type WaitSettings } from './polling';
import { resourceUrl, type ResourceKind } from './projectKinds';

/** Something to look up. */
export interface Lookup {
	kind: ResourceKind;
	id: string;
	errorContext: ErrorContext;
	wait: WaitSettings;
	/** What is known of it if it has just been created; each look keeps its charge up to date. */
	created?: CreatedResource;
}

/** Something that Magic Hour works on for a while. */
export interface Progress extends IDataObject {
	status: string;
}

const runningStatuses = ['queued', 'rendering'];
const endStatuses = ['error', 'canceled'];

/** Whether Magic Hour is still working on something. */
export function isInProgress({ status, enabled }: Progress): boolean {
	return enabled !== false && runningStatuses.includes(status);
}

/** Whether it is certain that nothing will come of something; a new status says nothing. */
export function hasComeToNothing({ status, enabled }: Progress): boolean {
	return enabled === false || endStatuses.includes(status);
}

/**
 * Looks something up and, if that is wanted, waits until it is no longer in progress.
 *
 * @param isThing tells whether a response is a description of such a thing; it must be the one that was
 * asked for
 * @param timeoutMessage describes a wait that took too long
 * @throws ItemError
 * @throws PendingResult where a tool call ends before
 */
export async function fetchResource<Thing extends Progress>(
	item: ItemContext,
	lookup: Lookup,
	isThing: (body: unknown) => body is Thing,
	timeoutMessage: (last: Thing | undefined) => ErrorMessage,
): Promise<Thing> {
	const { kind, id, errorContext, wait, created } = lookup;
	const request = {
		method: 'GET' as const,
		url: resourceUrl(kind, id),
		policy: { idempotent: true, expectsBody: true },
		errorContext,
		tolerateTransient: wait.waits,
	};
	const fetch = async (signal?: AbortSignal) =>
		await item.request({ ...request, signal }, async (receive) => {
			const body = await receive();
			if (isThing(body) && body.id === id) {
				updateCharge(item, created, body);
				return body;
			}
			throw new ItemError(describeUnexpectedResponse(errorContext));
		});
	if (!wait.waits) return await fetch();
	return await pollUntil(item, {
		errorContext,
		pollInterval: kind.pollInterval,
		wait,
		fetch,
		isDone: (thing) => !isInProgress(thing),
		timeoutError: (last) =>
			wait.endsWithCall
				? new PendingResult(pendingJson(lookup, last?.status))
				: new ItemError(timeoutMessage(last)),
	});
}

/** Magic Hour refunds what has failed, and then tells another charge than when it was created. */
function updateCharge(
	{ run }: ItemContext,
	created: CreatedResource | undefined,
	progress: Progress,
): void {
	const { credits_charged: charge, status } = progress;
	if (created === undefined || typeof charge !== 'number') return;
	created.credits_charged = charge;
	const isFinal = status === 'complete' || hasComeToNothing(progress);
	run.budget?.record(created.id, charge, isFinal);
}

/** @param status the last that was seen; undefined where none was */
function pendingJson({ kind, id, created }: Lookup, status: string | undefined): IDataObject {
	return {
		id,
		...(status === undefined ? {} : { status }),
		...(created === undefined ? {} : { credits_charged: created.credits_charged }),
		message: describePending(kind, id, status, created !== undefined),
	};
}
