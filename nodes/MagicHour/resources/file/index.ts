import type { Resource } from '../../shared/describe';
import { fileDetectFaces } from './detectFaces';
import { fileGetDetectedFaces } from './getDetectedFaces';
import { fileUpload } from './upload';

export const file: Resource = {
	name: 'File',
	value: 'file',
	operations: [fileDetectFaces, fileGetDetectedFaces, fileUpload],
	preselected: 'upload',
};
