import type { Resource } from '../../shared/describe';
import { accountGet } from './get';

export const account: Resource = {
	name: 'Account',
	value: 'account',
	operations: [accountGet],
	preselected: 'get',
};
