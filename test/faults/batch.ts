import { deleteImageProjects, withIds, type NodeSettings } from '../engine/magicHour';
import type { Sandbox } from '../sandbox/sandbox';
import { disagreementsOf, type Wanted } from './claims';
import type { Mode } from './modes';
import { everythingIn, keyIn } from './secrets';

/**
 * Runs the node on a batch, and compares what it says with what the sandbox knows.
 *
 * @param wanted the input items
 * @param mode how the node is set
 * @param settings what is set beside the mode
 * @returns every disagreement, and every trace of the API key, in words
 */
export async function tryBatch(
	sandbox: Sandbox,
	wanted: Wanted[],
	{ onError, maxRetries, ignoreAlreadyDeleted }: Mode,
	{ options, ...settings }: NodeSettings = {},
): Promise<string[]> {
	const result = await deleteImageProjects(sandbox, withIds(...wanted.map(({ id }) => id)), {
		onError,
		options: { maxParallelRequests: 50, maxRetries, ignoreAlreadyDeleted, ...options },
		...settings,
	});
	const disagreements = disagreementsOf(result, wanted, sandbox);
	const leak = keyIn(everythingIn(result));
	return leak === undefined ? disagreements : [...disagreements, `the API key leaks: "${leak}"`];
}
