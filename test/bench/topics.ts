import { binaries } from './binaries';
import { events } from './events';
import { files } from './files';
import type { Topic } from './topic';
import { waits } from './waits';

/** What is measured beside the cases, by the name that `--case` takes. */
export const topics: Record<string, Topic> = {
	files,
	binaries,
	waits,
	events,
};
