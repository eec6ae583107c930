import type { INodeProperties } from 'n8n-workflow';
import { projectKinds, type FileKind, type ProjectKind } from '../api/projectKinds';
import { labelOf, uploadOnce, type LocalFile } from '../api/uploads';
import type { ItemContext } from '../execution/itemContext';
import { validationError, type ItemError } from '../execution/itemError';
import { isLeftover } from '../execution/leftovers';
import { findStrayCharacter } from '../http/characters';
import { isObject, propertiesOf } from '../http/json';
import type { ErrorContext } from '../messages/errorMessage';
import {
	adviseOnFile,
	describeFieldWhereUrl,
	describeFileWithoutContent,
	describeLocalPath,
	describeMissingBinaryField,
	describeNeitherFieldNorUrl,
	describeOtherObject,
	describeUnsupportedFile,
	describeUrlWithoutExtension,
	fileReasons,
} from '../messages/files';
import {
	describeLeftoverText,
	describeTooManyFiles,
	type ValueIssue,
} from '../messages/validation';
import {
	findBinaryField,
	findBinaryFieldsOf,
	isBinary,
	listBinaryFields,
	type BinaryField,
} from './binaryFields';
import { readFieldValue } from './fieldValue';
import { checkContentInItem, type GivenFile } from './fileContent';
import {
	allKinds,
	detectFormat,
	extensionsOfKind,
	formatAccepted,
	needsContent,
} from './fileFormat';
import { listFiles, listFilesOfOne } from './fileList';
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
			description: 'A binary field if the item has one with that name, otherwise a URL or path',
		},
		{
			name: 'Binary Field',
			value: 'binaryField',
			description: 'The name of a binary field whose file to upload',
		},
		{
			name: 'URL or Path',
			value: 'urlOrPath',
			description: 'A URL with a file extension, a library URL, or a Magic Hour file path',
		},
	],
	default: 'automatic',
	description: 'What you enter in the file fields',
} satisfies INodeProperties;

/** A parameter in which the user gives files. */
interface FileParameter {
	displayName: string;
	/** The kinds of files that Magic Hour accepts there. */
	kinds: readonly FileKind[];
	/** How many it takes; one, unless said otherwise. */
	maxItems?: number;
}

/** A file as the user gave it, from `GivenFile` on until it is known to be ready for an upload. */
export type FileInput<File = GivenFile> =
	| { kind: 'local'; file: File }
	| { kind: 'url'; url: string };

type ToError = (reason: string, advice?: string) => ItemError;

/** What no path of Magic Hour has: a scheme, such as that of a data URI, or the quote of a list. */
const foreignToPaths = /^[a-z][a-z\d+.-]+:|["\\]|:\/\//i;
const localPath = /^(\/|~|\.{1,2}[/\\]|[a-z]:[/\\]|file:)/i;

/**
 * Reads what the user gave in a file field: names of binary fields, URLs, library URLs, Magic Hour
 * file paths, and files as n8n's expressions give them.
 *
 * @param given what the parameter holds
 * @returns as many files as the parameter takes; none where it is empty
 * @throws ItemError where one of them is none of these, or there are too many
 */
export function readFileInputs(
	item: ItemContext,
	given: unknown,
	parameter: FileParameter,
): FileInput[] {
	const { displayName, maxItems = 1 } = parameter;
	const isName = (text: string) => findBinaryField(item, text) !== undefined;
	const files = maxItems === 1 ? listFilesOfOne(given, isName) : listFiles(given, isName);
	if (files.length > maxItems) {
		throw validationError({ displayName, ...describeTooManyFiles(files.length, maxItems) });
	}
	return files.map((file) => readFileInput(item, file, parameter));
}

function readFileInput(item: ItemContext, given: unknown, parameter: FileParameter): FileInput {
	const { displayName, kinds } = parameter;
	const inputType = readFieldValue(inputTypeOption, item.option(inputTypeOption));
	if (isObject(given)) {
		const place = placeOf(given);
		if (place === undefined) {
			return { kind: 'local', file: readLocalFile(item, given, displayName, kinds) };
		}
		return readFileInput(item, place, parameter);
	}
	const text = String(given).trim();
	const found = inputType === 'urlOrPath' ? undefined : findBinaryField(item, text);
	if (found !== undefined) {
		return { kind: 'local', file: checkFile(found, displayName, kinds) };
	}
	if (isLeftover(text)) throw validationError({ displayName, ...describeLeftoverText(text) });
	if (inputType === 'binaryField') {
		return { kind: 'local', file: readLocalFile(item, text, displayName, kinds) };
	}
	const toError: ToError = (reason, advice = adviseOnFile(kinds)) =>
		validationError({ displayName, reason, advice });
	return parseUrlOrPath(text, kinds, toError, (name) =>
		inputType === 'urlOrPath'
			? describeFieldWhereUrl(name, namesOfFiles(item))
			: describeNeitherFieldNorUrl(name, kinds, namesOfFiles(item)),
	);
}

/**
 * Reads what the user gave in a field that takes binary fields alone.
 *
 * @param given names of binary fields, and files as n8n's expressions give them, in any form of a list
 * @throws ItemError where one of them is not there, or Magic Hour's storage would reject it
 */
export function readLocalFiles(
	item: ItemContext,
	given: unknown,
	displayName: string,
): GivenFile[] {
	const files = listFiles(given, (name) => findBinaryField(item, name) !== undefined);
	return files.map((file) => readLocalFile(item, file, displayName, allKinds));
}

/**
 * Finds a file among those of an item, and checks that Magic Hour's storage accepts it and that it has
 * content, if n8n keeps that within the item.
 *
 * @param given the name of a binary field, the path of a file in the item's JSON, or a file as n8n's
 * expressions give it
 * @param displayName of the parameter that names it
 * @param kinds those that are accepted
 * @throws ItemError where there is no such file, or the storage would reject it
 */
function readLocalFile(
	item: ItemContext,
	given: unknown,
	displayName: string,
	kinds: readonly FileKind[],
): GivenFile {
	const invalid = (issue: ValueIssue) => validationError({ displayName, ...issue });
	if (isObject(given)) {
		if (!isBinary(given)) throw invalid(describeOtherObject(Object.keys(given)));
		const [found, ...others] = findBinaryFieldsOf(item, given);
		if (found !== undefined && others.length === 0) return checkFile(found, displayName, kinds);
		const similar = found === undefined ? [] : [found, ...others];
		throw invalid(describeFileWithoutContent(similar.map(({ field }) => field)));
	}
	const name = String(given).trim();
	const found = findBinaryField(item, name);
	if (found !== undefined) return checkFile(found, displayName, kinds);
	if (isLeftover(name)) throw invalid(describeLeftoverText(name));
	throw invalid(describeMissingBinaryField(name, namesOfFiles(item)));
}

/** @returns the names and paths by which an item has files; to find them, all of its JSON is searched */
export function namesOfFiles(item: ItemContext): string[] {
	return listBinaryFields(item).map(({ field }) => field);
}

/** @throws ItemError where it has no content, or Magic Hour's storage takes no such file */
function checkFile(
	{ field, data }: BinaryField,
	displayName: string,
	kinds: readonly FileKind[],
): GivenFile {
	const file = { displayName, field, data, kinds };
	const format = detectFormat(data, kinds);
	if (format === undefined && !needsContent(data)) {
		const issue = describeUnsupportedFile(labelOf(file), data.mimeType, formatAccepted(kinds));
		throw validationError({ displayName, ...issue });
	}
	return checkContentInItem({ ...file, ...(format !== undefined && { format }) });
}

/**
 * @returns the path or the URL of an object that has one place for a file, as Upload's output has; the
 * path of one that has a URL, too, as an asset of a saved item has, since its URL expires
 */
function placeOf(given: object): string | undefined {
	const { filePath, file_path: snakeCased, url, mimeType, data } = propertiesOf(given);
	if (typeof mimeType === 'string' && typeof data === 'string') return undefined;
	const paths = [filePath, snakeCased].filter((path) => typeof path === 'string');
	if (paths.length > 1) return undefined;
	return paths[0] ?? (typeof url === 'string' ? url : undefined);
}

/**
 * Turns a file into what the API accepts: uploads it, where need be.
 *
 * @returns a URL or a Magic Hour file path
 * @throws ItemError
 */
export async function resolveFileUrl(
	item: ItemContext,
	input: FileInput<LocalFile>,
	errorContext: ErrorContext,
): Promise<string> {
	return input.kind === 'url' ? input.url : await uploadOnce(item, input.file, errorContext);
}

/** @returns the kind of a file, as far as that can be told before it is read */
export function kindOfFile(input: FileInput): FileKind | undefined {
	return input.kind === 'url' ? kindOfUrl(input.url) : input.file.format?.type;
}

/**
 * @returns the kind of project that a library URL names, or the kind that the extension of another URL
 * or of a path stands for, unless several have it
 */
function kindOfUrl(url: string): FileKind | undefined {
	const parameters = parseLibraryUrl(url);
	if (parameters !== undefined) return projectKindIn(parameters)?.fileKind;
	const extension = extensionOf(url).toLowerCase();
	const [kind, ...others] = allKinds.filter((one) => extensionsOfKind[one].includes(extension));
	return others.length === 0 ? kind : undefined;
}

/** @returns the extension of the last segment of a URL's path, or of a path; empty where it has none */
function extensionOf(urlOrPath: string): string {
	const path = URL.canParse(urlOrPath) ? new URL(urlOrPath).pathname : urlOrPath;
	const decoded = path.replace(/%2e/gi, '.').replace(/%2f/gi, '/');
	return /\.([^./]+)$/.exec(decoded)?.[1] ?? '';
}

/** @returns the kind of project that a library URL names; undefined where it does not name one project */
function projectKindIn(parameters: URLSearchParams): ProjectKind | undefined {
	const [kind, ...others] = projectKinds.filter(({ libraryParameter }) =>
		parameters.has(libraryParameter),
	);
	return others.length === 0 ? kind : undefined;
}

/** @param describeName describes a text that is neither a URL nor a path */
function parseUrlOrPath(
	text: string,
	kinds: readonly FileKind[],
	toError: ToError,
	describeName: (text: string) => ValueIssue,
): FileInput {
	// The parser of URLs would drop line breaks and tabs.
	const stray = findStrayCharacter(text);
	if (stray !== undefined) throw toError(fileReasons[stray]);
	if (/^https?:\/\//i.test(text)) {
		if (!URL.canParse(text) || /["\\]/.test(text)) throw toError(fileReasons.incompleteUrl);
		const parameters = parseLibraryUrl(text);
		if (parameters !== undefined) checkLibraryUrl(text, parameters, kinds, toError);
		else if (extensionOf(text) === '') {
			const { reason, advice } = describeUrlWithoutExtension();
			throw toError(reason, advice);
		}
		return { kind: 'url', url: text };
	}
	if (localPath.test(text)) {
		const { reason, advice } = describeLocalPath();
		throw toError(reason, advice);
	}
	// Magic Hour's own paths have folders: a single word is a field that the item does not have.
	if (!text.includes('/') || foreignToPaths.test(text)) {
		const { reason, advice } = describeName(text);
		throw toError(reason, advice);
	}
	return { kind: 'url', url: text };
}

/** @throws what `toError` makes where it does not name one project that has such files */
function checkLibraryUrl(
	text: string,
	parameters: URLSearchParams,
	kinds: readonly FileKind[],
	toError: ToError,
): void {
	const projectKind = projectKindIn(parameters);
	if (projectKind === undefined) throw toError(fileReasons.noProjectInLibraryUrl);
	const { noun, fileKind } = projectKind;
	if (!kinds.includes(fileKind)) throw toError(fileReasons.otherKind(noun));
	parseId(text, projectKind, toError);
}
