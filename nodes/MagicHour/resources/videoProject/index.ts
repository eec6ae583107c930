import { videoProjectKind } from '../../api/projectKinds';
import type { Resource } from '../../fields/mergeFields';
import { projectOperations } from '../project';
import * as operations from './operations';

export const videoProject: Resource = {
	name: videoProjectKind.displayName,
	value: videoProjectKind.resource,
	operations: [...projectOperations(videoProjectKind), ...Object.values(operations)],
	preselected: operations.generateFromText,
};
