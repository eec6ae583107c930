import type { ProjectKind } from '../project';

export const audioProjectKind: ProjectKind = {
	subject: {
		name: 'audio project',
		idParameter: 'id',
		idDisplayName: 'Audio Project ID',
		libraryLinkParameter: 'audioId',
		pace: { first: 2_000, longest: 15_000 },
	},
	withArticle: 'an audio project',
	files: 'audio files',
	url: '/v1/audio-projects/{id}',
};
