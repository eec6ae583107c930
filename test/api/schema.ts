import type { Value } from './outdatedValues';

/** A schema of an OpenAPI document, version 3.0 or 3.1, as far as it is read here. */
export interface Schema {
	$ref?: string;
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: Array<Value | null>;
	const?: Value | null;
	default?: unknown;
	description?: string;
	deprecated?: boolean;
	readOnly?: boolean;
	[limit: string]: unknown;
}

/** Schemas that lead to themselves end here. */
const deepest = 30;

/**
 * Puts together what references, `allOf`, and alternatives say of one thing. Of alternatives that are
 * no more than an optional null nothing is left; of others, what any of them allows.
 *
 * @param document in which references are looked up
 * @throws Error where a reference leads nowhere
 */
export function resolveSchema(document: unknown, schema: Schema, depth = 0): Schema {
	if (depth > deepest) return {};
	const resolve = (part: Schema) => resolveSchema(document, part, depth + 1);
	const { $ref, allOf, anyOf, oneOf, ...own } = schema;
	const parts = [
		...($ref === undefined ? [] : [resolve(lookUp(document, $ref) as Schema)]),
		...(allOf ?? []).map(resolve),
		...[anyOf, oneOf].flatMap((some) => (some === undefined ? [] : [anyOfThem(some.map(resolve))])),
		own,
	];
	const whole = parts.reduce(both);
	return whole.const === undefined ? whole : { ...whole, enum: [whole.const] };
}

/** @returns the JSON type that a schema asks for beside null; undefined where there are several */
export function typeOf({ type, enum: values, properties, items }: Schema): string | undefined {
	if (type === undefined) {
		if (properties !== undefined) return 'object';
		if (items !== undefined) return 'array';
		const types = new Set(
			(values ?? []).filter((value) => value !== null).map((one) => typeof one),
		);
		return types.size === 1 ? [...types][0] : undefined;
	}
	const types = [type].flat().filter((one) => one !== 'null');
	return types.length === 1 ? types[0] : undefined;
}

/** Finds what a reference within a document names (a JSON pointer). */
export function lookUp(document: unknown, reference: string): object {
	const [start, ...steps] = reference.split('/');
	const found = steps
		.map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
		.reduce<unknown>((place, step) => (Object(place) as Record<string, unknown>)[step], document);
	if (start === '#' && typeof found === 'object' && found !== null) return found;
	throw new Error(`the reference ${reference} leads nowhere in it`);
}

function both(first: Schema, second: Schema): Schema {
	const said = Object.entries(second).filter(([, value]) => value !== undefined);
	return {
		...first,
		...Object.fromEntries(said),
		...(first.properties || second.properties
			? { properties: { ...first.properties, ...second.properties } }
			: {}),
		...(first.required || second.required
			? { required: [...(first.required ?? []), ...(second.required ?? [])] }
			: {}),
	};
}

function anyOfThem(schemas: Schema[]): Schema {
	const alternatives = schemas.filter((schema) => schema.type !== 'null');
	if (alternatives.length < 2) return alternatives[0] ?? {};
	const types = [...new Set(alternatives.map(typeOf))].filter((type) => type !== undefined);
	const enums = alternatives.map((one) => one.enum);
	return {
		...(types.length > 0 ? { type: types } : {}),
		...(enums.every((values) => values !== undefined) ? { enum: enums.flat() } : {}),
		properties: alternatives.some(({ properties }) => properties !== undefined)
			? Object.assign({}, ...alternatives.map(({ properties }) => properties))
			: undefined,
		required: alternatives
			.map(({ required = [] }) => required)
			.reduce((inAll, required) => inAll.filter((name) => required.includes(name))),
	};
}
