/** The kinds of files that Magic Hour knows. */
export type FileKind = 'image' | 'video' | 'audio';

/** How long to wait between two looks at something in progress. */
export interface PollInterval {
	/** Between the first two looks. */
	initialMs: number;
	/** The growing waits do not exceed it. */
	maxMs: number;
}

/** A kind of thing that has an ID, as the API and the messages name it. */
export interface ResourceKind {
	/** Its name in the middle of a sentence, for example "image project". */
	noun: string;
	/** Its path in the API, without the ID. */
	path: string;
	pollInterval: PollInterval;
	/** Whether each that is generated charges credits. */
	chargesCredits: boolean;
	/** The query parameter that holds its ID in a library URL, if there are such URLs. */
	libraryParameter?: string;
}

/** A kind of project, as the API, Magic Hour's library and the node name it. */
export interface ProjectKind extends ResourceKind {
	/** The display name of its resource. */
	displayName: string;
	/** The stored value of its resource. */
	resource: string;
	libraryParameter: string;
	/** What its files are, as the API names them. */
	fileKind: FileKind;
	/** The same in the middle of a sentence, for several. */
	files: string;
}

export const imageProjectKind: ProjectKind = {
	displayName: 'Image Project',
	resource: 'imageProject',
	noun: 'image project',
	path: '/v1/image-projects',
	chargesCredits: true,
	pollInterval: { initialMs: 2_000, maxMs: 3_000 },
	libraryParameter: 'imageId',
	fileKind: 'image',
	files: 'images',
};

export const videoProjectKind: ProjectKind = {
	displayName: 'Video Project',
	resource: 'videoProject',
	noun: 'video project',
	path: '/v1/video-projects',
	chargesCredits: true,
	pollInterval: { initialMs: 5_000, maxMs: 20_000 },
	libraryParameter: 'videoId',
	fileKind: 'video',
	files: 'videos',
};

export const audioProjectKind: ProjectKind = {
	displayName: 'Audio Project',
	resource: 'audioProject',
	noun: 'audio project',
	path: '/v1/audio-projects',
	chargesCredits: true,
	pollInterval: { initialMs: 2_000, maxMs: 15_000 },
	libraryParameter: 'audioId',
	fileKind: 'audio',
	files: 'audio files',
};

export const projectKinds = [imageProjectKind, videoProjectKind, audioProjectKind];

/** @returns the URL of one thing in the API, without the host */
export function resourceUrl({ path }: ResourceKind, id: string): string {
	return `${path}/${encodeURIComponent(id)}`;
}
