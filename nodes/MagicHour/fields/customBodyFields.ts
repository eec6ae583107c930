import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { readJsonObject } from '../input/jsonObject';

/** What the request's body gets beside what the fields put into it, for the Options collection. */
export const customBodyFieldsOption: INodeProperties = {
	displayName: 'Custom Body Fields',
	name: 'customBodyFields',
	type: 'json',
	default: '{}',
	description:
		"JSON to merge into the request body, for API fields this node doesn't have. It overrides other parameters and isn't checked.",
};

/**
 * Reads what the user merges into the request's body.
 *
 * @returns an object that is the caller's own; an empty one where nothing is given
 * @throws ItemError where it is not a JSON object that may be merged
 */
export function readCustomBodyFields(item: ItemContext): IDataObject {
	const given = item.option(customBodyFieldsOption, '');
	return readJsonObject(given, customBodyFieldsOption.displayName) ?? {};
}
