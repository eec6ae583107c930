import type { INodeProperties } from 'n8n-workflow';

/** What an operation that makes something gives. */
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
	displayOptions: { show: { output: ['files'] } },
};
