import type { INodeProperties } from 'n8n-workflow';
import { fetchSavedItems, savedItemsPath } from '../../api/savedItems';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import type { Operation } from '../../fields/mergeFields';
import { readFieldValue } from '../../input/fieldValue';
import { hints, lookingUp, savedItemsNoun } from '../../messages/operations';

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { [returnAllField.name]: [false] } },
} satisfies INodeProperties;

const typeOption: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'Brand Kit', value: 'brand_kit' },
		{ name: 'Character', value: 'character' },
		{ name: 'Moodboard', value: 'moodboard' },
		{ name: 'Reference', value: 'reference' },
		{ name: 'Voice', value: 'voice' },
	],
	default: 'character',
	description: 'Which saved items to return. Without this option, all types are returned.',
	routing: { send: { type: 'query', property: 'type' } },
};

const runListing = paginationHook({
	operation: lookingUp(savedItemsNoun),
	validate(item) {
		const returnsAll = readFieldValue(returnAllField, item.parameter(returnAllField));
		const limit =
			returnsAll === true ? Infinity : readFieldValue(limitField, item.parameter(limitField));
		return {
			query: {
				type: readFieldValue(typeOption, item.option(typeOption, '')),
				maxItems: Number(limit ?? limitField.default),
			},
			errorContext: item.errorContext(`the ${savedItemsNoun}`, { hint: hints.checkParameters }),
		};
	},
	execute: async (item, { query, errorContext }) =>
		(await fetchSavedItems(item, query, errorContext)).map((json) => ({ json })),
});

/** Lists what the account has saved to use again, one item each. */
export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many saved items',
		description:
			'List the characters, references, voices, moodboards, and brand kits that you have saved',
		routing: {
			request: { method: 'GET', url: savedItemsPath },
			operations: { pagination: runListing },
		},
	},
	fields: [returnAllField, limitField],
	options: [...limitOptions, typeOption],
};
