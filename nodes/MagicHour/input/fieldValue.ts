import type { INodeProperties } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import { validationError } from '../execution/itemError';
import { excerpt } from '../messages/text';

/** What bounds the value of a field, in its `typeOptions`. */
export interface FieldLimits {
	minValue?: number;
	maxValue?: number;
	/** 0 for whole numbers. */
	numberPrecision?: number;
	/** Numbers in steps of this. */
	multipleOf?: number;
	/** Characters of a text. */
	maxLength?: number;
	/** Entries of a list; a file field that has it takes several files. */
	maxItems?: number;
	/** The kinds of files that a file field takes. */
	fileKinds?: readonly FileKind[];
}

type Field = Pick<INodeProperties, 'displayName' | 'type' | 'options' | 'typeOptions'>;

type Refuse = (reason: string, advice: string) => Error;

/**
 * Reads the value of a field in the form in which the API takes it. An expression may give any type:
 * a number as a text, for example.
 *
 * @param given what the user gave
 * @returns undefined where that is empty
 * @throws ItemError where it is not of the field's type, or beyond its limits
 */
export function readFieldValue(field: Field, given: unknown): unknown {
	const { displayName, type, typeOptions } = field;
	const limits: FieldLimits = typeOptions ?? {};
	const refuse: Refuse = (reason, advice) => validationError({ displayName, reason, advice });
	if (given === undefined || given === null || given === '') return undefined;

	switch (type) {
		case 'number':
			return readNumber(given, limits, refuse);
		case 'boolean':
			return readBoolean(given, refuse);
		case 'options':
			return readChoice(given, field, refuse);
		default:
			return limits.fileKinds !== undefined && limits.maxItems !== undefined
				? readFiles(given, limits.maxItems, refuse)
				: readText(given, limits, refuse);
	}
}

function readNumber(given: unknown, limits: FieldLimits, refuse: Refuse): number {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision, multipleOf } = limits;
	const isReadable =
		typeof given === 'number' || (typeof given === 'string' && given.trim() !== '');
	const value = isReadable ? Number(given) : NaN;
	if (!Number.isFinite(value)) throw refuse('is not a number', `Give ${wordsOfBounds(limits)}.`);
	const isWithin = value >= minValue && value <= maxValue;
	const isWhole = numberPrecision !== 0 || Number.isInteger(value);
	const isStep = multipleOf === undefined || isWholeNumber(value / multipleOf);
	if (isWithin && isWhole && isStep) return value;
	throw refuse(`is ${value}, which is not possible`, `Give ${wordsOfBounds(limits)}.`);
}

/** Steps such as 0.05 are not exact in binary. */
function isWholeNumber(quotient: number): boolean {
	return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

function wordsOfBounds(limits: FieldLimits): string {
	const { minValue, maxValue, numberPrecision, multipleOf } = limits;
	const what = numberPrecision === 0 && multipleOf === undefined ? 'a whole number' : 'a number';
	const bounds =
		minValue === undefined
			? maxValue === undefined
				? ''
				: ` of at most ${maxValue}`
			: maxValue === undefined
				? ` of at least ${minValue}`
				: ` from ${minValue} to ${maxValue}`;
	return `${what}${bounds}${multipleOf === undefined ? '' : ` in steps of ${multipleOf}`}`;
}

function readBoolean(given: unknown, refuse: Refuse): boolean {
	if (typeof given === 'boolean') return given;
	const text = String(given).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw refuse('is neither true nor false', 'Give true or false.');
}

function readChoice(given: unknown, { options = [] }: Field, refuse: Refuse): unknown {
	const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
	const text = String(given).trim();
	const choice = choices.find((value) => String(value) === text);
	if (choice !== undefined) return choice;
	const possible = choices.filter((value) => value !== '').map(String);
	const words = excerpt(possible.join(', '));
	throw refuse(`is "${excerpt(text)}", which is not one of its choices`, `Give one of: ${words}.`);
}

function readText(given: unknown, { maxLength = Infinity }: FieldLimits, refuse: Refuse) {
	if (typeof given === 'object') throw refuse('is not text', 'Give it as text.');
	const text = String(given);
	if (text.trim() === '') return undefined;
	const { length } = text;
	if (length <= maxLength) return text;
	throw refuse(`is ${length} characters long`, `Give at most ${maxLength} characters.`);
}

/** Several files come as a list, or as text with commas or line breaks between them. */
function readFiles(given: unknown, maxItems: number, refuse: Refuse): unknown[] | undefined {
	const files: unknown[] = Array.isArray(given) ? given : splitFiles(String(given));
	if (files.length === 0) return undefined;
	if (files.length <= maxItems) return files;
	throw refuse(`has ${files.length} files`, `Give at most ${maxItems}.`);
}

/** A comma without a space after it may be a part of a web address. */
function splitFiles(text: string): string[] {
	return text
		.split(text.includes('://') ? /[\r\n]+|,\s+/ : /[\r\n,]+/)
		.map((file) => file.trim())
		.filter((file) => file !== '');
}
