import { audioProjectKind } from '../../api/projectKinds';
import type { Resource } from '../../fields/mergeFields';
import { projectOperations } from '../project';
import * as operations from './operations';

export const audioProject: Resource = {
	name: audioProjectKind.displayName,
	value: audioProjectKind.resource,
	operations: [...projectOperations(audioProjectKind), ...Object.values(operations)],
	preselected: operations.generateVoice,
};
