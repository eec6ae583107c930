import {
	deepCopy,
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { setPath, getPath, type Body } from '../../sandbox/schemas/rules';
import { required } from '../../required';

/** Where in the node something is made. */
export interface Place {
	resource: string;
	operation: string;
}

/** @returns the operation that posts to a path of the API; undefined where the node has none */
export function placeOf({ properties }: INodeTypeDescription, path: string): Place | undefined {
	for (const { name, options = [], displayOptions } of properties) {
		if (name !== 'operation') continue;
		const found = (options as INodePropertyOptions[]).find(({ routing }) => {
			const { method, url } = routing?.request ?? {};
			return method === 'POST' && url === path;
		});
		const [resource] = displayOptions?.show?.resource ?? [];
		if (found !== undefined) {
			return { resource: String(resource), operation: String(found.value) };
		}
	}
	return undefined;
}

/**
 * Finds out, from the node's own description, how a user sets the node so that it sends a body.
 *
 * @returns the parameters, without the defaults
 * @throws Error where the node has no field for a part of the body
 */
export function parametersFor(
	description: INodeTypeDescription,
	{ resource, operation }: Place,
	body: Body,
): INodeParameters {
	const parameters: INodeParameters = { resource, operation };
	const unset = new Set(leavesOf(body));
	for (let before = -1; before !== unset.size; ) {
		before = unset.size;
		let view = viewOf(description, parameters);
		for (const property of description.properties) {
			if (!isShown(view, property)) continue;
			const value = valueFor(view, property, body, unset);
			if (value === undefined) continue;
			parameters[property.name] = value;
			view = viewOf(description, parameters);
		}
	}
	for (const { name, property } of sentAtTop(description, parameters, body)) {
		if (canBeEmpty(property)) parameters[name] = '';
	}
	if (unset.size === 0) return parameters;
	throw new Error(`${resource} → ${operation} has no field for ${[...unset].join(', ')}`);
}

/** @returns the body with what the fields that the user cannot empty add to it */
export function withDefaults(
	description: INodeTypeDescription,
	parameters: INodeParameters,
	body: Body,
): Body {
	const whole = deepCopy(body);
	for (const { path, property } of sentAtTop(description, parameters, body)) {
		if (property.default !== '') setPath(whole, path, property.default);
	}
	return whole;
}

/** @returns the top-level fields that are shown, not set, and not in the body */
function sentAtTop(description: INodeTypeDescription, parameters: INodeParameters, body: Body) {
	const view = viewOf(description, parameters);
	return description.properties.flatMap((property) => {
		const { name, routing } = property;
		const path = routing?.send?.property;
		if (path === undefined || getPath(body, path) !== undefined) return [];
		return parameters[name] === undefined && isShown(view, property)
			? [{ name, path, property }]
			: [];
	});
}

/**
 * @returns the same parameters, each as an expression that reads it from the item, as far as n8n's
 * editor lets a user do that; and the item's JSON
 */
export function asExpressions(
	{ properties }: INodeTypeDescription,
	parameters: INodeParameters,
): { parameters: INodeParameters; json: INodeParameters } {
	const isFixed = (name: string) =>
		properties.some((property) => property.name === name && property.noDataExpression === true);
	const entries = Object.entries(parameters);
	return {
		json: { given: parameters },
		parameters: Object.fromEntries(
			entries.map(([name, value]) => [
				name,
				isFixed(name) ? value : expressionsIn(value, `$json.given.${name}`),
			]),
		),
	};
}

function expressionsIn(value: NodeParameterValueType, path: string): NodeParameterValueType {
	if (Array.isArray(value)) {
		return value.map((entry, index) =>
			expressionsIn(entry as INodeParameters, `${path}[${index}]`),
		) as INodeParameters[];
	}
	if (typeof value !== 'object' || value === null) return `={{ ${path} }}`;
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, expressionsIn(part, `${path}.${name}`)]),
	) as INodeParameters;
}

/** How the node stands, with its defaults. */
interface View {
	description: INodeTypeDescription;
	parameters: INodeParameters;
}

function viewOf(description: INodeTypeDescription, parameters: INodeParameters): View {
	const { properties } = description;
	const all = NodeHelpers.getNodeParameters(properties, parameters, true, false, null, description);
	return { description, parameters: all ?? {} };
}

/** @param collection the values of the collection that the field is in, if it is in one */
function isShown(
	{ description, parameters }: View,
	property: INodeProperties,
	collection?: INodeParameters,
): boolean {
	const values = collection ?? parameters;
	return NodeHelpers.displayParameter(values, property, null, description, parameters);
}

/** @returns what a field must hold for what is unset in the body, which it strikes out; undefined for nothing */
function valueFor(
	view: View,
	property: INodeProperties,
	body: Body,
	unset: Set<string>,
): NodeParameterValueType {
	const { name, type, options = [], typeOptions, routing } = property;
	if (type === 'collection') {
		const values = { ...(view.parameters[name] as INodeParameters | undefined) };
		for (const option of options as INodeProperties[]) {
			if (!isShown(view, option, values)) continue;
			const value = valueFor(view, option, body, unset);
			if (value !== undefined) values[option.name] = value;
		}
		return Object.keys(values).length === 0 ? undefined : values;
	}
	if (type === 'fixedCollection') return entriesFor(options, body, unset);

	const path = routing?.send?.property;
	if (path === undefined) return undefined;
	if (type === 'json') return jsonFor(path, body, unset);
	if (!unset.delete(path)) return undefined;
	const value = getPath(body, path);
	const isSeveralFiles = typeOptions?.fileKinds !== undefined && Array.isArray(value);
	return isSeveralFiles ? value.join('\n') : (value as NodeParameterValueType);
}

/** @returns a part of the body as JSON; undefined where it is set already */
function jsonFor(path: string, body: Body, unset: Set<string>): string | undefined {
	const leaves = [...unset].filter((leaf) => leaf.startsWith(`${path}.`));
	for (const leaf of leaves) unset.delete(leaf);
	return leaves.length === 0 ? undefined : JSON.stringify(getPath(body, path));
}

function entriesFor(
	options: INodeProperties['options'],
	body: Body,
	unset: Set<string>,
): INodeParameters | undefined {
	for (const { name, values } of options as INodePropertyCollection[]) {
		const fields = values.map((field) => {
			const property = field.routing?.send?.property ?? '';
			const [, list = '', key = ''] = /^=(.+)\[\{\{ *\$index *\}\}\]\.(.+)$/.exec(property) ?? [];
			return { name: field.name, list, key };
		});
		const { list } = required(fields[0], `field in ${name}`);
		if (!unset.delete(list)) continue;
		const entries = (getPath(body, list) as Body[]).map((entry) => {
			const known = fields.filter(({ key }) => entry[key] !== undefined);
			if (known.length !== Object.keys(entry).length) unset.add(`${list}[…]`);
			return Object.fromEntries(known.map((field) => [field.name, entry[field.key]]));
		});
		return { [name]: entries as INodeParameters[] };
	}
	return undefined;
}

/** Whether a user can leave a field empty, so that it is not sent. */
function canBeEmpty({ type, options = [] }: INodeProperties): boolean {
	return type === 'options'
		? (options as INodePropertyOptions[]).some(({ value }) => value === '')
		: type === 'string';
}

/** @returns the paths of a body's values; a list is one */
function leavesOf(body: Body, above = ''): string[] {
	return Object.entries(body).flatMap(([name, value]) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? leavesOf(value as Body, `${above}${name}.`)
			: [`${above}${name}`],
	);
}
