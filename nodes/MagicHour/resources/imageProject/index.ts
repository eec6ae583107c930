import type { Resource } from '../../shared/describe';
import { projectOperations } from '../../shared/project';
import { generate } from './generate';
import { imageProjectKind } from './kind';
import { swapFace } from './swapFace';

export const imageProject: Resource = {
	name: 'Image Project',
	value: 'imageProject',
	operations: [...projectOperations(imageProjectKind), generate, swapFace],
	preselected: 'delete',
};
