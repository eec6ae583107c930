import { deleteImageProjects, withIds, type NodeSettings } from '../engine/magicHour';
import type { Sandbox } from '../sandbox/sandbox';
import { findApiKey, serializeResult } from './apiKey';
import { findDiscrepancies, type DeletionItem } from './discrepancies';
import type { Mode } from './modes';

/**
 * Runs Delete on items, and compares what the node says with what the sandbox has.
 *
 * @param mode the settings that are under test
 * @param settings further settings
 * @returns every discrepancy, and every trace of the API key, as text
 */
export async function checkDeletions(
	sandbox: Sandbox,
	items: DeletionItem[],
	{ onError, maxRetries, ignoreAlreadyDeleted }: Omit<Mode, 'name'>,
	{ options, ...settings }: NodeSettings = {},
): Promise<string[]> {
	const allOptions = { maxParallelRequests: 50, maxRetries, ignoreAlreadyDeleted, ...options };
	const result = await deleteImageProjects(sandbox, withIds(...items.map(({ id }) => id)), {
		onError,
		options: allOptions,
		...settings,
	});
	const isSequential = allOptions.maxParallelRequests === 1;
	const discrepancies = findDiscrepancies(result, items, sandbox, isSequential);
	const leak = findApiKey(serializeResult(result));
	return leak === undefined ? discrepancies : [...discrepancies, `the API key leaks: "${leak}"`];
}
