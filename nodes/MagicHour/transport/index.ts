import type { INodePropertyRouting } from 'n8n-workflow';
import { letOnlySuccessPass } from './answer';

export { createProject, type Creation } from './jobs/createProject';
export { deleteProject } from './jobs/deleteProject';
export { detectFaces } from './jobs/detectFaces';
export { downloadProject } from './jobs/downloadProject';
export { getAccount } from './jobs/getAccount';
export { getDetectedFaces } from './jobs/getDetectedFaces';
export { getProject } from './jobs/getProject';
export { uploadBinaryFields } from './jobs/uploadBinaryFields';
export { valueAt, toBodyPath } from './bodyPath';
export type { FileKind } from './fileKinds';
export { maximumWaitOption, transportOptions, waitOptions } from './options';
export type { Refusal, Rule, Subject } from './types';

/** What every operation shares, for the routing of the Resource parameter. */
export const throughTransport: INodePropertyRouting = {
	send: { paginate: true },
	output: { postReceive: [letOnlySuccessPass] },
};
