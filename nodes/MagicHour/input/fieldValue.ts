import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { isLeftover } from '../execution/leftovers';
import {
	describeLeftoverText,
	describeNotAChoice,
	describeNotBoolean,
	describeNotNumber,
	describeNotText,
	describeNumberOutOfBounds,
	describeTextTooLong,
	type ValueIssue,
} from '../messages/validation';
import { choicesOf, type FieldChoice } from './choices';
import { limitsOf, type FieldLimits } from './fieldLimits';
import { isFilledIn, readJsonObject } from './jsonObject';

/** The types that expressions give where text is meant, beside finite numbers. */
const textTypes = new Set(['bigint', 'boolean', 'string']);
/** What a number holds as it is written; of more digits it would lose some, or all. */
const decimal = /^-?\d{1,15}(?:\.\d+)?$/;

type Field = Pick<INodeProperties, 'displayName' | 'type' | 'options' | 'typeOptions' | 'routing'>;

/** Makes the error of a value that is not valid. */
type Invalid = (issue: ValueIssue) => Error;

/**
 * Reads the value of a field in the form in which the API takes it. An expression may give any type:
 * a number as a text, for example. Files are read by `fileInput.ts`.
 *
 * @param given what the user has set
 * @returns undefined where that is empty
 * @throws ItemError where it is not of the field's type, beyond its limits, or no choice of a field
 * that is not sent
 */
export function readFieldValue(field: Field, given: unknown): unknown {
	const { displayName, type } = field;
	const fieldLimits = limitsOf(field);
	const invalid: Invalid = (issue) => validationError({ displayName, ...issue });
	if (given === undefined || given === null || given === '') return undefined;

	switch (type) {
		case 'number':
			return readNumber(given, fieldLimits, invalid);
		case 'boolean':
			return readBoolean(given, invalid);
		case 'options':
			return readChoice(given, field, invalid);
		case 'json': {
			const value = readJsonObject(given, displayName);
			// Such as the field's default, of which only the names of its values stand there.
			return isFilledIn(value) ? value : undefined;
		}
		default:
			return readText(given, fieldLimits, invalid);
	}
}

function readNumber(given: unknown, bounds: FieldLimits, invalid: Invalid): number {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision, multipleOf } = bounds;
	const isReadable =
		typeof given === 'number' || (typeof given === 'string' && given.trim() !== '');
	const value = isReadable ? Number(given) : NaN;
	if (!Number.isFinite(value)) throw invalid(describeNotNumber(bounds));
	const isWithin = value >= minValue && value <= maxValue;
	const isWhole = numberPrecision !== 0 || Number.isInteger(value);
	const isStep = multipleOf === undefined || isWholeNumber(value / multipleOf);
	if (isWithin && isWhole && isStep) return value;
	throw invalid(describeNumberOutOfBounds(value, bounds));
}

/** Steps such as 0.05 are not exact in binary. */
function isWholeNumber(quotient: number): boolean {
	return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

/**
 * Reads a switch of the Options collection.
 *
 * @returns undefined where the user has not set it
 * @throws ItemError where it is neither true nor false, or its expression fails
 */
export function readSwitch(item: ItemContext, option: INodeProperties): boolean | undefined {
	return readBoolean(item.option(option, ''), ({ reason, advice }) =>
		validationError({ displayName: option.displayName, reason, advice }),
	);
}

/**
 * Reads a switch of the Options collection that must say which, once it is added: one that an
 * expression leaves empty must not do what the user has added it against.
 *
 * @returns false where the user has not added it
 * @throws ItemError where it is neither true nor false, or its expression fails
 */
export function readRequiredSwitch(item: ItemContext, option: INodeProperties): boolean {
	if (!item.hasOption(option)) return false;
	const value = readSwitch(item, option);
	if (value !== undefined) return value;
	throw validationError({ displayName: option.displayName, ...describeNotBoolean() });
}

/** @returns undefined for what is empty; null for what is neither true nor false */
export function parseBoolean(given: unknown): boolean | undefined | null {
	if (given === undefined || given === null || typeof given === 'boolean')
		return given ?? undefined;
	if (typeof given !== 'string') return null;
	const text = given.trim().toLowerCase();
	if (text === '') return undefined;
	return text === 'true' || (text === 'false' ? false : null);
}

function readBoolean(given: unknown, invalid: Invalid): boolean | undefined {
	const value = parseBoolean(given);
	if (value === null) throw invalid(describeNotBoolean());
	return value;
}

/**
 * Reads a choice: one of the field's values, or the label of one, as a sheet or a model may write it.
 * Where the choice is sent, any other value is one that only the API knows.
 */
function readChoice(given: unknown, field: Field, invalid: Invalid): unknown {
	const choices = choicesOf(field);
	const text = String(given).trim();
	if (text === '') return undefined;
	const found = choices.find(({ value }) => String(value) === text) ?? findChoice(choices, text);
	if (found !== undefined) return found.value === '' ? undefined : found.value;
	if (field.routing?.send !== undefined && isSingleValue(given, text)) {
		const isNumeric = choices.every(({ value }) => typeof value === 'number');
		return isNumeric && decimal.test(text) ? Number(text) : text;
	}
	const labels = choices.map(({ name }) => name);
	throw invalid(describeNotAChoice(text, labels));
}

/** @returns the choice that is so written in any case, by its value or else by its label */
function findChoice(choices: FieldChoice[], text: string): FieldChoice | undefined {
	const wanted = foldCase(text);
	for (const wording of ['value', 'name'] as const) {
		const [choice, other] = choices.filter((one) => foldCase(String(one[wording])) === wanted);
		if (choice !== undefined && other === undefined) return choice;
	}
	return undefined;
}

/** @returns the text as it is compared: without case, and with one space for any white space */
function foldCase(text: string): string {
	return text.replace(/\s+/g, ' ').toLowerCase();
}

/** Whether a value is text, or can be written as text, and is not what an expression left behind. */
function isSingleValue(given: unknown, text: string): boolean {
	if (typeof given === 'number') return Number.isFinite(given);
	return textTypes.has(typeof given) && !isLeftover(text);
}

function readText(given: unknown, fieldLimits: FieldLimits, invalid: Invalid) {
	if (typeof given === 'object') throw invalid(describeNotText());
	const { maxLength = Infinity, countsTrimmed = false, dropsPrefix } = fieldLimits;
	const text = dropsPrefix === undefined ? String(given) : withoutPrefix(given, dropsPrefix);
	if (text.trim() === '') return undefined;
	if (!isSingleValue(given, text)) throw invalid(describeLeftoverText(text.trim()));
	const { length } = countsTrimmed ? text.trim() : text;
	if (length <= maxLength) return text;
	throw invalid(describeTextTooLong(length, maxLength));
}

/** @returns the text without spaces around it, and without a prefix that other text follows */
function withoutPrefix(given: unknown, prefix: string): string {
	const text = String(given).trim();
	return text.startsWith(prefix) && text !== prefix ? text.slice(prefix.length) : text;
}
