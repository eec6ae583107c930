import { refusalOf } from '../../messages/failures';
import { perform } from '../../execution/paginationHook';
import { uploading } from '../../execution/profiles';
import { readLocalFile, uploadFiles } from '../../api/uploads';

const inputField = { parameter: 'inputDataFieldName', displayName: 'Input Data Field Name' };

/** Uploads binary fields of the item to Magic Hour's storage, and gives an item for each file. */
export function uploadBinaryFields() {
	return perform({
		profile: uploading,
		prepare(item) {
			const { parameter, displayName } = inputField;
			const fields = String(item.parameter(parameter, displayName))
				.split(',')
				.map((field) => field.trim())
				.filter((field) => field !== '');
			if (fields.length === 0) {
				const advice = 'Give the name of the binary field that holds the file, for example data.';
				throw refusalOf({ displayName, reason: 'is empty', advice });
			}
			const files = fields.map((field) => readLocalFile(item, field, displayName));
			const names = files.map(({ field, data }) => `"${data.fileName ?? field}"`).join(', ');
			const target = item.target(
				`${files.length === 1 ? 'the file' : 'each of the files'} ${names}`,
				{
					check: `Check the ${displayName}.`,
				},
			);
			return { files, target };
		},
		async carryOut(item, { files, target }) {
			const uploaded = await uploadFiles(item, files, target);
			return uploaded.map((place, index) => {
				const { field, data, form } = files[index];
				const { fileName, mimeType } = data;
				return { json: { ...place, ...form, fileName, mimeType, inputDataFieldName: field } };
			});
		},
	});
}
