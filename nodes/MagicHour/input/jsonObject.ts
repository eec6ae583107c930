import type { IDataObject } from 'n8n-workflow';
import { validationError } from '../execution/itemError';
import { isLeftover } from '../execution/leftovers';
import { isObject } from '../http/json';
import {
	describeForbiddenKey,
	describeLeftoverText,
	describeNotJson,
	describeNotJsonObject,
	type ValueIssue,
} from '../messages/validation';

/** Keys by which a merge of objects could reach what all objects share. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON object that a user gives as text, or by an expression as an object.
 *
 * @param displayName of the parameter
 * @returns a copy of it; undefined where nothing is given
 * @throws ItemError where it is something else, or has a key that no request may have, at any depth
 */
export function readJsonObject(given: unknown, displayName: string): IDataObject | undefined {
	const invalid = (issue: ValueIssue) => validationError({ displayName, ...issue });
	if (given === undefined || given === null) return undefined;
	if (typeof given === 'string' && given.trim() === '') return undefined;
	if (typeof given === 'string' && isLeftover(given)) throw invalid(describeLeftoverText(given));

	const parsed = parseJson(given);
	if (parsed === undefined) throw invalid(describeNotJson());
	const { value, forbiddenKey } = parsed;
	if (!isObject(value) || Array.isArray(value)) throw invalid(describeNotJsonObject());
	if (forbiddenKey !== undefined) throw invalid(describeForbiddenKey(forbiddenKey));
	return value;
}

/** @returns undefined for what is not JSON and has no form in JSON */
function parseJson(given: unknown): { value: unknown; forbiddenKey?: string } | undefined {
	let forbiddenKey: string | undefined;
	const text = typeof given === 'string' ? given : stringify(given);
	try {
		const value: unknown = JSON.parse(text, (key, part: unknown) => {
			if (forbiddenKeys.has(key)) forbiddenKey = key;
			return part;
		});
		return { value, forbiddenKey };
	} catch {
		return undefined;
	}
}

/** @returns an empty text for what has no form in JSON, such as an object that contains itself */
function stringify(given: unknown): string {
	try {
		return JSON.stringify(given) ?? '';
	} catch {
		return '';
	}
}
