import type { Resource } from '../../fields/mergeFields';
import { get } from './get';

export const account: Resource = {
	name: 'Account',
	value: 'account',
	operations: [get],
	preselected: get,
};
