import { excerpt, withArticle } from './text';
import { strayCharacterReasons, type ValueIssue } from './validation';

/** @param fields the names of the binary fields that the item has */
export function describeMissingBinaryField(field: string, fields: string[]): ValueIssue {
	return {
		reason: `names the binary field "${field}", which the item does not have`,
		advice:
			fields.length === 0
				? 'The item has no binary field at all. Put a node before this one that outputs a file.'
				: `The item has ${fields.map((name) => `"${name}"`).join(', ')}.`,
	};
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
		advice: 'Its storage may have lost it. Run the node that made the file again.',
	}),
};

/** Describes a file that has no content which could be uploaded. */
export function describeFileFault(fault: FileFault, fileName: string): ValueIssue {
	return fileFaults[fault](excerpt(fileName));
}

/** Describes a list of binary fields without an entry. */
export function describeNoBinaryField(): ValueIssue {
	return {
		reason: 'is empty',
		advice: 'Give the name of the binary field that holds the file, for example data.',
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

/** What can be wrong with a file that may be given in several ways. */
export const fileReasons = {
	notText: 'is not text',
	empty: 'is empty',
	...strayCharacterReasons,
	incompleteUrl: 'is not a complete web address',
	noProjectInLibraryUrl: 'is a link into the Magic Hour library that does not name one project',
	neitherFieldNorUrl: (text: string) =>
		`is "${excerpt(text)}", which is neither a binary field of the item nor an address`,
	missingProject: 'Its link may be wrong, or of another account.',
	otherKind: (noun: string, wantedKind: string) =>
		`is a link to ${withArticle(noun)}, and no ${wantedKind} is wanted here`,
};

/** @param kinds the kinds of files that are accepted: image, video, audio */
export function adviseOnFile(kinds: readonly string[]): string {
	return `Give ${kinds.map(withArticle).join(' or ')} as the name of a binary field, a URL, a Magic Hour library link or a Magic Hour file path.`;
}
