import type { Resource } from '../../fields/mergeFields';
import { fileDetectFaces } from './detectFaces';
import { fileGetDetectedFaces } from './getDetectedFaces';
import { fileUpload } from './upload';

export const file: Resource = {
	name: 'File',
	value: 'file',
	operations: [fileDetectFaces, fileGetDetectedFaces, fileUpload],
	preselected: 'upload',
};
