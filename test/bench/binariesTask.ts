import { parallelRequests } from './contestants';
import type { Measurement } from './measure';

/** Who gives pictures to Magic Hour in a process of its own. */
export type BinariesContestant = 'node' | 'axios';

export interface BinariesSetting {
	contestant: BinariesContestant;
	/** Address of the sandbox. */
	url: string;
	apiKey: string;
	/** The folder that the packed package was unpacked into. */
	packageFolder: string;
}

/** Projects to be made: what that process is told to do. The first ones warm it up. */
export interface BinariesTask {
	/** The folder of the pictures, of which each project in turn gets one. */
	pictures: string;
	projects: number;
}

/** What that process answers. */
export interface BinariesReply {
	measurement: Measurement;
	/** What went wrong first, if anything. */
	error?: string;
}

/** How the node is set, in n8n as well; its items are named in their order. */
export const nodeParameters = {
	resource: 'imageProject',
	operation: 'removeBackground',
	image: 'data',
	output: 'projectId',
	options: {
		name: '={{ $itemIndex }}',
		maxParallelRequests: parallelRequests,
	},
};

/** What the API is told of each picture. */
export const pictureFormat = { type: 'image', extension: 'png' };
