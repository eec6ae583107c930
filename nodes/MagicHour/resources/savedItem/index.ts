import type { Resource } from '../../fields/mergeFields';
import * as operations from './operations';

export const savedItem: Resource = {
	name: 'Saved Item',
	value: 'savedItem',
	operations: Object.values(operations),
	preselected: operations.getMany,
};
