import type { Subject } from '../../transport';

export const imageProject: Subject = {
	name: 'image project',
	idParameter: 'id',
	idDisplayName: 'Image Project ID',
	libraryLinkParameter: 'imageId',
};
