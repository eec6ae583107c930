import type { Operation } from '../../shared/describe';
import { getAccount, transportOptions } from '../../transport';

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
