import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { limits } from '../input/fieldLimits';

/** A file of each kind, for the placeholders. */
const exampleFiles: Record<FileKind, string> = {
	image: 'photo.jpg',
	video: 'clip.mp4',
	audio: 'speech.mp3',
};

/** A field that takes a file. */
interface FileFieldSettings {
	displayName: string;
	name: string;
	/** Its place in the request's body. */
	routing: INodePropertyRouting;
	/** The kinds of files that Magic Hour takes there. */
	kinds: [FileKind, ...FileKind[]];
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
	const url = `https://example.com/${exampleFiles[kinds[0]]}`;
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: limits({ fileKinds: kinds, ...(maxItems !== undefined && { maxItems }) }),
		default: '',
		placeholder: maxItems === undefined ? `e.g. data or ${url}` : `e.g. data, ${url}`,
		hint:
			maxItems === undefined
				? 'The name of a binary field, a URL with a file extension, a library URL, or a Magic Hour file path'
				: 'Names of binary fields, URLs with a file extension, library URLs, or Magic Hour file paths, separated by commas',
		description,
		routing,
	};
}
