export { detectFaces } from './detectFaces';
export { getDetectedFaces } from './getDetectedFaces';
export { upload } from './upload';
