import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { findStrayCharacter } from '../http/characters';
import {
	describeAllowedOnlyWhen,
	describeClipDuration,
	describeDuplicate,
	describeDuration,
	describeEmptyGroup,
	describeEndNotAfterStart,
	describeFileKind,
	describeMoreFilesThan,
	describeNotAllowed,
	describeNotWebUrl,
	describeNotWith,
	describeRequired,
	describeRequiredUnless,
	describeStrayCharacter,
	describeSwitchNotAllowed,
	describeTextTooLongFor,
	describeWhenChosen,
	describeWhenGiven,
	describeWrongForm,
	type Choice,
	type DurationRange,
	type Label,
	type ValidationIssue,
	type ValueIssue,
} from '../messages/validation';
import { choicesOf, type FieldChoice } from './choices';
import { getPath, parseEntryPlace, parsePath, type Path } from './path';

/** Tells of which kind the file at a place of the request's body is; undefined where nobody knows. */
export type FileKindAt = (path: Path) => FileKind | undefined;

/** Something that must hold between an operation's fields. */
export interface Rule {
	/** The places in the request's body that it is about. */
	paths: Path[];
	/** @returns what is wrong with the request's body; undefined where nothing is */
	findIssue(body: IDataObject, fileKindAt: FileKindAt): ValidationIssue | undefined;
}

/** A field, as the messages and the request's body name it. */
interface FieldRef {
	displayName: string;
	/** Its place in the request's body. */
	path: Path;
	/** Its choices; none where anything may be given. */
	choices: FieldChoice[];
	/** Whether it chooses a model. */
	isModel: boolean;
}

/** A field that decides what others may be, and its value. */
interface ChosenValue extends Choice {
	value: unknown;
}

/**
 * What each value of a choice, such as a model, means. One that is not in it means nothing, nor does one
 * that is none of the field's own choices.
 */
type ByChoice<Meaning> = Record<string, Meaning | undefined>;

/** @throws Error where the field is not sent */
function fieldRef(field: INodeProperties): FieldRef {
	const { displayName, name, routing, options = [] } = field;
	const [entryField] = options.flatMap((option) => ('values' in option ? option.values : []));
	if (entryField !== undefined) return { ...entryRef(field, entryField), displayName };
	const property = routing?.send?.property;
	if (property === undefined) throw new Error(`The field ${name} is not sent`);
	return {
		displayName,
		path: parsePath(property),
		choices: choicesOf(field),
		isModel: name === 'model',
	};
}

/** A field of the entries of a list, and the list's place in the request's body. */
interface EntryRef extends FieldRef {
	/** Its name in each entry. */
	key: string;
}

/** @param field one of the fields of each entry */
function entryRef(list: INodeProperties, field: INodeProperties): EntryRef {
	const { listPath, name } = parseEntryPlace(field.routing?.send?.property ?? '');
	const displayName = `${list.displayName} {}: ${field.displayName}`;
	return { displayName, path: listPath, key: name, choices: choicesOf(field), isModel: false };
}

function ruleAbout(refs: FieldRef[], findIssue: Rule['findIssue']): Rule {
	return { paths: refs.map(({ path }) => path), findIssue };
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
		const duration = durationIn(body, startRef, endRef);
		if (range === undefined || isWithin(range, duration)) return undefined;
		return issueOf(endRef, describeDuration(duration, range, choice));
	});
}

/** Refuses a clip that is too short or too long. */
export function durationIs(
	startField: INodeProperties,
	endField: INodeProperties,
	range: DurationRange,
): Rule {
	const [startRef, endRef] = [fieldRef(startField), fieldRef(endField)];
	return ruleAbout([startRef, endRef], (body) => {
		const duration = durationIn(body, startRef, endRef);
		if (isWithin(range, duration)) return undefined;
		return issueOf(endRef, describeClipDuration(duration, range));
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
		return issueOf(ref, describeRequired(choiceOf(otherRef, value)));
	});
}

/**
 * Asks for a field where a choice, such as a model, supports only some of its values.
 *
 * @param allowedValues what each choice supports; a choice that is not in it does not need the field
 */
export function requiredBy(
	choiceField: INodeProperties,
	field: INodeProperties,
	allowedValues: ByChoice<readonly unknown[]>,
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), fieldRef(field)];
	return ruleAbout([choiceRef, ref], (body) => {
		const choice = choiceIn(body, choiceRef);
		const allowed = meaningOf(allowedValues, choice, choiceRef);
		if (allowed === undefined || valueOf(body, ref) !== undefined) return undefined;
		const labels = allowed.map((one) => labelOf(ref, one));
		return issueOf(ref, describeRequired(choice, labels));
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
		const labels = values.map((one) => labelOf(otherRef, one));
		return issueOf(ref, describeAllowedOnlyWhen(otherRef.displayName, labels));
	});
}

/**
 * Refuses values that a choice, such as a model, doesn't support; not one that is none of the
 * field's own choices, which only the API knows.
 *
 * @param choiceField the field that decides
 * @param field the field of which it leaves less
 * @param allowedValues what each choice leaves; a choice that is not in it leaves everything
 * @param presumed the choice where the user makes none
 */
export function allowedValuesBy(
	choiceField: INodeProperties,
	field: INodeProperties,
	allowedValues: ByChoice<readonly unknown[]>,
	presumed = '',
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), fieldRef(field)];
	return ruleAbout([choiceRef, ref], (body) => {
		const choice = choiceIn(body, choiceRef, presumed);
		const allowed = meaningOf(allowedValues, choice, choiceRef);
		const value = valueOf(body, ref);
		if (value === undefined || allowed === undefined || allowed.includes(value)) return undefined;
		if (!isKnown(ref, value)) return undefined;
		if (typeof value === 'boolean') return issueOf(ref, describeSwitchNotAllowed(value, choice));
		const labels = allowed.map((one) => labelOf(ref, one));
		return issueOf(ref, describeNotAllowed(labelOf(ref, value), choice, labels));
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

/**
 * Refuses a field with some values of a choice, such as models that do not take it.
 *
 * @param values those of the choice
 * @param presumed the choice where the user makes none
 */
export function notWith(
	choiceField: INodeProperties,
	values: readonly string[],
	field: INodeProperties,
	presumed = '',
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), fieldRef(field)];
	return ruleAbout([choiceRef, ref], (body) => {
		const choice = choiceIn(body, choiceRef, presumed);
		const isTaken = !values.some((value) => value === choice.value);
		if (isTaken || valueOf(body, ref) === undefined) return undefined;
		return issueOf(ref, describeNotWith(choice));
	});
}

/**
 * Refuses text that is too long for a choice, such as a model. The spaces around it do not count.
 *
 * @param maxLengths how many characters each choice takes
 */
export function maxLengthBy(
	choiceField: INodeProperties,
	field: INodeProperties,
	maxLengths: ByChoice<number>,
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), fieldRef(field)];
	return ruleAbout([choiceRef, ref], (body) => {
		const choice = choiceIn(body, choiceRef);
		const maxLength = meaningOf(maxLengths, choice, choiceRef);
		const { length } = String(valueOf(body, ref) ?? '').trim();
		if (maxLength === undefined || length <= maxLength) return undefined;
		return issueOf(ref, describeTextTooLongFor(length, maxLength, choice));
	});
}

/**
 * Refuses files in a list that are of a kind which a choice, such as a model, does not take. A file
 * whose kind nobody knows is none of them.
 *
 * @param fileField the field of each entry that takes the file
 * @param kinds what each choice takes; a choice that is not in it takes every kind
 */
export function fileKindsBy(
	choiceField: INodeProperties,
	list: INodeProperties,
	fileField: INodeProperties,
	kinds: ByChoice<readonly FileKind[]>,
): Rule {
	const [choiceRef, ref] = [fieldRef(choiceField), entryRef(list, fileField)];
	return ruleAbout([choiceRef, ref], (body, fileKindAt) => {
		const choice = choiceIn(body, choiceRef);
		const allowed = meaningOf(kinds, choice, choiceRef);
		if (allowed === undefined) return undefined;
		return findInEntries(body, ref, (_, path) => {
			const kind = fileKindAt(path);
			if (kind === undefined || allowed.includes(kind)) return undefined;
			return describeFileKind(kind, choice, allowed);
		});
	});
}

/** Refuses a text in a list that another entry has already. Case does not count. */
export function distinctInList(list: INodeProperties, field: INodeProperties): Rule {
	const ref = entryRef(list, field);
	return ruleAbout([ref], (body) => {
		const found = new Set<string>();
		return findInEntries(body, ref, (value) => {
			const key = value.toLowerCase();
			if (found.has(key)) return describeDuplicate(value);
			found.add(key);
			return undefined;
		});
	});
}

/**
 * Refuses a text in a list that does not have the form which the API asks for.
 *
 * @param advice what the form is, as a sentence
 */
export function formInList(
	list: INodeProperties,
	field: INodeProperties,
	pattern: RegExp,
	advice: string,
): Rule {
	const ref = entryRef(list, field);
	return ruleAbout([ref], (body) =>
		findInEntries(body, ref, (value) =>
			pattern.test(value) ? undefined : describeWrongForm(value, advice),
		),
	);
}

/** Lets a rule hold only where another field has a value. */
export function whenChosen(otherField: INodeProperties, value: string, rule: Rule): Rule {
	const ref = fieldRef(otherField);
	return {
		paths: [ref.path, ...rule.paths],
		findIssue: (body, fileKindAt) => {
			if (valueOf(body, ref) !== value) return undefined;
			const issue = rule.findIssue(body, fileKindAt);
			return issue && describeWhenChosen(issue, choiceOf(ref, value));
		},
	};
}

/** Lets a rule hold only where a field is given. */
export function whenGiven(field: INodeProperties, rule: Rule): Rule {
	const ref = fieldRef(field);
	return {
		paths: [ref.path, ...rule.paths],
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

/** @returns the length of a clip in seconds; NaN where its start or its end is not a number */
function durationIn(body: IDataObject, startRef: FieldRef, endRef: FieldRef): number {
	const { start = NaN, end = NaN } = clipIn(body, startRef, endRef);
	// Differences such as 45.1 - 0.1 are not exact in binary.
	return Number((end - start).toFixed(3));
}

/** Whether a length is within a range, or is none. */
function isWithin({ min = 0, max }: DurationRange, seconds: number): boolean {
	return Number.isNaN(seconds) || (seconds >= min && seconds <= max);
}

/**
 * Looks at a field of each entry of a list.
 *
 * @param find tells what is wrong with a value, and knows its place in the request's body
 * @returns the first issue, under the name of its entry
 */
function findInEntries(
	body: IDataObject,
	{ displayName, path: listPath, key }: EntryRef,
	find: (value: string, path: Path) => ValueIssue | undefined,
): ValidationIssue | undefined {
	const entries = getPath(body, listPath);
	if (!Array.isArray(entries)) return undefined;
	for (const index of entries.keys()) {
		const path = [...listPath, String(index), key];
		const issue = find(String(getPath(body, path)), path);
		const name = displayName.replace('{}', String(index + 1));
		if (issue !== undefined) return { displayName: name, ...issue };
	}
	return undefined;
}

/** @returns the value of a choice, by which tables are read; `presumed` where there is none */
function choiceIn(body: IDataObject, ref: FieldRef, presumed: unknown = ''): ChosenValue {
	return choiceOf(ref, valueOf(body, ref) ?? presumed);
}

function choiceOf(ref: FieldRef, value: unknown): ChosenValue {
	const { displayName, isModel } = ref;
	return { displayName, isModel, label: labelOf(ref, value), value };
}

/** @returns the label that a field's own choice has in the editor, or else the value as it is */
function labelOf({ choices }: FieldRef, value: unknown): Label {
	const choice = choices.find((one) => one.value === value);
	if (choice !== undefined) return choice.name;
	return typeof value === 'number' ? value : String(value);
}

/**
 * @returns what a choice means; undefined for one that the field's own list or the table lacks, such
 * as "constructor"
 */
function meaningOf<Meaning>(
	table: ByChoice<Meaning>,
	{ value }: ChosenValue,
	choiceRef: FieldRef,
): Meaning | undefined {
	const key = String(value);
	return isKnown(choiceRef, value) && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Whether a value is one of a field's choices, if it has any. */
function isKnown({ choices }: FieldRef, value: unknown): boolean {
	return choices.length === 0 || choices.some((choice) => choice.value === value);
}

/** @returns what the request's body has of a field */
function valueOf(body: IDataObject, { path }: FieldRef): unknown {
	return getPath(body, path);
}

function issueOf({ displayName }: Pick<FieldRef, 'displayName'>, issue: ValueIssue) {
	return { displayName, ...issue };
}
