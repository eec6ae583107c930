import type { ProjectKind } from '../project';

export const imageProjectKind: ProjectKind = {
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
