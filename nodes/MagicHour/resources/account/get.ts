import { accountPath } from '../../api/account';
import { ItemError } from '../../execution/itemError';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import type { Operation } from '../../fields/mergeFields';
import { isObject } from '../../http/json';
import { accountNoun, lookingUp } from '../../messages/operations';
import { describeUnexpectedResponse } from '../../messages/requestErrors';

const runLookup = paginationHook({
	operation: lookingUp(accountNoun),
	validate: (item) => item.errorContext('the account', { hint: '' }),
	async execute(item, errorContext) {
		const policy = { idempotent: true, expectsBody: true };
		const account = await item.request({ policy, errorContext }, async (receive) => {
			const body = await receive();
			if (isObject(body) && 'id' in body) return body;
			throw new ItemError(describeUnexpectedResponse(errorContext));
		});
		return [{ json: account }];
	},
});

/** Gives the account that the API key belongs to. */
export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get account',
		description: 'Retrieve your credit balance, plan, and subscription',
		routing: {
			request: { method: 'GET', url: accountPath },
			operations: {
				pagination: runLookup,
			},
		},
	},
	fields: [],
	options: limitOptions,
};
