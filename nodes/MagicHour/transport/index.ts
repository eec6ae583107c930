import type { INodePropertyRouting } from 'n8n-workflow';
import { letOnlySuccessPass } from './answer';

export { deleteProject } from './jobs/deleteProject';
export { detectFaces } from './jobs/detectFaces';
export { downloadProject } from './jobs/downloadProject';
export { getAccount } from './jobs/getAccount';
export { getDetectedFaces } from './jobs/getDetectedFaces';
export { getProject } from './jobs/getProject';
export { uploadBinaryFields } from './jobs/uploadBinaryFields';
export { transportOptions, waitOptions } from './options';
export type { FileParameter } from './givenFile';
export type { Subject } from './types';

/** What every operation shares, for the routing of the Resource parameter. */
export const throughTransport: INodePropertyRouting = {
	send: { paginate: true },
	output: { postReceive: [letOnlySuccessPass] },
};
