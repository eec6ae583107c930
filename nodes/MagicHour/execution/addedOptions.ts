import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { propertiesOf } from '../http/json';

/**
 * Tells what the user has added to the Options collection, also what an expression then leaves empty.
 *
 * @returns the options by name, as they stand in the node, which n8n copies to tell
 */
export function addedOptions(
	context: Pick<IExecutePaginationFunctions, 'getNode'>,
): Record<string, unknown> {
	return propertiesOf(context.getNode().parameters.options);
}
