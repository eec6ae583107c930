import type { INodeProperties } from 'n8n-workflow';
import { labelOf, uploadFiles, uploadUrlsPath, type LocalFile } from '../../api/uploads';
import { limitOptions } from '../../execution/limits';
import { paginationHook } from '../../execution/paginationHook';
import { validationError } from '../../execution/itemError';
import type { Operation } from '../../fields/mergeFields';
import { requireStoredFile } from '../../input/fileContent';
import { namesOfFiles, readLocalFiles } from '../../input/fileInput';
import { describeNoBinaryField } from '../../messages/files';
import { uploading } from '../../messages/operations';
import { excerpt } from '../../messages/text';

const inputField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'inputDataFieldName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field that contains the file to upload, or several names separated by commas',
};

const runUpload = paginationHook({
	operation: uploading,
	validate(item) {
		const { displayName } = inputField;
		const files = readLocalFiles(item, item.parameter(inputField), displayName);
		if (files.length === 0) {
			throw validationError({ displayName, ...describeNoBinaryField(namesOfFiles(item)) });
		}
		const names = excerpt(files.map((file) => `"${labelOf(file)}"`).join(', '));
		const subject = `${files.length === 1 ? 'the file' : 'each of the files'} ${names}`;
		const errorContext = item.errorContext(subject, { hint: `Check '${displayName}'.` });
		return { files, errorContext };
	},
	async execute(item, { files, errorContext }) {
		const ready: LocalFile[] = [];
		for (const file of files) ready.push(await requireStoredFile(item, file));
		const uploaded = await uploadFiles(item, ready, errorContext);
		return uploaded.map(({ file: { field, data, format }, ...place }) => {
			const { fileName, mimeType } = data;
			return {
				json: {
					...place,
					...format,
					fileName,
					mimeType,
					// A file from an expression need not be one of the item.
					...(field !== '' && { inputDataFieldName: field }),
				},
			};
		});
	},
});

/** Uploads binary fields of the item to Magic Hour's storage, and gives an item for each file. */
export const upload: Operation = {
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload file',
		description: 'Upload one or more files to use in other operations',
		routing: {
			request: { method: 'POST', url: uploadUrlsPath },
			operations: {
				pagination: runUpload,
			},
		},
	},
	fields: [inputField],
	options: limitOptions,
};
