import type { ItemContext } from '../execution/itemContext';
import { ItemError, asItemError } from '../execution/itemError';
import { propertiesOf } from '../http/json';
import { describeCreditsUnknown } from '../messages/credits';
import type { ErrorContext } from '../messages/errorMessage';
import { accountNoun, lookingUp } from '../messages/operations';
import { describeUnexpectedResponse } from '../messages/requestErrors';

/** The account that an API key belongs to: it costs nothing, so it also tests the key. */
export const accountPath = '/v1/account';

/**
 * Reads how many credits the account has.
 *
 * @param errorContext of the operation that needs to know
 * @throws ItemError where nothing tells
 */
export async function fetchCredits(
	item: ItemContext,
	{ host }: Pick<ErrorContext, 'host'>,
): Promise<number> {
	const errorContext: ErrorContext = {
		operation: lookingUp(accountNoun),
		subject: `the ${accountNoun}`,
		hint: '',
		host,
	};
	const policy = { idempotent: true, expectsBody: true };
	const request = { method: 'GET' as const, url: accountPath, policy, errorContext };
	const fetching = item.request(request, async (receive) => {
		const { credits } = propertiesOf(await receive());
		if (typeof credits === 'number' && Number.isFinite(credits)) return credits;
		throw new ItemError(describeUnexpectedResponse(errorContext));
	});
	return await fetching.catch((error: unknown) => {
		const { errorMessage } = asItemError(error, false);
		throw new ItemError(errorMessage && describeCreditsUnknown(errorMessage), {
			wasAttempted: false,
		});
	});
}
