import type { INodeProperties } from 'n8n-workflow';
import type { FileParameter } from '../transport';

/** How the files of an operation are given; the same for all of them. */
export const inputTypeField: INodeProperties = {
	displayName: 'Input Type',
	name: 'inputType',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'A binary field if the item has one of that name, or else an address',
		},
		{
			name: 'Binary Field',
			value: 'binaryField',
			description: 'The name of a binary field of the item, whose file is uploaded',
		},
		{
			name: 'URL or Path',
			value: 'urlOrPath',
			description: 'A web address, a link into the Magic Hour library, or a Magic Hour file path',
		},
	],
	default: 'automatic',
	description: 'How the file is given',
};

/**
 * A field that takes a file in any way.
 *
 * @param description what the file is for
 */
export function fileField(
	{ parameter, displayName }: FileParameter,
	description: string,
): INodeProperties {
	return {
		displayName,
		name: parameter,
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of a binary field, a URL, a library link or a Magic Hour file path',
		description,
	};
}
