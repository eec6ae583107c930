import type { Operation } from '../../fields/mergeFields';
import { transportOptions } from '../../execution/limits';
import { uploadBinaryFields } from './uploadBinaryFields';

export const fileUpload: Operation = {
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload a file',
		description: 'Upload files for use in other operations, one item per file',
		routing: {
			request: { method: 'POST', url: '/v1/files/upload-urls' },
			operations: { pagination: uploadBinaryFields() },
		},
	},
	fields: [
		{
			displayName: 'Input Data Field Name',
			name: 'inputDataFieldName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the input binary field that holds the file to be uploaded',
			description: 'For several files, give the names of their fields, separated by commas',
		},
	],
	options: transportOptions,
};
