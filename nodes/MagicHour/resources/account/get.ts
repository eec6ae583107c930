import type { Operation } from '../../fields/mergeFields';
import { getAccount } from './getAccount';
import { transportOptions } from '../../execution/limits';

export const accountGet: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get the account',
		description: 'Get the credits, the plan and the subscription of your account',
		routing: {
			request: { method: 'GET', url: '/v1/account' },
			operations: { pagination: getAccount() },
		},
	},
	fields: [],
	options: transportOptions,
};
