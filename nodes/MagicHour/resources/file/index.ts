import type { Resource } from '../../fields/mergeFields';
import { detectFaces } from './detectFaces';
import { getDetectedFaces } from './getDetectedFaces';
import { upload } from './upload';

export const file: Resource = {
	name: 'File',
	value: 'file',
	operations: [detectFaces, getDetectedFaces, upload],
	preselected: upload,
};
