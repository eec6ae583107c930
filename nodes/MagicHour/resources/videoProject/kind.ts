import type { ProjectKind } from '../project';

export const videoProjectKind: ProjectKind = {
	subject: {
		name: 'video project',
		idParameter: 'id',
		idDisplayName: 'Video Project ID',
		libraryLinkParameter: 'videoId',
		pace: { first: 5_000, longest: 30_000 },
	},
	withArticle: 'a video project',
	files: 'videos',
	url: '/v1/video-projects/{id}',
};
