import { imageProjectKind } from '../../api/projectKinds';
import type { Resource } from '../../fields/mergeFields';
import { projectOperations } from '../project';
import * as operations from './operations';

export const imageProject: Resource = {
	name: imageProjectKind.displayName,
	value: imageProjectKind.resource,
	operations: [...projectOperations(imageProjectKind), ...Object.values(operations)],
	preselected: operations.generate,
};
