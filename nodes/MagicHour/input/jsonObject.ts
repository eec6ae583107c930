import type { IDataObject } from 'n8n-workflow';
import { validationError } from '../execution/itemError';
import { isLeftover } from '../execution/leftovers';
import { isObject, propertiesOf } from '../http/json';
import {
	describeForbiddenKey,
	describeLeftoverText,
	describeNotJson,
	describeNotJsonObject,
	describeTooDeep,
	type ValueIssue,
} from '../messages/validation';
import { isGroup } from './path';

/** Keys by which a merge of objects could reach what all objects share. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** How deeply it may nest: more than any request of the API does. */
const maxDepth = 50;

/**
 * Reads a JSON object that a user gives as text, or by an expression as an object.
 *
 * @param displayName of the parameter
 * @returns a copy of it; undefined where nothing is given
 * @throws ItemError where it is something else, nests too deeply, or has a key that no request may have
 */
export function readJsonObject(given: unknown, displayName: string): IDataObject | undefined {
	const invalid = (issue: ValueIssue) => validationError({ displayName, ...issue });
	if (given === undefined || given === null) return undefined;
	if (typeof given === 'string' && given.trim() === '') return undefined;
	if (typeof given === 'string' && isLeftover(given)) throw invalid(describeLeftoverText(given));

	const { value, issue } = parseJson(given);
	if (issue !== undefined) throw invalid(issue);
	if (!isGroup(value)) throw invalid(describeNotJsonObject());
	const issueWithin = findIssueWithin(value);
	if (issueWithin !== undefined) throw invalid(issueWithin);
	return value;
}

/** Whether a value has anything in it, at any depth: text, a number, or a yes or no. */
export function isFilledIn(value: unknown): boolean {
	if (isObject(value)) return Object.values(value).some(isFilledIn);
	return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}

/** @returns a copy of what is JSON, or has a form in JSON */
function parseJson(given: unknown): { value?: unknown; issue?: ValueIssue } {
	try {
		const text = typeof given === 'string' ? given : JSON.stringify(given);
		const value: unknown = JSON.parse(text);
		return { value };
	} catch (error) {
		// That is how the stack tells that it overflows.
		const isTooDeep = propertiesOf(error).name === 'RangeError';
		return { issue: isTooDeep ? describeTooDeep(maxDepth) : describeNotJson() };
	}
}

/** Looks at one level after the other, so that no depth overflows the stack. */
function findIssueWithin(value: IDataObject): ValueIssue | undefined {
	let level: object[] = [value];
	for (let depth = 1; level.length > 0; depth++) {
		if (depth > maxDepth) return describeTooDeep(maxDepth);
		const key = level.flatMap(Object.keys).find((name) => forbiddenKeys.has(name));
		if (key !== undefined) return describeForbiddenKey(key);
		level = level.flatMap((part) => Object.values(part)).filter(isObject);
	}
	return undefined;
}
