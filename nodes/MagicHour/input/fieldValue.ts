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
import { choicesOf } from './choices';
import { limitsOf, type FieldLimits } from './fieldLimits';
import { readJsonObject } from './jsonObject';

/** The types that expressions give where text is meant, beside finite numbers. */
const textTypes = new Set(['bigint', 'boolean', 'string']);

type Field = Pick<INodeProperties, 'displayName' | 'type' | 'options' | 'typeOptions'>;

/** Makes the error of a value that is not valid. */
type Invalid = (issue: ValueIssue) => Error;

/**
 * Reads the value of a field in the form in which the API takes it. An expression may give any type:
 * a number as a text, for example. Files are read by `fileInput.ts`.
 *
 * @param given what the user has set
 * @returns undefined where that is empty
 * @throws ItemError where it is not of the field's type, or beyond its limits
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
		case 'json':
			return readJsonObject(given, displayName);
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

/** A sheet or a model may write a choice in other case, or as its label. */
function readChoice(given: unknown, field: Field, invalid: Invalid): unknown {
	const choices = choicesOf(field);
	const text = String(given).trim();
	const exact = choices.find(({ value }) => String(value) === text);
	if (exact !== undefined) return exact.value;
	const lowerCase = text.toLowerCase();
	for (const wording of ['value', 'name'] as const) {
		const [choice, other] = choices.filter(
			(one) => String(one[wording]).toLowerCase() === lowerCase,
		);
		if (choice !== undefined && other === undefined) return choice.value;
	}
	const possible = choices.map(({ value }) => value).filter((value) => value !== '');
	throw invalid(describeNotAChoice(text, possible));
}

function readText(given: unknown, { maxLength = Infinity }: FieldLimits, invalid: Invalid) {
	if (typeof given === 'object') throw invalid(describeNotText());
	const text = String(given);
	if (text.trim() === '') return undefined;
	const isText = typeof given === 'number' ? Number.isFinite(given) : textTypes.has(typeof given);
	if (!isText || isLeftover(text)) throw invalid(describeLeftoverText(text.trim()));
	const { length } = text;
	if (length <= maxLength) return text;
	throw invalid(describeTextTooLong(length, maxLength));
}
