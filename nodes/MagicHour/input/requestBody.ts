import { deepCopy, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { LocalFile } from '../api/uploads';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { isObject, propertiesOf } from '../http/json';
import type { ErrorContext } from '../messages/errorMessage';
import { describeEmpty, describeEmptyList, describeTooManyEntries } from '../messages/validation';
import { limitsOf } from './fieldLimits';
import { readFacePath } from './facePath';
import { readFieldValue } from './fieldValue';
import { requireStoredFile, type GivenFile } from './fileContent';
import { kindOfFile, readFileInputs, resolveFileUrl, type FileInput } from './fileInput';
import {
	getPath,
	isGroup,
	mergeInto,
	parseEntryPlace,
	parsePath,
	setPath,
	setsPath,
	unsetPath,
	type Path,
} from './path';
import type { FileKindAt, Rule } from './rules';

/** A request's body, in which some places still wait for the URL of a file. */
interface RequestBody {
	body: IDataObject;
	files: Array<{ path: Path; input: FileInput }>;
}

/** A place in the body, and the field whose value stands there. */
interface Slot {
	field: INodeProperties;
	displayName: string;
	path: Path;
	isRequired: boolean;
}

/** How many characters of a file's content tell it apart from another one of the same length. */
const maxSample = 1_000;

/**
 * Checks and completes the body that n8n has made from an operation's fields: what is empty is left
 * out, numbers and choices take the form that the API accepts, and what is beyond a field's limits
 * or breaks a rule is rejected.
 *
 * @param fields those of the operation, its options included; each has its place in the body in its
 * routing, and its limits in its `typeOptions`
 * @param customFields what is merged into the body last; what it sets is not checked
 * @throws ItemError for what is not valid
 */
export function readBody(
	item: ItemContext,
	fields: INodeProperties[],
	rules: Rule[],
	customFields: IDataObject = {},
): RequestBody {
	const body: IDataObject = isObject(item.body) ? deepCopy({ ...item.body }) : {};
	const files: RequestBody['files'] = [];
	const shown = fields.filter((field) => item.shows(field));
	for (const { field, displayName, path, isRequired } of shown.flatMap((one) =>
		slotsOf(one, body, customFields),
	)) {
		const custom = getPath(customFields, path);
		if (setsPath(customFields, path) && !isMerged(field, custom)) {
			unsetPath(body, path);
			continue;
		}
		// What n8n makes of an object in the body lacks the keys that must not be there.
		const given = field.type === 'json' ? item.parameter(field) : getPath(body, path);
		const { fileKinds: kinds, maxItems } = limitsOf(field);
		const inputs =
			kinds === undefined
				? undefined
				: readFileInputs(item, given, {
						displayName,
						kinds,
						...(maxItems !== undefined && { maxItems }),
					});
		const value =
			inputs === undefined
				? readValue(item, { ...field, displayName }, given)
				: placeholderOf(inputs, maxItems !== undefined);
		if (value === undefined) {
			const isCustom = Object.keys(propertiesOf(custom)).length > 0;
			if (isRequired && !isCustom) throw validationError(describeEmpty(displayName, field.hint));
			unsetPath(body, path);
			continue;
		}
		setPath(body, path, value);
		for (const [index, input] of (inputs ?? []).entries()) {
			files.push({ path: maxItems === undefined ? path : [...path, String(index)], input });
		}
	}
	const fileKindAt: FileKindAt = (path) => {
		const file = files.find((one) => one.path.join() === path.join());
		return file && kindOfFile(file.input);
	};
	const isChecked = ({ paths }: Rule) => !paths.some((path) => setsPath(customFields, path));
	for (const rule of rules.filter(isChecked)) {
		const issue = rule.findIssue(body, fileKindAt);
		if (issue !== undefined) throw validationError(issue);
	}
	mergeInto(body, customFields);
	return { body, files };
}

/**
 * Tells what is requested, without uploading anything. Its name does not count: it may have the time in
 * it, and says nothing of what comes out.
 *
 * @returns the same text for the same request, also in a retry of the execution
 */
export function describeRequest(item: ItemContext, { body, files }: RequestBody): string {
	const described = deepCopy(body);
	unsetPath(described, ['name']);
	for (const { path, input } of files) {
		if (input.kind === 'local') setPath(described, path, identityOf(input.file));
	}
	return JSON.stringify([item.url, described]);
}

/** @returns what tells a file apart from others, without all of its content */
function identityOf({ data: { id, data, fileName } }: GivenFile): unknown[] {
	// n8n moves a file when it stores the execution, so that the folders of its ID change.
	if (id !== undefined) return [id.replace(/^.*\//s, ''), fileName];
	const step = Math.ceil(data.length / maxSample);
	const sample = Array.from({ length: maxSample }, (_, index) => data.charAt(index * step));
	return [fileName, data.length, sample.join('')];
}

/**
 * Uploads the files of a body, unless one of them has no content.
 *
 * @returns the body, with a URL or a Magic Hour file path in the place of each file
 * @throws ItemError
 */
export async function resolveFiles(
	item: ItemContext,
	{ body, files }: RequestBody,
	errorContext: ErrorContext,
): Promise<IDataObject> {
	const ready: Array<{ path: Path; input: FileInput<LocalFile> }> = [];
	for (const { path, input } of files) {
		ready.push({ path, input: await requireContent(item, input) });
	}
	const resolved = deepCopy(body);
	for (const { path, input } of ready) {
		setPath(resolved, path, await resolveFileUrl(item, input, errorContext));
	}
	return resolved;
}

async function requireContent(item: ItemContext, input: FileInput): Promise<FileInput<LocalFile>> {
	if (input.kind !== 'local') return input;
	return { kind: 'local', file: await requireStoredFile(item, input.file) };
}

/** @throws ItemError where it is not valid */
function readValue(item: ItemContext, field: INodeProperties, given: unknown): unknown {
	const { isFacePath = false } = limitsOf(field);
	return isFacePath ? readFacePath(item, given, field.displayName) : readFieldValue(field, given);
}

/** @returns what stands in the body for files that are not resolved yet; undefined for none */
function placeholderOf(inputs: FileInput[], isList: boolean): string | string[] | undefined {
	const names = inputs.map(nameOfInput);
	return isList && names.length > 0 ? names : names[0];
}

function nameOfInput(input: FileInput): string {
	return input.kind === 'url' ? input.url : (input.file.data.id ?? input.file.field);
}

/** Whether what a custom field sets is merged with the value of a field, which must then be valid. */
function isMerged({ type }: INodeProperties, custom: unknown): boolean {
	return type === 'json' && isGroup(custom);
}

function slotsOf(field: INodeProperties, body: IDataObject, customFields: IDataObject): Slot[] {
	const { displayName, required: isRequired = false, type } = field;
	if (type === 'collection') {
		return childrenOf(field)
			.flatMap((option) => slotsOf(option, body, customFields))
			.map((slot) => ({ ...slot, isRequired: false }));
	}
	if (type === 'fixedCollection') {
		return slotsOfList(field, childrenOf(field), body, customFields);
	}
	const property = field.routing?.send?.property;
	if (property === undefined) return [];
	return [{ field, displayName, path: parsePath(property), isRequired }];
}

/** @returns the fields of a collection, or of the groups of a fixed collection */
function childrenOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
}

/** @throws ItemError where the list has no entry and needs one, or has too many */
function slotsOfList(
	list: INodeProperties,
	values: INodeProperties[],
	body: IDataObject,
	customFields: IDataObject,
): Slot[] {
	const { displayName, required } = list;
	const { maxItems = Infinity } = limitsOf(list);
	const parts = values.map((field) => {
		return { field, ...parseEntryPlace(field.routing?.send?.property ?? '') };
	});
	const [{ listPath: place } = { listPath: [] }] = parts;
	if (setsPath(customFields, place)) {
		unsetPath(body, place);
		return [];
	}
	const entries = getPath(body, place);
	const count = Array.isArray(entries) ? entries.length : 0;
	if (required === true && count === 0) throw validationError(describeEmptyList(displayName));
	if (count > maxItems) {
		throw validationError(describeTooManyEntries(displayName, count, maxItems));
	}
	return Array.from({ length: count }, (_, index) =>
		parts.map(({ field, listPath, name }) => ({
			field,
			displayName: `${displayName} ${index + 1}: ${field.displayName}`,
			path: [...listPath, String(index), name],
			isRequired: field.required ?? false,
		})),
	).flat();
}
