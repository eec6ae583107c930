import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { ItemError, type CreatedResource } from '../execution/itemError';
import { NetworkError } from '../http/errors';
import { isObject } from '../http/json';
import type { ErrorContext } from '../messages/errorMessage';
import {
	describeCanceled,
	describeRequestError,
	describeUnexpectedResponse,
} from '../messages/requestErrors';
import { fetchCredits } from './account';
import { isId } from './ids';

/**
 * Creates what an item requests, unless an earlier try of the node has, or the execution that n8n
 * retries: it costs credits.
 *
 * @param request tells what is requested, files included
 * @param completeBody makes the request's body, for example by uploading files
 * @returns what was created; where a look changes its charge, later tries and retries know
 * @throws ItemError where it was not created, nobody knows whether it was, or a credit limit is reached
 */
export async function createOnce(
	item: ItemContext,
	request: string,
	completeBody: () => Promise<IDataObject>,
	errorContext: ErrorContext,
): Promise<CreatedResource> {
	const { memo } = item.run;
	const { key } = item;
	const response = await memo.getOrDo(
		key,
		request,
		async () => await create(item, completeBody, errorContext),
	);
	if (!isCreated(response)) throw new ItemError(describeUnexpectedResponse(errorContext));
	const { id, credits_charged: credits } = response;
	// The API also gives costs in frames, which are deprecated.
	const result = { id, credits_charged: credits };
	memo.set(key, result);
	memo.record?.keep(key, { request, result });
	item.run.recordCreated(id);
	return result;
}

/** Lets a retry of the execution create again what is known to have come to nothing. */
export function forgetCreated({ run, key }: Pick<ItemContext, 'run' | 'key'>): void {
	run.memo.record?.forget(key);
}

async function create(
	item: ItemContext,
	completeBody: () => Promise<IDataObject>,
	errorContext: ErrorContext,
): Promise<IDataObject> {
	const { run, key: dedupeKey } = item;
	const policy = { dedupeKey, idempotent: false, expectsBody: true };
	const send = async (body: IDataObject): Promise<IDataObject> =>
		await item.request({ body, policy, errorContext }, async (receive) => {
			const response = await receive();
			return isObject(response) ? response : {};
		});
	const isAmbiguous = (): boolean => run.ambiguousKeys.has(dedupeKey);
	// An earlier try may have created it.
	if (isAmbiguous()) {
		throw new ItemError(
			run.isExecutionOver
				? describeCanceled(true, errorContext)
				: describeRequestError(new NetworkError('ambiguous'), errorContext),
		);
	}
	if (run.budget === undefined) return await send(await completeBody());
	return await run.budget.spend({
		item: item.key,
		readAccountKey: async () => await item.readApiKey(),
		readCredits: async () => await fetchCredits(item, errorContext),
		completeBody,
		create: send,
		idOf: (response) => (isCreated(response) ? response.id : undefined),
		isAmbiguous,
	});
}

function isCreated(response: IDataObject): response is CreatedResource {
	return isId(response.id);
}
