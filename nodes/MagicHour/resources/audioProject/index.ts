import type { Resource } from '../../shared/describe';
import { projectOperations } from '../../shared/project';
import { audioProjectKind } from './kind';

export const audioProject: Resource = {
	name: 'Audio Project',
	value: 'audioProject',
	operations: projectOperations(audioProjectKind),
	preselected: 'delete',
};
