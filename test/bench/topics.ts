import { binaries } from './binaries';
import { files } from './files';
import type { Topic } from './topic';

/** What is measured beside the cases, by the name that `--case` takes. */
export const topics: Record<string, Topic> = {
	files,
	binaries,
};
