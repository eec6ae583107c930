import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { describeNoOutputField } from '../messages/files';
import { showWhen } from './showWhen';

/** What an operation that creates something gives. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Files',
			value: 'files',
			description: 'Waits until it is finished, and gives one item per file',
		},
		{
			name: 'Finished Project',
			value: 'completedProject',
			description: 'Waits until it is finished, and gives its status and download links',
		},
		{
			name: 'Job',
			value: 'projectId',
			description: 'Gives the ID and the credits at once, without waiting',
		},
	],
	default: 'completedProject',
	description: 'What to give, and whether to wait for it',
};

/** The binary field that each file goes into. */
export const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
};

/** The same, where Output may also be something else. */
export const binaryFieldOfFiles: INodeProperties = {
	...binaryField,
	displayOptions: showWhen(outputField, 'files'),
};

/** What an item gives when its project is created: its ID, the complete project, or its files. */
export type OutputMode = 'projectId' | 'completedProject' | { filesInField: string };

/** @throws ItemError where the field for the files has no name */
export function readOutput(item: ItemContext): OutputMode {
	switch (item.parameter(outputField)) {
		case 'files':
			return { filesInField: readBinaryField(item) };
		case 'projectId':
			return 'projectId';
		default:
			return 'completedProject';
	}
}

/**
 * Reads the name of the binary field that each file goes into.
 *
 * @throws ItemError where it has none
 */
export function readBinaryField(item: ItemContext): string {
	const { displayName } = binaryField;
	const given = item.parameter(binaryField);
	if (typeof given === 'string' && given.trim() !== '') return given.trim();
	throw validationError({ displayName, ...describeNoOutputField() });
}
