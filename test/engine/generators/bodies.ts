import fc, { type Arbitrary } from 'fast-check';
import { deepCopy } from 'n8n-workflow';
import { generators } from '../../sandbox/schemas';
import type { Generator } from '../../sandbox/schemas/generator';
import {
	applies,
	durationOf,
	findContradiction,
	isAllowed,
	isOfKind,
	setPath,
	getPath,
	withoutNamesakes,
	type Allowed,
	type Body,
	type Reference,
	type Rule,
} from '../../sandbox/schemas/rules';
import { schemaAt, type FileKind, type Schema } from '../../sandbox/schemas/schema';
import { required } from '../../required';

/** Gives what leads to a file of a kind. */
export type Files = (kind: FileKind) => Arbitrary<string>;

/** Which of the fields that may be left out a body has. */
type Extent = 'minimal' | 'maximal' | 'any';

/** How many bodies are looked at for one in which a choice goes with all the rest. */
const triesForChoice = 500;
const extensions = {
	image: ['png'],
	video: ['mp4'],
	audio: ['mp3'],
	face: ['png'],
	any: ['png', 'mp4', 'mp3'],
};

/** @returns addresses on the web; of faces, which are nowhere else, paths */
export const webAddresses: Files = (kind) =>
	fc
		.tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(...extensions[kind]))
		.map(([number, extension]) =>
			kind === 'face'
				? `api-assets/${number}/0-0.${extension}`
				: `https://files.example.com/${number}/a%20file.${extension}`,
		);

/** @returns bodies that a generator takes: each kind and combination of fields, nothing deprecated */
export function bodies(path: string, files: Files = webAddresses): Arbitrary<Body> {
	return bodiesOf(path, files, 'any');
}

/** @returns a body with nothing in it that could be left out */
export function minimalBody(path: string, files: Files = webAddresses): Body {
	return sampleOf(bodiesOf(path, files, 'minimal'));
}

/** @returns a body with everything in it that goes together */
export function maximalBody(path: string, files: Files = webAddresses): Body {
	return sampleOf(bodiesOf(path, files, 'maximal'));
}

/** A value of a field that has a list of values. */
export interface Choice {
	/** The field's path in the body, such as `style.tool`. */
	path: string;
	value: unknown;
}

/** @returns every value of a generator that its schema lists, but those that are deprecated */
export function choicesOf(path: string): Choice[] {
	return listedIn(generatorAt(path).body);
}

function listedIn({ properties = {} }: Schema, above = ''): Choice[] {
	return currentFields(properties).flatMap(([name, part]) => {
		const { enum: values = [], deprecatedValues = [] } = part;
		return [
			...values
				.filter((value) => !deprecatedValues.includes(value))
				.map((value) => ({ path: `${above}${name}`, value })),
			...listedIn(part, `${above}${name}.`),
		];
	});
}

/** @returns few bodies in which each of the choices is made at least once, the same in every run */
export function bodiesWith(path: string, choices: Choice[], files: Files = webAddresses): Body[] {
	const found: Body[] = [];
	let open = [...new Map(choices.map((choice) => [JSON.stringify(choice), choice])).values()];
	for (const choice of [...open]) {
		if (!open.includes(choice)) continue;
		const body = bodyWith(path, choice, open, files);
		found.push(body);
		open = open.filter((other) => !isMade(other, body));
	}
	return found;
}

/** @returns a body in which a choice is made, and others if they go together */
function bodyWith(path: string, choice: Choice, others: Choice[], files: Files): Body {
	const { body: schema, rules = [] } = generatorAt(path);
	for (let seed = 0; seed < triesForChoice; seed++) {
		const candidates =
			seed === 0
				? bodiesOf(path, files, 'maximal', [...others].reverse().concat(choice))
				: bodiesOf(path, files, 'any', [choice]);
		const body = sampleOf(candidates, seed);
		if (isMade(choice, body) && findContradiction(rules, body, schema) === undefined) return body;
	}
	throw new Error(`No body for ${path} was found in which ${choice.path} is ${choice.value}`);
}

function isMade({ path, value }: Choice, body: Body): boolean {
	return getPath(body, path) === value;
}

/** @returns a value that is the same in every run */
function sampleOf<Value>(arbitrary: Arbitrary<Value>, seed = 1): Value {
	const [value] = fc.sample(arbitrary, { seed, numRuns: 1 });
	return required(value, 'sample');
}

function generatorAt(path: string): Generator {
	return required(generators[path], `generator at ${path}`);
}

/** @param choices what to choose, as far as no rule speaks against it; the later ones count more */
function bodiesOf(
	path: string,
	files: Files,
	extent: Extent,
	choices: Choice[] = [],
): Arbitrary<Body> {
	const { body: schema, rules = [] } = generatorAt(path);
	const chosenAt = new Map(choices.map((choice) => [choice.path, choice]));
	const pathsToOptional = optionalPaths(schema);
	const chosen: Record<Extent, Arbitrary<string[]>> = {
		minimal: fc.constant([]),
		maximal: fc.constant(pathsToOptional),
		any: fc.subarray(pathsToOptional),
	};
	return fc
		.tuple(valuesOf(schema, files) as Arbitrary<Body>, chosen[extent], fc.nat())
		.map(([full, present, pick]) => {
			const absent = pathsToOptional.filter((optional) => !present.includes(optional));
			const body = deepCopy(full);
			for (const optional of absent) remove(body, optional);
			fillRequired(body, full, schema);
			setTimes(body);
			for (const choice of chosenAt.values()) setPath(body, choice.path, choice.value);
			for (const rule of rules) obey(rule, { body, full, pick, schema });
			return withoutEmpty(body) as Body;
		});
}

/** @returns values with all that a schema has, but nothing deprecated */
function valuesOf(schema: Schema, files: Files): Arbitrary<unknown> {
	const { type, properties, items, fileKind, enum: values, examples } = schema;
	const deprecated = schema.deprecatedValues ?? [];
	if (fileKind !== undefined) return files(fileKind);
	const known = values?.filter((value) => !deprecated.includes(value)) ?? examples;
	if (known !== undefined) return fc.constantFrom(...known);
	switch (type) {
		case 'object':
			if (properties === undefined) return anyObjects;
			return fc.record(
				Object.fromEntries(
					currentFields(properties).map(([name, part]) => [name, valuesOf(part, files)]),
				),
				{ noNullPrototype: true },
			);
		case 'array':
			return items === undefined
				? fc.constant([])
				: fc.array(valuesOf(items, files), { minLength: 1, maxLength: schema.maxItems ?? 3 });
		case 'string':
			return texts(schema.maxLength ?? 200);
		case 'boolean':
			return fc.boolean();
		case 'integer':
		case 'number':
			return numbers(schema);
	}
}

const anyObjects = fc.constantFrom(
	{ prompt: 'A slow waltz' },
	{
		prompt: 'A "slow" \\ waltz\nin {{ $json.key }}',
		lyrics: ['La', 'la'],
		more: { instrumental: true },
	},
);

/** Text as users write it. A beginning `=` is what n8n takes for an expression. */
function texts(maxLength: number): Arbitrary<string> {
	return fc
		.oneof(
			fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength / 4, 40) }),
			fc.constantFrom(
				'A "quoted" \\ {{ $json.text }}\nin two lines',
				'null',
				'0',
				'[]',
				'x'.repeat(maxLength),
			),
		)
		.filter((text) => text.trim() !== '' && !text.startsWith('=') && text.length <= maxLength);
}

function numbers({ type, minimum = 1, maximum = minimum + 500, multipleOf }: Schema) {
	const step = multipleOf ?? (type === 'integer' ? 1 : 0.1);
	return fc
		.integer({ min: Math.ceil(minimum / step), max: Math.floor(maximum / step) })
		.map((steps) => rounded(steps * step));
}

function rounded(value: number): number {
	return Math.round(value * 10) / 10;
}

/** A clip ends after its beginning. */
function setTimes(body: Body): void {
	const duration = durationOf(body);
	if (duration !== undefined && duration <= 0) {
		body.end_seconds = rounded(Number(body.start_seconds) + 0.1 - duration);
	}
}

interface Draft {
	body: Body;
	/** The same body with all fields. */
	full: Body;
	/** Decides between several ways to obey. */
	pick: number;
	schema: Schema;
}

/** Changes a body so that a rule does not speak against it. */
function obey(rule: Rule, { body, full, pick, schema }: Draft): void {
	if (!applies(rule, body, schema)) {
		for (const path of rule.uses ?? []) remove(body, path);
		return;
	}
	for (const path of rule.needs ?? []) {
		if (getPath(body, path) === undefined) setPath(body, path, getPath(full, path));
	}
	if (rule.distinct !== undefined) {
		const references = getPath(body, rule.distinct) as Reference[] | undefined;
		if (references) setPath(body, rule.distinct, withoutNamesakes(references));
	}
	for (const [path, allowed] of Object.entries(rule.allows ?? {})) {
		const value = path === 'duration' ? durationOf(body) : getPath(body, path);
		// What another field demands is better said than left to the API.
		if (value === undefined && rule.given === undefined) continue;
		if (!isAllowed(allowed, value)) change(body, path, current(allowed, path, schema), pick);
	}
}

/** @returns what is allowed and not deprecated */
function current(allowed: Allowed, path: string, schema: Schema): Allowed {
	const { deprecatedValues = [] } = schemaAt(schema, path) ?? {};
	return 'includes' in allowed
		? allowed.filter((value) => !(deprecatedValues as unknown[]).includes(value))
		: allowed;
}

function change(body: Body, path: string, allowed: Allowed, pick: number): void {
	if ('includes' in allowed) {
		if (allowed.length === 0) remove(body, path);
		else setPath(body, path, allowed[pick % allowed.length]);
		return;
	}
	if ('maxLength' in allowed) {
		setPath(body, path, String(getPath(body, path)).trim().slice(0, allowed.maxLength));
		return;
	}
	if ('kinds' in allowed) {
		const references = getPath(body, path) as Reference[];
		const left = references.filter((reference) => isOfKind(reference, allowed.kinds));
		if (left.length === 0) remove(body, path);
		else setPath(body, path, left);
		return;
	}
	const { from = 1, to = from } = allowed;
	const within = rounded(Math.min(from, to) + (pick % 10) * ((to - Math.min(from, to)) / 10));
	if (path === 'duration') body.end_seconds = rounded(Number(body.start_seconds ?? 0) + within);
	else if (path.endsWith('.length')) {
		const list = getPath(body, path.replace(/\.length$/, '')) as unknown[];
		list.length = to;
	} else setPath(body, path, within);
}

/** @returns the paths of the fields that can be left out, those of objects before their own fields */
function optionalPaths(schema: Schema, above = ''): string[] {
	return currentFields(schema.properties ?? {}).flatMap(([name, part]) => {
		const path = `${above}${name}`;
		const isOptional = schema.required?.includes(name) !== true;
		return [...(isOptional ? [path] : []), ...optionalPaths(part, `${path}.`)];
	});
}

function currentFields(properties: Record<string, Schema>): Array<[string, Schema]> {
	return Object.entries(properties).filter(([, part]) => part.deprecated !== true);
}

function remove(body: Body, path: string): void {
	const names = path.split('.');
	const last = names.pop() ?? '';
	delete (getPath({ body }, ['body', ...names].join('.')) as Body | undefined)?.[last];
}

/**
 * Gives one field to each object that must be there and has none.
 *
 * @param full the same value with all fields
 */
function fillRequired(
	value: Body,
	full: Body,
	{ properties = {}, required: names = [] }: Schema,
): void {
	for (const name of names) {
		const schema = properties[name];
		if (schema?.type !== 'object') continue;
		const [part, whole] = [value[name] as Body, full[name] as Body];
		if (isEmpty(part)) Object.assign(part, Object.fromEntries(Object.entries(whole).slice(0, 1)));
		fillRequired(part, whole, schema);
	}
}

/** Nobody sends an object without fields. */
function withoutEmpty(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const parts = Object.entries(value).map(([name, part]) => [name, withoutEmpty(part)] as const);
	return Object.fromEntries(parts.filter(([, part]) => !isEmpty(part)));
}

function isEmpty(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
