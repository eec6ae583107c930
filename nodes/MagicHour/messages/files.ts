import { excerpt, formatAlternatives, formatList, withArticle } from './text';
import {
	fileKindNames,
	strayCharacterReasons,
	type NamedFileKind,
	type ValueIssue,
} from './validation';

/** @param fields the names of the files that the item has */
export function describeMissingBinaryField(field: string, fields: string[]): ValueIssue {
	return {
		reason: `refers to the binary field "${excerpt(field)}", which the item doesn't have`,
		advice: adviseOnFields(fields),
	};
}

/** Describes text that is no file in any way; `fields` are the names of those that the item has. */
export function describeNeitherFieldNorUrl(
	text: string,
	kinds: readonly NamedFileKind[],
	fields: string[],
): ValueIssue {
	return {
		reason: `is "${excerpt(text)}", which is not a URL, a path, or a binary field (${listFields(fields)})`,
		advice: adviseOnFile(kinds),
	};
}

/** Describes text that is no URL, where the Input Type asks for one. */
export function describeFieldWhereUrl(text: string, fields: string[]): ValueIssue {
	return {
		reason: `is "${excerpt(text)}", which is not a URL or a path`,
		advice: fields.includes(text)
			? "Set 'Input Type' under Options to Automatic to use the item's binary field of that name."
			: fields.length === 0
				? 'Enter a URL or a path.'
				: `Enter a URL, or set 'Input Type' under Options to Automatic to use a binary field (${listFields(fields)}).`,
	};
}

/** Describes an object from an expression that is no file, by the names of its properties. */
export function describeOtherObject(names: string[]): ValueIssue {
	const properties = names.length === 0 ? 'an empty object' : `an object with ${formatList(names)}`;
	return {
		reason: `is ${excerpt(properties)}, which is not a file`,
		advice:
			'Use an expression that returns the file itself, the name of its binary field, or, where supported, its URL.',
	};
}

/**
 * Describes a file of which an expression gives everything but the content, as `$binary.data` does.
 *
 * @param fields the names of the item's files that it may be
 */
export function describeFileWithoutContent(fields: string[]): ValueIssue {
	if (fields.length > 0) {
		return {
			reason: `describes a file without its content, which could be any of ${fields.length} files of the item`,
			advice: `Enter the name of its binary field instead: ${nameFields(fields)}.`,
		};
	}
	return {
		reason: "describes a file without its content, and this item doesn't have that file",
		advice:
			"Use an expression such as {{ $('Node name').item.binary.data }}, or enter the name of a binary field of this item.",
	};
}

function listFields(fields: string[]): string {
	return fields.length === 0 ? 'the item has none' : `the item has ${nameFields(fields)}`;
}

function adviseOnFields(fields: string[]): string {
	return fields.length === 0
		? 'The item has no binary fields: add a node before this one that returns a file.'
		: `Use a binary field that the item has: ${nameFields(fields)}.`;
}

function nameFields(fields: string[]): string {
	return formatList(fields.map((name) => `"${excerpt(name)}"`));
}

/** @param accepted the formats that are accepted, for example `audio (mp3, wav)` */
export function describeUnsupportedFile(
	fileName: string,
	mimeType: string,
	accepted: string,
): ValueIssue {
	return {
		reason: `refers to the file "${excerpt(fileName)}" (${excerpt(mimeType)}), which is not supported here`,
		advice: `Supported: ${accepted}.`,
	};
}

/** Describes a file whose format neither its name, nor its type, nor its content tells. */
export function describeUnknownContent(fileName: string, accepted: string): ValueIssue {
	return {
		reason: `refers to the file "${excerpt(fileName)}", whose name, type, and content don't show a supported format`,
		advice: `In the node that provides the file, add the extension to its name, such as photo.png. Supported: ${accepted}.`,
	};
}

/** Describes a file whose content is of a format that is known, and is not accepted. */
export function describeOtherContent(
	fileName: string,
	extension: string,
	accepted: string,
): ValueIssue {
	return {
		reason: `refers to the file "${excerpt(fileName)}", whose content is ${extension}, which is not supported here`,
		advice: `Supported: ${accepted}.`,
	};
}

/** Why a file has no content that could be uploaded. */
export type FileFault = 'empty' | 'dataUri' | 'notBase64' | 'unreadable';

const fileFaults: Record<FileFault, (fileName: string) => ValueIssue> = {
	empty: (fileName) => ({
		reason: `refers to the file "${fileName}", which is empty`,
		advice: 'Check why the node that provides it returns a file of 0 bytes.',
	}),
	dataUri: (fileName) => ({
		reason: `refers to the file "${fileName}", which is a data URI`,
		advice: 'Remove everything up to the comma, so that only the base64 text is left.',
	}),
	notBase64: (fileName) => ({
		reason: `refers to the file "${fileName}", whose content is not base64`,
		advice: "Create the binary field with a node such as 'Convert to File'.",
	}),
	unreadable: (fileName) => ({
		reason: `refers to the file "${fileName}", which n8n can't read`,
		advice:
			"Run the node that provided the file again: it may have been pruned, or this n8n process may not share the storage that it's in.",
	}),
};

/** Describes a file that has no content which could be uploaded. */
export function describeFileFault(fault: FileFault, fileName: string): ValueIssue {
	return fileFaults[fault](excerpt(fileName));
}

/**
 * Describes a list of binary fields without an entry.
 *
 * @param fields the names of the files that the item has
 */
export function describeNoBinaryField(fields: string[]): ValueIssue {
	return {
		reason: 'is empty',
		advice: adviseOnFields(fields),
	};
}

/** Describes an output field without a name. */
export function describeNoOutputField(): ValueIssue {
	return { reason: 'is empty', advice: 'Enter a name for the binary field, such as data.' };
}

/** Describes the path of a file that only the user's own computer has. */
export function describeLocalPath(): ValueIssue {
	return {
		reason: "is a local file path, which Magic Hour can't access",
		advice: "Load the file with 'Read/Write Files from Disk', then enter its binary field name.",
	};
}

/** Describes a URL by whose path nobody can tell the format of the file. */
export function describeUrlWithoutExtension(): ValueIssue {
	return {
		reason: 'is a URL without a file extension in its path, which Magic Hour rejects',
		advice: "Download the file with an 'HTTP Request' node, then enter its binary field name.",
	};
}

/** What can be wrong with a file that may be given in several ways. */
export const fileReasons = {
	...strayCharacterReasons,
	incompleteUrl: 'is not a complete URL',
	noProjectInLibraryUrl: "is a library URL that doesn't contain the ID of one project",
	otherKind: (noun: string) => `is the URL of ${withArticle(noun)}, which is not supported here`,
};

/** What can be in the place of the path of a face that Magic Hour has found. */
export const facePathReasons = {
	...strayCharacterReasons,
	file: 'is a file, not the path of a face',
	object: 'is an object or a list, not the path of a face',
	binaryField: (field: string) =>
		`is "${excerpt(field)}", a binary field of the item, not the path of a face`,
	libraryUrl: 'is a library URL, not the path of a face',
	url: 'is a URL, not the path of a face',
	other: (text: string) => `is "${excerpt(text)}", which is not the path of a face`,
};

/** Describes what is not the path of a face, where nothing else will do. */
export function describeNotFacePath(reason: string): ValueIssue {
	return {
		reason,
		advice:
			'Run Detect Faces on the same file, then enter the path of one of the faces that it returns, such as api-assets/4f1c/0-0.png.',
	};
}

/** @param kinds the kinds of files that are accepted: image, video, audio */
export function adviseOnFile(kinds: readonly NamedFileKind[]): string {
	const names = formatAlternatives(kinds.map((kind) => fileKindNames[kind]));
	return `Enter the binary field name, URL, library URL, or Magic Hour file path of ${names}.`;
}
