import type { Resource } from '../../shared/describe';
import { projectOperations, type ProjectKind } from '../../shared/project';

const kind: ProjectKind = {
	subject: {
		name: 'video project',
		idParameter: 'videoProjectId',
		idDisplayName: 'Video Project ID',
		libraryLinkParameter: 'videoId',
		pace: { first: 5_000, longest: 30_000 },
	},
	withArticle: 'a video project',
	files: 'videos',
	url: '/v1/video-projects/{videoProjectId}',
};

export const videoProject: Resource = {
	name: 'Video Project',
	value: 'videoProject',
	operations: projectOperations(kind),
	preselected: 'delete',
};
