import type { INodeProperties } from 'n8n-workflow';
import { requireDownloadUrls } from '../api/downloads';
import { fetchProject } from '../api/projects';
import { projectKinds, type FileKind, type ProjectKind } from '../api/projectKinds';
import { uploadOnce, type LocalFile } from '../api/uploads';
import type { ItemContext } from '../execution/itemContext';
import { validationError, type ItemError } from '../execution/itemError';
import { findStrayCharacter } from '../http/characters';
import type { ErrorContext } from '../messages/errorMessage';
import {
	adviseOnFile,
	describeFileFault,
	describeLocalPath,
	describeMissingBinaryField,
	describeUnsupportedFile,
	fileReasons,
} from '../messages/files';
import { lookupContext } from '../messages/operations';
import { findBase64Fault } from './base64';
import { detectFormat, formatAccepted } from './fileFormat';
import { parseId, parseLibraryUrl } from './resourceId';

/** How the files of an operation are given, the same for all of them; for the Options collection. */
export const inputTypeOption = {
	displayName: 'Input Type',
	name: 'inputType',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'A binary field if the item has one of that name, or else an address',
		},
		{
			name: 'Binary Field',
			value: 'binaryField',
			description: 'The name of a binary field of the item, whose file is uploaded',
		},
		{
			name: 'URL or Path',
			value: 'urlOrPath',
			description: 'A web address, a link into the Magic Hour library, or a Magic Hour file path',
		},
	],
	default: 'automatic',
	description: 'How the file is given',
} satisfies INodeProperties;

/** A parameter in which the user gives a file. */
interface FileParameter {
	displayName: string;
	/** The kinds of files that Magic Hour accepts there. */
	kinds: readonly FileKind[];
}

/** A file as the user gave it. */
export type FileInput =
	| { kind: 'local'; file: LocalFile }
	| { kind: 'project'; projectKind: ProjectKind; id: string }
	| { kind: 'url'; url: string };

type ToError = (reason: string, advice?: string) => ItemError;

const localPath = /^(\/|~|\.{1,2}[/\\]|[a-z]:[/\\]|file:)/i;

/**
 * Reads a file that the user gave as a binary field, a URL, a library URL or a Magic Hour file path.
 *
 * @param given what the parameter holds
 * @throws ItemError where it is none of these
 */
export function readFileInput(
	item: ItemContext,
	given: unknown,
	{ displayName, kinds }: FileParameter,
): FileInput {
	const inputType = item.option(inputTypeOption);
	const toError: ToError = (reason, advice = adviseOnFile(kinds)) =>
		validationError({ displayName, reason, advice });
	if (typeof given !== 'string') throw toError(fileReasons.notText);
	const text = given.trim();
	if (text === '') throw toError(fileReasons.empty);

	const isField = inputType === 'binaryField' || Object.hasOwn(item.binary, text);
	if (isField && inputType !== 'urlOrPath') {
		return { kind: 'local', file: readLocalFile(item, text, displayName, kinds) };
	}
	return parseUrlOrPath(text, kinds, toError);
}

/**
 * Finds a file among the binary fields of an item, and checks that Magic Hour's storage accepts it and
 * that it has content, if n8n keeps that within the item.
 *
 * @param displayName of the parameter that names the field
 * @param kinds those that are accepted; all by default
 * @throws ItemError where there is no such field, or the storage would reject the file
 */
export function readLocalFile(
	item: ItemContext,
	field: string,
	displayName: string,
	kinds?: readonly FileKind[],
): LocalFile {
	const data = Object.hasOwn(item.binary, field) ? item.binary[field] : undefined;
	if (data === undefined) {
		const fields = Object.keys(item.binary);
		throw validationError({ displayName, ...describeMissingBinaryField(field, fields) });
	}
	const format = detectFormat(data, kinds);
	if (format === undefined) {
		const fileName = data.fileName ?? field;
		const issue = describeUnsupportedFile(fileName, data.mimeType, formatAccepted(kinds));
		throw validationError({ displayName, ...issue });
	}
	// What n8n keeps elsewhere is looked at when the item's turn comes.
	const fault = data.id === undefined ? findBase64Fault(data.data) : undefined;
	if (fault !== undefined) {
		throw validationError({ displayName, ...describeFileFault(fault, data.fileName ?? field) });
	}
	return { displayName, field, data, format };
}

/**
 * Turns a file into what the API accepts: uploads it, or looks its project up, where need be.
 *
 * @returns a URL or a Magic Hour file path
 * @throws ItemError
 */
export async function resolveFileUrl(
	item: ItemContext,
	input: FileInput,
	errorContext: ErrorContext,
): Promise<string> {
	switch (input.kind) {
		case 'url':
			return input.url;
		case 'local':
			return await uploadOnce(item, input.file, errorContext);
		case 'project': {
			const { id, projectKind: kind } = input;
			const { missingProject } = fileReasons;
			const projectContext = lookupContext(errorContext, kind.noun, id, missingProject);
			const wait = { waits: false, maxWait: 0, endsWithCall: false };
			const project = await fetchProject(item, { kind, id, errorContext: projectContext, wait });
			return requireDownloadUrls(project, projectContext)[0];
		}
	}
}

function parseUrlOrPath(text: string, kinds: readonly FileKind[], toError: ToError): FileInput {
	// The parser of URLs would drop line breaks and tabs.
	const stray = findStrayCharacter(text);
	if (stray !== undefined) throw toError(fileReasons[stray]);
	if (/^https?:\/\//i.test(text)) {
		if (!URL.canParse(text)) throw toError(fileReasons.incompleteUrl);
		const parameters = parseLibraryUrl(text);
		return parameters === undefined
			? { kind: 'url', url: text }
			: parseProjectUrl(text, parameters, kinds, toError);
	}
	if (localPath.test(text)) {
		const { reason, advice } = describeLocalPath();
		throw toError(reason, advice);
	}
	// Magic Hour's own paths have folders: a single word is a field that the item does not have.
	if (!text.includes('/')) throw toError(fileReasons.neitherFieldNorUrl(text));
	return { kind: 'url', url: text };
}

function parseProjectUrl(
	text: string,
	parameters: URLSearchParams,
	kinds: readonly FileKind[],
	toError: ToError,
): FileInput {
	const [projectKind, ...others] = projectKinds.filter(({ libraryParameter }) =>
		parameters.has(libraryParameter),
	);
	if (projectKind === undefined || others.length > 0) {
		throw toError(fileReasons.noProjectInLibraryUrl);
	}
	const { noun, fileKind } = projectKind;
	if (!kinds.includes(fileKind)) throw toError(fileReasons.otherKind(noun, fileKind));
	return { kind: 'project', projectKind, id: parseId(text, projectKind, toError) };
}
