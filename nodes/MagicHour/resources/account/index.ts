import type { Resource } from '../../fields/mergeFields';
import * as operations from './operations';

export const account: Resource = {
	name: 'Account',
	value: 'account',
	operations: Object.values(operations),
	preselected: operations.get,
};
