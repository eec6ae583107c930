import type { Resource } from '../../fields/mergeFields';
import * as operations from './operations';

export const file: Resource = {
	name: 'File',
	value: 'file',
	operations: Object.values(operations),
	preselected: operations.upload,
};
