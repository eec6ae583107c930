import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { limits } from '../input/fieldLimits';

/** A field that takes a file. */
interface FileFieldSettings {
	displayName: string;
	name: string;
	/** Its place in the request's body. */
	routing: INodePropertyRouting;
	/** The kinds of files that Magic Hour takes there. */
	kinds: FileKind[];
	/** What the file is for. */
	description: string;
	/** The name of the binary field that it most likely is. */
	default?: string;
	/** How many files it takes, if several. */
	maxItems?: number;
}

/** A field that takes a file in any way, and must be filled in. */
export function fileField(settings: FileFieldSettings): INodeProperties {
	return { ...optionalFileField(settings), required: true, default: settings.default ?? 'data' };
}

/** A field that takes a file in any way, for the Options collection. */
export function optionalFileField({
	displayName,
	name,
	routing,
	kinds,
	description,
	maxItems,
}: FileFieldSettings): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: limits({ fileKinds: kinds, ...(maxItems !== undefined && { maxItems }) }),
		default: '',
		hint:
			maxItems === undefined
				? 'The name of a binary field, a URL with a file extension, a library URL, or a Magic Hour file path'
				: 'Names of binary fields, URLs with a file extension, library URLs, or Magic Hour file paths, separated by commas',
		description,
		routing,
	};
}
