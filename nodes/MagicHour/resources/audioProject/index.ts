import type { Resource } from '../../shared/describe';
import { projectOperations, type ProjectKind } from '../../shared/project';

const kind: ProjectKind = {
	subject: {
		name: 'audio project',
		idParameter: 'audioProjectId',
		idDisplayName: 'Audio Project ID',
		libraryLinkParameter: 'audioId',
		pace: { first: 2_000, longest: 15_000 },
	},
	withArticle: 'an audio project',
	files: 'audio files',
	url: '/v1/audio-projects/{audioProjectId}',
};

export const audioProject: Resource = {
	name: 'Audio Project',
	value: 'audioProject',
	operations: projectOperations(kind),
	preselected: 'delete',
};
