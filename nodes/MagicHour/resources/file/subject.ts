import type { Subject } from '../../execution/types';

export const faceDetection: Subject = {
	name: 'face detection',
	idParameter: 'id',
	idDisplayName: 'Face Detection ID',
	pace: { first: 1_000, longest: 10_000 },
};
