import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { extensionsOfKind } from '../../nodes/MagicHour/input/fileFormat';
import { isShownAt, operationsOf, optionsOf, type Place } from '../description/operations';
import { placeInPart, placeInPath, placesIn } from './document';
import type { Value } from './outdatedValues';

/** An operation of the node, as its description declares it. */
export interface NodeOperation {
	/** Its method and path, with the node's own names in braces. */
	endpoint: string;
	/** Its resource and its name. */
	title: string;
	fields: NodeField[];
}

/** A field of the node whose value goes into the request. */
export interface NodeField {
	/** Where it goes, named as in `ApiField`. */
	place: string;
	displayName: string;
	/** The JSON types that it can give. */
	types: string[];
	/** Whether no request leaves without it. */
	isAlwaysSent: boolean;
	default: unknown;
	/** Its choices; absent where anything may be given. */
	values?: Value[];
	typeOptions: Record<string, unknown>;
	/** Whether the transport fills it, so that nobody can set it. */
	isFilledByTransport: boolean;
}

/** What the transport puts into a request by itself, out of files or page by page: no field of the node is sent there. */
const filledByTransport: Record<string, Array<{ place: string; values?: Value[] }>> = {
	'POST /v1/files/upload-urls': [
		{ place: 'items' },
		{ place: 'items[].type', values: Object.keys(extensionsOfKind) },
		{ place: 'items[].extension' },
	],
	'GET /v1/saved-items': [
		{ place: placeInPart('query', 'limit') },
		{ place: placeInPart('query', 'cursor') },
	],
};

/** Reads from the node's description what its operations send. */
export function readNode(description: Pick<INodeTypeDescription, 'properties'>): NodeOperation[] {
	return operationsOf(description).map(({ resource, place, option }) => {
		const { method = 'GET', url = '' } = option.routing?.request ?? {};
		const endpoint = `${method} ${url}`;
		const shown = description.properties.filter((property) => isShownAt(property, place));
		return {
			endpoint,
			title: `${resource} → ${option.name}`,
			fields: [
				...placesIn(url).map((name, index) => inPath(shown, name, index)),
				...shown.flatMap((property) => readProperty(property, place, { isOptional: false })),
				...(filledByTransport[endpoint] ?? []).map(filled),
			],
		};
	});
}

function filled({ place, values }: { place: string; values?: Value[] }): NodeField {
	return {
		place,
		values,
		displayName: 'what the transport fills',
		types: [],
		isAlwaysSent: true,
		default: undefined,
		typeOptions: {},
		isFilledByTransport: true,
	};
}

function inPath(shown: INodeProperties[], name: string, index: number): NodeField {
	const property = shown.find((one) => one.name === name);
	if (property === undefined) throw new Error(`The node has no field ${name} for its path`);
	return describe(property, placeInPath(index), { isOptional: false });
}

interface Holder {
	/** Whether the field is only there when it was added. */
	isOptional: boolean;
}

function readProperty(property: INodeProperties, place: Place, holder: Holder): NodeField[] {
	const { routing, type, typeOptions } = property;
	if (routing?.send?.property !== undefined) {
		const { property: path, type: part = 'query' } = routing.send;
		const target = part === 'body' ? bodyPath(path) : placeInPart(part, path);
		return [describe(property, target, holder)];
	}
	const children = childrenOf(property).filter((child) => isShownAt(child, place));
	if (type !== 'fixedCollection' || typeOptions?.multipleValues !== true) {
		return children.flatMap((child) => readProperty(child, place, { isOptional: true }));
	}
	const fields = children.flatMap((child) => readProperty(child, place, { isOptional: false }));
	const lists = new Set(fields.map((field) => field.place.slice(0, field.place.lastIndexOf('[]'))));
	return [...[...lists].map((list) => describe(property, list, holder)), ...fields];
}

function childrenOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
}

/** n8n puts the index of an entry into an expression: `=points[{{$index}}].position_x`. */
function bodyPath(property: string): string {
	return property.replace(/^=/, '').replace(/\[(\{\{.*?\}\}|\d+)\]/g, '[]');
}

function describe(property: INodeProperties, place: string, { isOptional }: Holder): NodeField {
	const { displayName, type, required, default: preset } = property;
	const values = ['options', 'multiOptions'].includes(type)
		? optionsOf(property)
				.map(({ value }) => value)
				.filter((value) => value !== '')
		: undefined;
	const isPreset = ['options', 'number', 'boolean'].includes(type) && preset !== '';
	return {
		place,
		displayName,
		types: typesOf(property, values),
		isAlwaysSent: !isOptional && (required === true || isPreset),
		default: preset,
		values,
		typeOptions: { ...property.typeOptions },
		isFilledByTransport: false,
	};
}

function typesOf({ type, typeOptions }: INodeProperties, values?: Value[]): string[] {
	const isList = typeOptions?.multipleValues === true || typeOptions?.maxItems !== undefined;
	if (isList || type === 'multiOptions') return ['array'];
	if (values !== undefined)
		return [...new Set(values.map((value) => typeof value))].flatMap(numeric);
	if (type === 'number' || type === 'boolean') return numeric(type);
	if (type === 'json') return ['object'];
	return ['string'];
}

function numeric(type: string): string[] {
	return type === 'number' ? ['number', 'integer'] : [type];
}
