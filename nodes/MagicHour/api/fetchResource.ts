import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { ItemError } from '../execution/itemError';
import type { ErrorContext, ErrorMessage } from '../messages/errorMessage';
import { describeUnexpectedResponse } from '../messages/requestErrors';
import { pollUntil, type WaitSettings } from './polling';
import { resourceUrl, type ResourceKind } from './projectKinds';

/** Something to look up. */
export interface Lookup {
	kind: ResourceKind;
	id: string;
	errorContext: ErrorContext;
	wait: WaitSettings;
}

/** Something that Magic Hour works on for a while. */
export interface Progress extends IDataObject {
	status: string;
}

const runningStatuses = ['queued', 'rendering'];

/** Whether Magic Hour is still working on something. */
export function isInProgress({ status, enabled }: Progress): boolean {
	return enabled !== false && runningStatuses.includes(status);
}

/**
 * Looks something up and, if that is wanted, waits until it is no longer in progress.
 *
 * @param isThing tells whether a response is a description of such a thing; it must be the one that was
 * asked for
 * @param timeoutMessage describes a wait that took too long
 * @throws ItemError
 */
export async function fetchResource<Thing extends Progress>(
	item: ItemContext,
	{ kind, id, errorContext, wait }: Lookup,
	isThing: (body: unknown) => body is Thing,
	timeoutMessage: (last: Thing | undefined) => ErrorMessage,
): Promise<Thing> {
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
			if (isThing(body) && body.id === id) return body;
			throw new ItemError(describeUnexpectedResponse(errorContext));
		});
	if (!wait.waits) return await fetch();
	return await pollUntil(item, {
		errorContext,
		pollInterval: kind.pollInterval,
		maxWait: wait.maxWait,
		fetch,
		isDone: (thing) => !isInProgress(thing),
		timeoutMessage,
	});
}
