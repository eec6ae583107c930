import type { IDataObject } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { ItemError } from '../execution/itemError';
import { isObject } from '../http/json';
import type { ErrorContext } from '../messages/errorMessage';
import { describeRepeatedPage, describeUnexpectedResponse } from '../messages/requestErrors';

/** What an account has saved to use again, such as characters and voices. */
export const savedItemsPath = '/v1/saved-items';

/** Half of what the API gives at most: an item has any number of assets, each with a long URL. */
const maxPageSize = 50;

/** Which saved items are wanted. */
interface SavedItemsQuery {
	/** Of which type; of every type where it is undefined. */
	type: unknown;
	/** Infinity for all of them. */
	maxItems: number;
}

interface SavedItemsPage {
	items: IDataObject[];
	next_cursor?: string | null;
}

/**
 * Lists saved items, page by page, the newest first.
 *
 * @throws ItemError, also where the pages have no end
 */
export async function fetchSavedItems(
	item: ItemContext,
	{ type, maxItems }: SavedItemsQuery,
	errorContext: ErrorContext,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const cursors = new Set<string>();
	const policy = { idempotent: true, expectsBody: true };
	let cursor: string | undefined;
	do {
		const qs = {
			limit: Math.min(maxItems - found.length, maxPageSize),
			...(type !== undefined && { type }),
			...(cursor !== undefined && { cursor }),
		};
		const page = await item.request({ qs, policy, errorContext }, async (receive) => {
			const body = await receive();
			if (!isPage(body)) throw new ItemError(describeUnexpectedResponse(errorContext));
			if (cursors.has(body.next_cursor ?? '')) {
				throw new ItemError(describeRepeatedPage(errorContext));
			}
			return body;
		});
		found.push(...page.items);
		cursor = page.next_cursor ?? undefined;
		if (cursor !== undefined) cursors.add(cursor);
	} while (cursor !== undefined && found.length < maxItems);
	return found.slice(0, maxItems);
}

function isPage(body: unknown): body is SavedItemsPage {
	if (!isObject(body) || !Array.isArray(body.items)) return false;
	const { items, next_cursor: cursor = null } = body;
	const isCursor = cursor === null || (typeof cursor === 'string' && cursor !== '');
	return isCursor && items.every((one: unknown) => isObject(one) && typeof one.id === 'string');
}
