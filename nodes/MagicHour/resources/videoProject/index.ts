import type { Resource } from '../../shared/describe';
import { projectOperations } from '../../shared/project';
import { videoProjectKind } from './kind';

export const videoProject: Resource = {
	name: 'Video Project',
	value: 'videoProject',
	operations: projectOperations(videoProjectKind),
	preselected: 'delete',
};
