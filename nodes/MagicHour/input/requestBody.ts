import { deepCopy, NodeHelpers, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { putAt, removeAt, toBodyPath, valueAt, type BodyPath } from './path';
import { refusalOf } from '../messages/failures';
import { readFieldValue, type FieldLimits } from './fieldValue';
import { addressOf, readGivenFile, type GivenFile } from './fileInput';
import type { Item } from '../execution/itemContext';
import type { Rule, Target } from '../execution/types';

/** A request's body, in which some places still wait for the address of a file. */
export interface ReadBody {
	body: IDataObject;
	files: Array<{ path: BodyPath; given: GivenFile }>;
}

/** One value in the body, and the field that it comes from. */
interface Place {
	field: INodeProperties;
	displayName: string;
	path: BodyPath;
	isRequired: boolean;
}

const indexInList = '[{{$index}}].';

/**
 * Checks and completes the body that n8n has made from an operation's fields: what is empty is left
 * out, numbers and choices come in the form that the API takes, and what is beyond a field's limits
 * or contradicts itself is refused.
 *
 * @param fields those of the operation, its options included; each has its place in the body in its
 * routing, and its limits in its `typeOptions`
 * @throws Unfinished for what is refused
 */
export function readBody(item: Item, fields: INodeProperties[], rules: Rule[]): ReadBody {
	const body = deepCopy({ ...Object(item.body) } as IDataObject);
	const files: ReadBody['files'] = [];
	for (const { field, displayName, path, isRequired } of placesOf(item, fields, body)) {
		const limits: FieldLimits = field.typeOptions ?? {};
		const value = readFieldValue({ ...field, displayName }, valueAt(body, path));
		if (value === undefined) {
			if (isRequired) {
				const advice =
					field.hint === undefined ? 'Give it a value.' : `Give ${lowerFirst(field.hint)}.`;
				throw refusalOf({ displayName, reason: 'is empty', advice });
			}
			removeAt(body, path);
			continue;
		}
		putAt(body, path, value);
		if (limits.fileKinds === undefined) continue;
		const kinds = limits.fileKinds;
		const given = Array.isArray(value) ? value : [value];
		for (const [index, one] of given.entries()) {
			files.push({
				path: Array.isArray(value) ? [...path, String(index)] : path,
				given: readGivenFile(item, one, { displayName, kinds }),
			});
		}
	}
	for (const rule of rules) {
		const refusal = rule(body);
		if (refusal !== undefined) throw refusalOf(refusal);
	}
	return { body, files };
}

/**
 * Uploads the files of a body, and looks up what library links stand for.
 *
 * @returns the body, with an address in the place of each file
 * @throws Unfinished
 */
export async function withAddresses(
	item: Item,
	{ body, files }: ReadBody,
	target: Target,
): Promise<IDataObject> {
	const whole = deepCopy(body);
	for (const { path, given } of files) putAt(whole, path, await addressOf(item, given, target));
	return whole;
}

function placesOf(item: Item, fields: INodeProperties[], body: IDataObject): Place[] {
	const node = item.context.getNode();
	return fields
		.filter((field) => NodeHelpers.displayParameter(node.parameters, field, node, null))
		.flatMap((field) => placesOfField(field, body));
}

function placesOfField(field: INodeProperties, body: IDataObject): Place[] {
	const { displayName, required: isRequired = false, options = [], type } = field;
	if (type === 'collection') {
		return (options as INodeProperties[])
			.flatMap((option) => placesOfField(option, body))
			.map((place) => ({ ...place, isRequired: false }));
	}
	if (type === 'fixedCollection') {
		const values = options.flatMap((group) => ('values' in group ? group.values : []));
		return placesOfList(field, values, body);
	}
	const property = field.routing?.send?.property;
	if (property === undefined) return [];
	return [{ field, displayName, path: toBodyPath(property), isRequired }];
}

/** @throws Unfinished where the list has no entry and needs one, or has too many */
function placesOfList(
	{ displayName, required, typeOptions }: INodeProperties,
	values: INodeProperties[],
	body: IDataObject,
): Place[] {
	const { maxItems = Infinity }: FieldLimits = typeOptions ?? {};
	const parts = values.map((field) => {
		const [listName, name] = (field.routing?.send?.property ?? '').slice(1).split(indexInList);
		return { field, listPath: toBodyPath(listName), name };
	});
	const list = valueAt(body, parts[0].listPath);
	const count = Array.isArray(list) ? list.length : 0;
	if (required === true && count === 0) {
		throw refusalOf({ displayName, reason: 'is empty', advice: 'Add at least one entry.' });
	}
	if (count > maxItems) {
		const advice = `Give at most ${maxItems}.`;
		throw refusalOf({ displayName, reason: `has ${count} entries`, advice });
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

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
