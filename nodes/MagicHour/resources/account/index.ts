import type { Resource } from '../../fields/mergeFields';
import { accountGet } from './get';

export const account: Resource = {
	name: 'Account',
	value: 'account',
	operations: [accountGet],
	preselected: 'get',
};
