import type { INodeProperties } from 'n8n-workflow';
import type { FileOutput } from '../api/downloads';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { bytesPerMegabyte } from '../http/transfer';
import { limits } from '../input/fieldLimits';
import { readFieldValue } from '../input/fieldValue';
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
			description: 'Wait for the project to complete, then return one item per file',
		},
		{
			name: 'Completed Project',
			value: 'completedProject',
			description: 'Wait for the project to complete, then return its status and download links',
		},
		{
			name: 'Project ID Only',
			value: 'projectId',
			description: 'Return right away without waiting',
		},
	],
	default: 'completedProject',
	description: 'What to return, and whether to wait for it',
};

/** The binary field that each file goes into. */
export const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
};

/** The same, where Output may also be something else. */
export const binaryFieldOfFiles: INodeProperties = {
	...binaryField,
	displayOptions: showWhen(outputField, 'files'),
};

/** The option of everything that downloads files. */
export const maxFileSizeOption: INodeProperties = {
	displayName: 'Max File Size (MB)',
	name: 'maxFileSize',
	type: 'number',
	typeOptions: limits({ minValue: 0 }),
	default: 0,
	description: 'The largest file to download. Enter 0 for no limit.',
};

/** What an item gives when its project is created: its ID, the complete project, or its files. */
export type OutputMode = 'projectId' | 'completedProject' | FileOutput;

/** @throws ItemError where it is none of the choices, or the options for files are not valid */
export function readOutput(item: ItemContext): OutputMode {
	switch (readFieldValue(outputField, item.parameter(outputField))) {
		case 'files':
			return readFileOutput(item);
		case 'projectId':
			return 'projectId';
		default:
			return 'completedProject';
	}
}

/**
 * Reads where files go, and how large each may be.
 *
 * @throws ItemError where the field for them has no name, or the size is not a number
 */
export function readFileOutput(item: ItemContext): FileOutput {
	const { displayName } = binaryField;
	const given = item.parameter(binaryField);
	const field = typeof given === 'string' ? given.trim() : '';
	if (field === '') throw validationError({ displayName, ...describeNoOutputField() });
	return { field, maxBytes: readMaxFileSize(item.option(maxFileSizeOption)) };
}

/**
 * @param given the value of the option, in megabytes
 * @returns bytes; undefined where there is no limit
 * @throws ItemError where it is not a number
 */
export function readMaxFileSize(given: unknown): number | undefined {
	const megabytes = Number(readFieldValue(maxFileSizeOption, given) ?? 0);
	return megabytes === 0 ? undefined : Math.ceil(megabytes * bytesPerMegabyte);
}
