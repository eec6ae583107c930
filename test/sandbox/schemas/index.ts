import { audioGenerators } from './audio';
import type { Generator } from './generator';
import { imageGenerators } from './image';
import { videoGenerators } from './video';

/** The endpoints that make projects, by path. */
export const generators: Record<string, Generator> = {
	...imageGenerators,
	...videoGenerators,
	...audioGenerators,
};
