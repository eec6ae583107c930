import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { propertiesOf } from '../http/json';

/**
 * Tells what the user has added to the Options collection, also what an expression then leaves empty.
 * n8n copies the whole node for that.
 *
 * @returns the options by name, with their expressions
 */
export function addedOptions(
	context: Pick<IExecutePaginationFunctions, 'getNode'>,
): Record<string, unknown> {
	return propertiesOf(context.getNode().parameters.options);
}
