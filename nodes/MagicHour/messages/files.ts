import { excerpt, formatList, joinSentences, pluralize, withArticle } from './text';
import { strayCharacterReasons, type ValueIssue } from './validation';

/** @param fields the names of the files that the item has */
export function describeMissingBinaryField(field: string, fields: string[]): ValueIssue {
	return {
		reason: `names the binary field "${excerpt(field)}", which the item does not have`,
		advice: listFields(fields),
	};
}

/** Describes text that is no file in any way; `fields` are the names of those that the item has. */
export function describeNeitherFieldNorUrl(
	text: string,
	kinds: readonly string[],
	fields: string[],
): ValueIssue {
	return {
		reason: `is "${excerpt(text)}", which is neither a binary field of the item nor an address`,
		advice: joinSentences(adviseOnFile(kinds), listFields(fields)),
	};
}

/** Describes text that is no URL, where the Input Type asks for one. */
export function describeFieldWhereUrl(text: string, fields: string[]): ValueIssue {
	return {
		reason: `is "${excerpt(text)}", which is not a URL or a path`,
		advice: fields.includes(text)
			? "Set 'Input Type' under Options to Automatic to use the item's binary field of that name."
			: joinSentences(
					"Enter a URL, or set 'Input Type' under Options to Automatic.",
					fields.length > 0 ? listFields(fields) : undefined,
				),
	};
}

/** Describes an object from an expression that is no file, by the names of its properties. */
export function describeOtherObject(names: string[]): ValueIssue {
	const properties = names.length === 0 ? 'an empty object' : `an object with ${formatList(names)}`;
	return {
		reason: `is ${excerpt(properties)}, which is not a file`,
		advice:
			"Use an expression that returns the file itself, or text: the name of its binary field, or, where the parameter takes one, the file's URL.",
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
			reason: `describes a file without its content, and ${pluralize(fields.length, 'file')} of the item may be it`,
			advice: `Enter the name of its binary field instead: ${nameFields(fields)}.`,
		};
	}
	return {
		reason: 'describes a file without its content, which is not one of the item',
		advice:
			"Use an expression such as {{ $('Node name').item.binary.data }}, or enter the name of a binary field of this item.",
	};
}

function listFields(fields: string[]): string {
	return fields.length === 0
		? 'The item has no binary field at all. Put a node before this one that outputs a file.'
		: `The item has ${nameFields(fields)}.`;
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
		reason: `names the file "${excerpt(fileName)}" of the type ${excerpt(mimeType)}, which Magic Hour does not take here`,
		advice: `Accepted: ${accepted}.`,
	};
}

/** Describes a file whose format neither its name, nor its type, nor its content tells. */
export function describeUnknownContent(fileName: string, accepted: string): ValueIssue {
	return {
		reason: `names the file "${excerpt(fileName)}", whose name, type, and content don't show a supported format`,
		advice: `If it is one, give it a file name with its extension, such as photo.png, in the node that provides it. Supported: ${accepted}.`,
	};
}

/** Describes a file whose content is of a format that is known, and is not accepted. */
export function describeOtherContent(
	fileName: string,
	extension: string,
	accepted: string,
): ValueIssue {
	return {
		reason: `names the file "${excerpt(fileName)}", whose content is ${extension}, which is not supported here`,
		advice: `Supported: ${accepted}.`,
	};
}

/** Why a file has no content that could be uploaded. */
export type FileFault = 'empty' | 'dataUri' | 'notBase64' | 'unreadable';

const fileFaults: Record<FileFault, (fileName: string) => ValueIssue> = {
	empty: (fileName) => ({
		reason: `names the file "${fileName}", which is empty`,
		advice: 'See why the node that made it gave a file of 0 bytes.',
	}),
	dataUri: (fileName) => ({
		reason: `names the file "${fileName}", which is a data URI`,
		advice: 'n8n wants its base64 alone: remove everything up to the comma.',
	}),
	notBase64: (fileName) => ({
		reason: `names the file "${fileName}", whose content is not base64`,
		advice: 'Make the binary field with a node such as Convert to File.',
	}),
	unreadable: (fileName) => ({
		reason: `names the file "${fileName}", which n8n cannot read`,
		advice:
			"n8n's storage may have lost or pruned it, or this n8n process may not share the storage of the one that stored it. Run the node that made the file again.",
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
		advice: joinSentences(
			'Enter the name of the binary field that holds the file, for example data.',
			listFields(fields),
		),
	};
}

/** Describes an output field without a name. */
export function describeNoOutputField(): ValueIssue {
	return { reason: 'is empty', advice: 'Give the field a name, for example data.' };
}

/** Describes the path of a file that only the user's own computer has. */
export function describeLocalPath(): ValueIssue {
	return {
		reason: 'is a path on a computer, which Magic Hour cannot see',
		advice: 'Read the file with a node before this one, and give the name of its binary field.',
	};
}

/** Describes a web address by whose path nobody can tell the format of the file. */
export function describeUrlWithoutExtension(): ValueIssue {
	return {
		reason: 'is a URL without a file extension in its path, which Magic Hour rejects',
		advice:
			'Download the file with an HTTP Request node first, then enter the name of its binary field.',
	};
}

/** What can be wrong with a file that may be given in several ways. */
export const fileReasons = {
	...strayCharacterReasons,
	incompleteUrl: 'is not a complete web address',
	noProjectInLibraryUrl: 'is a library URL that does not name one project',
	otherKind: (noun: string, wantedKind: string) =>
		`is a link to ${withArticle(noun)}, and no ${wantedKind} is wanted here`,
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
			"Run Detect Faces on the same file, and enter the 'path' of one of the faces that it returns, such as api-assets/4f1c/0-0.png.",
	};
}

/** @param kinds the kinds of files that are accepted: image, video, audio */
export function adviseOnFile(kinds: readonly string[]): string {
	return `Give ${kinds.map(withArticle).join(' or ')} as the name of a binary field, a URL, a library URL, or a Magic Hour file path.`;
}
