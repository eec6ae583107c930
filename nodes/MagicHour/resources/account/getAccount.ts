import type { IDataObject } from 'n8n-workflow';
import { failureOfStrangeAnswer } from '../../messages/failures';
import { perform } from '../../execution/paginationHook';
import { Unfinished } from '../../execution/itemError';

/** Gives the account that the API key belongs to. */
export function getAccount() {
	return perform({
		profile: {
			verb: { infinitive: 'look up', participle: 'looked up' },
			effect: 'none',
			countedAs: 'account',
		},
		prepare: (item) => ({ target: item.target('the account', { check: '' }) }),
		async carryOut(item, { target }) {
			const account = await item.ask({ target, isRepeatable: true, needsBody: true });
			if (!isAccount(account)) throw new Unfinished(failureOfStrangeAnswer(target));
			return [{ json: account }];
		},
	});
}

function isAccount(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && 'id' in body;
}
