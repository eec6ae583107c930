import { readFile } from 'node:fs/promises';
import { limitNames, type Limits } from './limits';
import { outdatedValues, type Value } from './outdatedValues';
import { lookUp, resolveSchema, typeOf, type Schema } from './schema';

/** An operation of the API, as an OpenAPI document describes it. */
export interface ApiOperation {
	/** Its method and path: `POST /v1/face-detection`. */
	endpoint: string;
	title: string;
	isDeprecated: boolean;
	fields: ApiField[];
}

/** Something that a request can hold. */
export interface ApiField {
	/** The path in the body, with `[]` after the name of a list; or which other part of the request. */
	place: string;
	/** A JSON type, also `integer`; undefined where several are allowed. */
	type?: string;
	isRequired: boolean;
	isDeprecated: boolean;
	/** Absent also where the server makes it, or wants it used no more. */
	default?: Value;
	/** The values to choose from that are not outdated; absent where any may be given. */
	values?: Value[];
	/** Why further values should not be used, by the value as text. */
	outdated: Map<string, string>;
	limits: Limits;
}

/** The OpenAPI document cannot be had or read; its message goes on from the document's name. */
export class UnreadableDocument extends Error {}

const patience = 30_000;
/** A schema that leads to itself would never end. */
const deepest = 10;
const methods = ['get', 'put', 'post', 'delete', 'patch'];

interface Parameter {
	$ref?: string;
	name: string;
	in: string;
	schema?: Schema;
	description?: string;
	deprecated?: boolean;
	required?: boolean;
}

interface Body {
	$ref?: string;
	content?: Record<string, { schema?: Schema }>;
	required?: boolean;
}

interface Route {
	summary?: string;
	deprecated?: boolean;
	parameters?: Parameter[];
	requestBody?: Body;
}

interface Path {
	parameters?: Parameter[];
	[method: string]: unknown;
}

/**
 * Fetches or opens an OpenAPI document.
 *
 * @param source an http(s) URL, or the path of a file
 * @throws UnreadableDocument
 */
export async function loadDocument(source: string): Promise<unknown> {
	let text: string;
	try {
		text = /^https?:\/\//i.test(source) ? await download(source) : await readFile(source, 'utf8');
	} catch (error) {
		throw new UnreadableDocument(`cannot be read: ${messageOf(error)}`);
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new UnreadableDocument(`is not JSON: ${messageOf(error)}`);
	}
}

/**
 * Reads the operations of an OpenAPI document.
 *
 * @throws UnreadableDocument
 */
export function readDocument(document: unknown): ApiOperation[] {
	const { openapi, paths } = Object(document) as {
		openapi?: unknown;
		paths?: Record<string, Path>;
	};
	if (!String(openapi).startsWith('3.') || typeof paths !== 'object' || paths === null) {
		throw new UnreadableDocument('is not an OpenAPI document of version 3');
	}
	try {
		return Object.entries(paths).flatMap(([path, routes]) =>
			methods
				.filter((method) => method in routes)
				.map((method) => {
					const endpoint = `${method.toUpperCase()} ${path}`;
					const { parameters = [], ...route } = routes[method] as Route;
					const all = [...(routes.parameters ?? []), ...parameters];
					return readOperation(document, endpoint, { ...route, parameters: all });
				}),
		);
	} catch (error) {
		throw new UnreadableDocument(`cannot be followed: ${messageOf(error)}`);
	}
}

async function download(url: string): Promise<string> {
	const answer = await fetch(url, { signal: AbortSignal.timeout(patience) });
	if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
	return await answer.text();
}

function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? error.cause.message : error.message;
}

function readOperation(
	document: unknown,
	endpoint: string,
	{ summary, deprecated, parameters = [], requestBody }: Route,
): ApiOperation {
	return {
		endpoint,
		title: summary ?? endpoint,
		isDeprecated: deprecated === true,
		fields: [
			...placesIn(endpoint).map((_, index) => pathField(index)),
			...parameters.flatMap((parameter) => readParameter(document, parameter)),
			...(requestBody === undefined ? [] : readBody(document, requestBody)),
		],
	};
}

function pathField(index: number): ApiField {
	return {
		place: placeInPath(index),
		type: 'string',
		isRequired: true,
		isDeprecated: false,
		outdated: new Map(),
		limits: {},
	};
}

/** @returns the names in braces in a path */
export function placesIn(path: string): string[] {
	return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

/** Names a place outside the body. */
export function placeInPart(part: string, name: string | number): string {
	return `${part} parameter ${name}`;
}

/** Names a place of the path that stands in braces: the node has its own names for them. */
export function placeInPath(index: number): string {
	return placeInPart('path', index + 1);
}

function readParameter(document: unknown, given: Parameter): ApiField[] {
	const parameter = follow(document, given);
	if (parameter.in === 'path') return [];
	const { name, in: part, schema = {}, description, deprecated, required } = parameter;
	return readSchema(
		document,
		{ allOf: [schema, { description, deprecated }] },
		{ place: placeInPart(part, name), isRequired: required === true, isDeprecated: false },
	);
}

function readBody(document: unknown, given: Body): ApiField[] {
	const { content = {}, required } = follow(document, given);
	const { schema } = content['application/json'] ?? Object.values(content)[0] ?? {};
	if (schema === undefined) return [];
	return readSchema(document, schema, {
		place: '',
		isRequired: required === true,
		isDeprecated: false,
	});
}

function follow<Part extends { $ref?: string }>(document: unknown, part: Part): Part {
	return part.$ref === undefined ? part : (lookUp(document, part.$ref) as Part);
}

type Holder = Pick<ApiField, 'place' | 'isRequired' | 'isDeprecated'>;

function readSchema(document: unknown, given: Schema, holder: Holder): ApiField[] {
	const schema = resolveSchema(document, given);
	if (schema.readOnly === true) return [];
	const { place, isRequired } = holder;
	const isDeprecated =
		holder.isDeprecated ||
		schema.deprecated === true ||
		/^\W*deprecated\b/i.test(schema.description ?? '');
	if (schema.properties !== undefined && place.split('.').length < deepest) {
		return Object.entries(schema.properties).flatMap(([name, property]) =>
			readSchema(document, property, {
				place: place === '' ? name : `${place}.${name}`,
				isRequired: isRequired && (schema.required ?? []).includes(name),
				isDeprecated,
			}),
		);
	}
	if (place === '') return [];
	const field = readField(schema, { place, isRequired, isDeprecated });
	if (schema.items === undefined) return [field];
	const items = resolveSchema(document, schema.items);
	if (items.properties === undefined) return [{ ...field, ...readValues(items) }];
	return [
		field,
		...readSchema(document, items, { place: `${place}[]`, isRequired: true, isDeprecated }),
	];
}

function readField(schema: Schema, holder: Holder): ApiField {
	const field = {
		...holder,
		type: typeOf(schema),
		...readValues(schema),
		limits: readLimits(schema),
	};
	const { default: preset } = schema;
	const isMadeByServer = typeof preset === 'string' && /\bdateTime\b/.test(preset);
	if (!isValue(preset) || isMadeByServer || field.outdated.has(String(preset))) return field;
	return { ...field, default: preset };
}

function readValues({
	enum: all,
	description = '',
}: Schema): Pick<ApiField, 'values' | 'outdated'> {
	const values = all?.filter(isValue);
	if (values === undefined) return { outdated: new Map() };
	const outdated = outdatedValues(values, description);
	return { values: values.filter((value) => !outdated.has(String(value))), outdated };
}

function isValue(value: unknown): value is Value {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Empty texts and lists are never sent, so a least length of one says nothing. */
function readLimits(schema: Schema): Limits {
	const limits: Limits = {};
	for (const name of limitNames) {
		const limit = schema[name];
		const saysNothing = name.startsWith('min') && name !== 'minimum' && limit === 1;
		if (typeof limit === 'number' && !saysNothing) limits[name] = limit;
	}
	// Before OpenAPI 3.1, exclusiveMinimum said of minimum that it is one.
	if (schema.exclusiveMinimum === true) limits.exclusiveMinimum = schema.minimum as number;
	if (schema.exclusiveMaximum === true) limits.exclusiveMaximum = schema.maximum as number;
	return limits;
}
