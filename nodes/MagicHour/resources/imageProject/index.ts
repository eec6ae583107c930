import type { Resource } from '../../shared/describe';
import { projectOperations, type ProjectKind } from '../../shared/project';

const kind: ProjectKind = {
	subject: {
		name: 'image project',
		idParameter: 'id',
		idDisplayName: 'Image Project ID',
		libraryLinkParameter: 'imageId',
		pace: { first: 2_000, longest: 10_000 },
	},
	withArticle: 'an image project',
	files: 'images',
	url: '/v1/image-projects/{id}',
};

export const imageProject: Resource = {
	name: 'Image Project',
	value: 'imageProject',
	operations: projectOperations(kind),
	preselected: 'delete',
};
