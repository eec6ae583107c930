import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { findStrayCharacter } from '../http/characters';
import {
	describeAllowedOnlyWhen,
	describeDuration,
	describeEmptyGroup,
	describeEndNotAfterStart,
	describeMoreFilesThan,
	describeNotAllowed,
	describeNotWebUrl,
	describeRequired,
	describeRequiredUnless,
	describeStrayCharacter,
	describeWhenGiven,
	type Choice,
	type DurationRange,
	type ValidationIssue,
	type ValueIssue,
} from '../messages/validation';
import { choiceValuesOf } from './choices';
import { getPath, parsePath, type Path } from './path';

/** Tells of which kind the file at a place of the request's body is; undefined where nobody knows. */
export type FileKindAt = (path: Path) => FileKind | undefined;

/** Something that must hold between an operation's fields. */
export interface Rule {
	/** The places in the request's body that it is about. */
	properties: string[];
	/** @returns what is wrong with the request's body; undefined where nothing is */
	findIssue(body: IDataObject, fileKindAt: FileKindAt): ValidationIssue | undefined;
}

/** A field, as the messages and the request's body name it. */
interface FieldRef {
	displayName: string;
	/** Its place in the request's body. */
	property: string;
	/** Its choices; absent where anything may be given. */
	choices?: unknown[];
}

/**
 * What each value of a choice, such as a model, means. One that is not in it means nothing, nor does one
 * that is none of the field's own choices.
 */
type ByChoice<Meaning> = Record<string, Meaning | undefined>;

/** @throws Error where the field is not sent */
function fieldRef(field: INodeProperties): FieldRef {
	const { displayName, name, routing } = field;
	const property = routing?.send?.property;
	if (property === undefined) throw new Error(`The field ${name} is not sent`);
	return { displayName, property, choices: choiceValuesOf(field) };
}

function ruleAbout(refs: FieldRef[], findIssue: Rule['findIssue']): Rule {
	return { properties: refs.map(({ property }) => property), findIssue };
}

/** Refuses a clip that ends before it starts. */
export function endAfterStart(startField: INodeProperties, endField: INodeProperties): Rule {
	const [startRef, endRef] = [fieldRef(startField), fieldRef(endField)];
	return ruleAbout([startRef, endRef], (body) => {
		const { start, end } = clipIn(body, startRef, endRef);
		if (end === undefined || start === undefined || end > start) return undefined;
		return issueOf(endRef, describeEndNotAfterStart(end, start, startRef.displayName));
	});
}

/**
 * Refuses a clip that is too short or too long for a choice, such as a model.
 *
 * @param choiceField the field that decides
 * @param ranges what each choice takes
 * @param presumed the choice where the user makes none
 */
export function durationWithin(
	startField: INodeProperties,
	endField: INodeProperties,
	choiceField: INodeProperties,
	ranges: ByChoice<DurationRange>,
	presumed = '',
): Rule {
	const [startRef, endRef] = [fieldRef(startField), fieldRef(endField)];
	const choiceRef = fieldRef(choiceField);
	return ruleAbout([startRef, endRef, choiceRef], (body) => {
		const choice = choiceIn(body, choiceRef, presumed);
		const range = meaningOf(ranges, choice, choiceRef);
		const { start, end } = clipIn(body, startRef, endRef);
		if (range === undefined || start === undefined || end === undefined) return undefined;
		// Differences such as 45.1 - 0.1 are not exact in binary.
		const duration = Number((end - start).toFixed(3));
		const { min = 0, max } = range;
		if (duration >= min && duration <= max) return undefined;
		return issueOf(endRef, describeDuration(duration, range, choice));
	});
}

/** Asks for a field where another one has one of these values. */
export function requiredWhen(
	field: INodeProperties,
	otherField: INodeProperties,
	...values: unknown[]
): Rule {
	const [ref, otherRef] = [fieldRef(field), fieldRef(otherField)];
	return ruleAbout([ref, otherRef], (body) => {
		const value = valueOf(body, otherRef);
		if (!values.includes(value) || valueOf(body, ref) !== undefined) return undefined;
		return issueOf(ref, describeRequired({ ...otherRef, value }));
	});
}

/** Asks for fields unless another one, which could stand for all of them, is filled in. */
export function requiredUnless(otherField: INodeProperties, ...fields: INodeProperties[]): Rule {
	const otherRef = fieldRef(otherField);
	const refs = fields.map(fieldRef);
	return ruleAbout([otherRef, ...refs], (body) => {
		const empty = refs.find((ref) => valueOf(body, ref) === undefined);
		if (empty === undefined || valueOf(body, otherRef) !== undefined) return undefined;
		const displayNames = refs.map(({ displayName }) => displayName);
		return issueOf(empty, describeRequiredUnless(otherRef.displayName, displayNames));
	});
}

/** Asks for at least one of the fields of a collection. */
export function requiredAny({ displayName }: INodeProperties, fields: INodeProperties[]): Rule {
	const refs = fields.map(fieldRef);
	return ruleAbout(refs, (body) =>
		refs.some((ref) => valueOf(body, ref) !== undefined)
			? undefined
			: issueOf({ displayName }, describeEmptyGroup()),
	);
}

/**
 * Refuses a field that has no effect unless another one has one of these values. What a value means
 * that is none of the other one's choices, nobody knows.
 */
export function allowedOnlyWhen(
	field: INodeProperties,
	otherField: INodeProperties,
	...values: unknown[]
): Rule {
	const [ref, otherRef] = [fieldRef(field), fieldRef(otherField)];
	return ruleAbout([ref, otherRef], (body) => {
		const other = valueOf(body, otherRef);
		if (valueOf(body, ref) === undefined || values.includes(other)) return undefined;
		if (other !== undefined && !isKnown(otherRef, other)) return undefined;
		return issueOf(ref, describeAllowedOnlyWhen(otherRef.displayName, values));
	});
}

/**
 * Refuses values that a choice, such as a model, does not go with; not one that is none of the
 * field's own choices, which only the API knows.
 *
 * @param choiceField the field that decides
 * @param field the field of which it leaves less
 * @param allowedValues what each choice leaves; a choice that is not in it leaves everything
 */
export function allowedValuesBy(
	choiceField: INodeProperties,
	field: INodeProperties,
	allowedValues: ByChoice<readonly unknown[]>,
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), fieldRef(field)];
	return ruleAbout([choiceRef, ref], (body) => {
		const choice = choiceIn(body, choiceRef);
		const allowed = meaningOf(allowedValues, choice, choiceRef);
		const value = valueOf(body, ref);
		if (value === undefined || allowed === undefined || allowed.includes(value)) return undefined;
		return isKnown(ref, value)
			? issueOf(ref, describeNotAllowed(value, choice, allowed))
			: undefined;
	});
}

/**
 * Refuses more files than a choice, such as a model, takes.
 *
 * @param maxFiles how many files each choice takes; a choice that is not in it takes any number
 */
export function maxFilesBy(
	choiceField: INodeProperties,
	field: INodeProperties,
	maxFiles: ByChoice<number>,
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), fieldRef(field)];
	return ruleAbout([choiceRef, ref], (body) => {
		const choice = choiceIn(body, choiceRef);
		const max = meaningOf(maxFiles, choice, choiceRef);
		const files = valueOf(body, ref);
		if (max === undefined || !Array.isArray(files) || files.length <= max) return undefined;
		return issueOf(ref, describeMoreFilesThan(max, files.length, choice));
	});
}

/** Lets a rule hold only where a field is given. */
export function whenGiven(field: INodeProperties, rule: Rule): Rule {
	const ref = fieldRef(field);
	return {
		properties: [ref.property, ...rule.properties],
		findIssue: (body, fileKindAt) => {
			if (valueOf(body, ref) === undefined) return undefined;
			const issue = rule.findIssue(body, fileKindAt);
			return issue && describeWhenGiven(issue, ref.displayName);
		},
	};
}

/** Refuses what is not a complete web address, and what its parser would drop from it. */
export function webUrl(field: INodeProperties): Rule {
	const ref = fieldRef(field);
	return ruleAbout([ref], (body) => {
		const value = valueOf(body, ref);
		if (value === undefined) return undefined;
		const text = String(value);
		const stray = findStrayCharacter(text);
		if (stray !== undefined) return issueOf(ref, describeStrayCharacter(stray));
		if (/^https?:\/\/./i.test(text) && URL.canParse(text)) return undefined;
		return issueOf(ref, describeNotWebUrl());
	});
}

/** @returns the start of a clip and its end, in seconds; undefined what is not a number */
function clipIn(body: IDataObject, startRef: FieldRef, endRef: FieldRef) {
	const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);
	return {
		start: numberOf(valueOf(body, startRef) ?? 0),
		end: numberOf(valueOf(body, endRef)),
	};
}

/** @returns the value of a choice, by which tables are read; `presumed` where there is none */
function choiceIn(body: IDataObject, ref: FieldRef, presumed: unknown = ''): Choice {
	return { displayName: ref.displayName, value: valueOf(body, ref) ?? presumed };
}

/**
 * @returns what a choice means; undefined for one that the field's own list or the table lacks, such
 * as "constructor"
 */
function meaningOf<Meaning>(
	table: ByChoice<Meaning>,
	{ value }: Choice,
	choiceRef: FieldRef,
): Meaning | undefined {
	const key = String(value);
	return isKnown(choiceRef, value) && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Whether a value is one of a field's choices, if it has any. */
function isKnown({ choices }: FieldRef, value: unknown): boolean {
	return choices === undefined || choices.includes(value);
}

/** @returns what the request's body has of a field */
function valueOf(body: IDataObject, { property }: FieldRef): unknown {
	return getPath(body, parsePath(property));
}

function issueOf({ displayName }: Pick<FieldRef, 'displayName'>, issue: ValueIssue) {
	return { displayName, ...issue };
}
