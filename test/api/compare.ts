import type { ApiField, ApiOperation } from './document';
import { limitNames, limitRules } from './limits';
import type { NodeField, NodeOperation } from './node';
import type { Value } from './outdatedValues';
import { required } from '../required';

/** What the node and the API disagree about, in one operation. */
export interface Disagreement {
	/** Which operation, for the reader. */
	operation: string;
	/** What a maintainer has to do about it, a sentence each. */
	findings: string[];
}

/**
 * Compares what the node can send with what the API takes. The node may be stricter, never laxer.
 *
 * @returns the operations in which they disagree
 */
export function compare(api: ApiOperation[], node: NodeOperation[]): Disagreement[] {
	const known = new Set(api.map(keyOf));
	return [
		...api.flatMap((operation) => {
			const key = keyOf(operation);
			return compareOperation(
				operation,
				node.filter((one) => keyOf(one) === key),
			);
		}),
		...node
			.filter((operation) => !known.has(keyOf(operation)))
			.map((operation) => disagreement(operation.endpoint, operation.title, [unknownOperation])),
	].filter(({ findings }) => findings.length > 0);
}

const unknownOperation = 'Remove the operation, or correct its path: it is not in the document.';

/** The names in braces are each side's own. */
function keyOf({ endpoint }: { endpoint: string }): string {
	return endpoint.replace(/\{[^}]*\}/g, '{}');
}

function disagreement(endpoint: string, title: string, findings: string[]): Disagreement {
	return { operation: `${endpoint} (${title})`, findings };
}

function compareOperation(api: ApiOperation, node: NodeOperation[]): Disagreement[] {
	const { endpoint, title, isDeprecated, fields } = api;
	if (isDeprecated) {
		return node.map((one) =>
			disagreement(endpoint, one.title, ['Remove the operation: it is deprecated.']),
		);
	}
	if (node.length === 0) {
		const additions = fields.filter((field) => !field.isDeprecated).map(addition);
		return [disagreement(endpoint, title, ['Add the operation.', ...additions])];
	}
	return node.map((one) => disagreement(endpoint, one.title, compareFields(fields, one.fields)));
}

function compareFields(api: ApiField[], node: NodeField[]): string[] {
	const unknown = node.filter(({ place }) => !api.some((field) => field.place === place));
	const moved = new Set<NodeField>();
	const findings = api.flatMap((field) => {
		const same = node.filter(({ place }) => place === field.place);
		if (field.isDeprecated) return same.map((own) => `Remove ${nameOf(own)}: it is deprecated.`);
		if (same.length > 0) return compareField(field, same);
		const elsewhere = unknown.find((own) => !moved.has(own) && leafOf(own) === leafOf(field));
		if (elsewhere === undefined) return [addition(field)];
		moved.add(elsewhere);
		return [`Send ${nameOf(elsewhere)} as \`${field.place}\`.`];
	});
	return [
		...findings,
		...unknown
			.filter((own) => !moved.has(own))
			.map((own) => `Remove ${nameOf(own)}, or correct its place: the document has no such field.`),
	];
}

/** @param same the fields of the node that go to one place, of which one is shown at a time */
function compareField(api: ApiField, same: NodeField[]): string[] {
	const open = same.filter((own) => !own.isFilledByTransport);
	return [
		...open.flatMap((own) => compareType(api, own)),
		...(api.isRequired && !same.some((own) => own.isAlwaysSent)
			? [`Make ${nameOf(required(same[0], 'field'))} required.`]
			: []),
		...open.flatMap((own) => compareLimits(api, own)),
		...open.flatMap((own) => compareDefault(api, own)),
		...compareValues(api, same),
	];
}

function compareType({ type }: ApiField, own: NodeField): string[] {
	if (type === undefined || own.types.length === 0 || own.types.includes(type)) return [];
	return [
		`Make ${nameOf(own)} return ${inWords(type)}, not ${own.types.map(inWords).join(' or ')}.`,
	];
}

function compareLimits({ limits, type }: ApiField, own: NodeField): string[] {
	const findings = limitNames.flatMap((name) => {
		const limit = limits[name];
		if (limit === undefined) return [];
		const { typeOption, admits } = limitRules[name];
		const numbers = own.values?.map(measure) ?? [own.typeOptions[typeOption]];
		if (numbers.every((number) => typeof number === 'number' && admits(number, limit))) return [];
		const why =
			own.values === undefined
				? `its typeOptions.${typeOption} ${is(own.typeOptions[typeOption])}`
				: 'its choices exceed that';
		return [`Limit ${nameOf(own)} to ${name} ${limit}: ${why}.`];
	});
	const isWhole = own.values?.every(Number.isInteger) ?? own.typeOptions.numberPrecision === 0;
	if (type !== 'integer' || isWhole) return findings;
	return [
		...findings,
		`Limit ${nameOf(own)} to whole numbers: set typeOptions.numberPrecision to 0.`,
	];
}

function measure(value: Value): number {
	return typeof value === 'string' ? value.length : Number(value);
}

function compareDefault({ default: preset, type }: ApiField, own: NodeField): string[] {
	if (preset === undefined || textOf(own.default, type) === textOf(preset, type)) return [];
	// Empty text is left out of the request, so that the API's default holds.
	if (type === 'string' && own.values === undefined && own.default === '') return [];
	return [`Set the default of ${nameOf(own)} to ${show(preset)}: it ${is(own.default)}.`];
}

function compareValues({ values, outdated, type }: ApiField, same: NodeField[]): string[] {
	if (values === undefined) return [];
	const first = required(same[0], 'field');
	const free = same.filter((own) => own.values === undefined && own.types.length > 0);
	if (free.length > 0) {
		return free.map((own) => `Make ${nameOf(own)} a choice of ${list(values)}.`);
	}
	const own = same.flatMap((field) => field.values ?? []);
	const ownTexts = own.map((value) => textOf(value, type));
	const texts = values.map((value) => textOf(value, type));
	const missing = values.filter((value) => !ownTexts.includes(textOf(value, type)));
	const surplus = own.filter((value) => !texts.includes(textOf(value, type)));
	const whyNot = (value: Value) => outdated.get(String(value)) ?? 'is not in the document';
	const hasValues = same.some((field) => field.values !== undefined);
	return [
		...(missing.length > 0 && hasValues ? [`Add to ${nameOf(first)}: ${list(missing)}.`] : []),
		...surplus.map((value) => `Remove ${show(value)} from ${nameOf(first)}: it ${whyNot(value)}.`),
	];
}

/** A number may be given as text. */
function textOf(value: unknown, type?: string): string {
	const isNumber = (type === 'number' || type === 'integer') && value !== '';
	return String(isNumber ? Number(value) : value);
}

function addition(field: ApiField): string {
	const { place, type, isRequired, values, limits, default: preset } = field;
	const facts = [
		isRequired ? 'required' : 'optional',
		...(type === undefined ? [] : [inWords(type)]),
		...limitNames.filter((name) => name in limits).map((name) => `${name} ${limits[name]}`),
		...(preset === undefined ? [] : [`default ${show(preset)}`]),
		...(values === undefined ? [] : [`a choice of ${list(values)}`]),
	];
	return `Add \`${place}\`: ${facts.join(', ')}.`;
}

const wordsOfType: Record<string, string> = {
	string: 'text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
};

function inWords(type: string): string {
	return wordsOfType[type] ?? `the type ${type}`;
}

function is(value: unknown): string {
	return value === undefined ? 'is not set' : `is ${show(value)}`;
}

function list(values: Value[]): string {
	return values.map(show).join(', ');
}

function show(value: unknown): string {
	return JSON.stringify(value);
}

function nameOf({ displayName, place }: NodeField): string {
	return `${displayName} (\`${place}\`)`;
}

function leafOf({ place }: { place: string }): string {
	return place.split(/[.\s]/).at(-1) ?? place;
}
