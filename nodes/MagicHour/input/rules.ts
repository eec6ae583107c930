import type { IDataObject } from 'n8n-workflow';
import type { ValidationIssue } from '../messages/validation';
import { getPath, parsePath } from './path';

/** Something that must hold between an operation's fields; sees the request's body. */
export type Rule = (body: IDataObject) => ValidationIssue | undefined;

/** A field, as the messages and the request's body name it. */
export interface Named {
	displayName: string;
	/** Its place in the request's body. */
	property: string;
}

/** Refuses a part that ends before it begins. */
export const endAfterStart: Rule = ({ start_seconds: start = 0, end_seconds: end }) =>
	typeof start === 'number' && typeof end === 'number' && end <= start
		? {
				displayName: 'End Seconds',
				reason: `is ${end}, which is not after Start Seconds (${start})`,
				advice: `Give a number above ${start}.`,
			}
		: undefined;

/** Asks for a field where another one has one of these values. */
export function neededWhere(field: Named, other: Named, ...values: unknown[]): Rule {
	return (body) => {
		const value = valueOf(body, other);
		if (!values.includes(value)) return undefined;
		if (valueOf(body, field) !== undefined) return undefined;
		return {
			displayName: field.displayName,
			reason: `is empty, and ${other.displayName} is "${String(value)}"`,
			advice: `Fill it in, or choose another ${other.displayName}.`,
		};
	};
}

/** Asks for fields where another one, which could stand for all of them, is empty. */
export function neededWithout(other: Named, ...fields: Named[]): Rule {
	return (body) => {
		const isEmpty = (field: Named) => valueOf(body, field) === undefined;
		const empty = fields.find(isEmpty);
		if (empty === undefined || !isEmpty(other)) return undefined;
		const names = fields.map(({ displayName }) => displayName).join(', ');
		return {
			displayName: empty.displayName,
			reason: `is empty, and so is ${other.displayName}`,
			advice: `Choose a ${other.displayName}, or fill in all of: ${names}.`,
		};
	};
}

/** Asks for a group of fields of which none is required by itself. */
export function needed(group: Named): Rule {
	const { displayName } = group;
	return (body) =>
		valueOf(body, group) === undefined
			? { displayName, reason: 'is empty', advice: 'Add at least one.' }
			: undefined;
}

/** Refuses a field that counts only where another one has one of these values. */
export function onlyWhere(field: Named, other: Named, ...values: unknown[]): Rule {
	return (body) => {
		if (valueOf(body, field) === undefined) return undefined;
		if (values.includes(valueOf(body, other))) return undefined;
		const words = `${other.displayName} is ${values.map((value) => `"${String(value)}"`).join(' or ')}`;
		return {
			displayName: field.displayName,
			reason: `counts only where ${words}`,
			advice: `Leave it out, or see to it that ${words}.`,
		};
	};
}

/** Lets a rule hold only where a field is given. */
export function whereGiven(field: Named, rule: Rule): Rule {
	return (body) => {
		if (valueOf(body, field) === undefined) return undefined;
		const refusal = rule(body);
		return (
			refusal && {
				...refusal,
				reason: `${refusal.reason} where ${field.displayName} is given`,
				advice: `${refusal.advice} Or leave out ${field.displayName}.`,
			}
		);
	};
}

/** Refuses what is not a complete web address. */
export function webAddress(field: Named): Rule {
	const { displayName } = field;
	return (body) => {
		const value = valueOf(body, field);
		if (value === undefined || /^https?:\/\/./i.test(String(value))) return undefined;
		return {
			displayName,
			reason: 'is not a complete web address',
			advice: 'Give it as a browser shows it, from https:// onwards.',
		};
	};
}

/** How long a part of a video or a sound may be, in seconds. */
export interface Lengths {
	least?: number;
	most: number;
}

/**
 * Refuses a part that is too short or too long for a choice, such as a model.
 *
 * @param choice the field that decides
 * @param table what each choice takes; a choice that is not in it takes everything
 * @param presumed the choice where the user makes none
 */
export function lengthBy(choice: Named, table: Record<string, Lengths>, presumed = ''): Rule {
	return (body) => {
		const { start_seconds: start = 0, end_seconds: end } = body;
		const chosen = chosenIn(body, choice, presumed);
		const lengths: Lengths | undefined = table[chosen];
		if (typeof start !== 'number' || typeof end !== 'number' || !lengths) return undefined;
		const { least = 0, most } = lengths;
		// Differences such as 45.1 - 0.1 are not exact in binary.
		const length = Number((end - start).toFixed(3));
		if (length >= least && length <= most) return undefined;
		const words = least === 0 ? `at most ${most} seconds` : `${least} to ${most} seconds`;
		return {
			displayName: 'End Seconds',
			reason: `makes the part ${length} seconds long, and ${choice.displayName} "${chosen}" takes ${words}`,
			advice: `Choose a part of ${words}, or another ${choice.displayName}.`,
		};
	};
}

/** What one choice leaves of the values of other fields, by their place in the request's body. */
export type Allowed = Record<string, readonly unknown[]>;

/**
 * Refuses what a choice, such as a model, does not go with.
 *
 * @param choice the field that decides
 * @param fields those that it leaves less of
 * @param table what each choice leaves; a choice that is not in it leaves everything
 */
export function allowedBy(choice: Named, fields: Named[], table: Record<string, Allowed>): Rule {
	return (body) => {
		const chosen = chosenIn(body, choice);
		for (const field of fields) {
			const refusal = refusalOf(body, field, choice, chosen, table[chosen]?.[field.property]);
			if (refusal !== undefined) return refusal;
		}
		return undefined;
	};
}

/**
 * Refuses more files than a choice, such as a model, takes.
 *
 * @param table how many files each choice takes; a choice that is not in it takes any number
 */
export function atMostBy(choice: Named, field: Named, table: Record<string, number>): Rule {
	return (body) => {
		const chosen = chosenIn(body, choice);
		const most = table[chosen];
		const files = valueOf(body, field);
		if (most === undefined || !Array.isArray(files) || files.length <= most) return undefined;
		return {
			displayName: field.displayName,
			reason: `has ${files.length} files, and ${choice.displayName} "${chosen}" takes at most ${most}`,
			advice: `Give fewer, or choose another ${choice.displayName}.`,
		};
	};
}

/** @returns the value of a choice, by which tables are read; `presumed` where there is none */
function chosenIn(body: object, choice: Named, presumed = ''): string {
	return String(valueOf(body, choice) ?? presumed);
}

/** @returns what the request's body has of a field */
function valueOf(body: object, { property }: Named): unknown {
	return getPath(body, parsePath(property));
}

function refusalOf(
	body: object,
	field: Named,
	choice: Named,
	chosen: string,
	allowed: readonly unknown[] | undefined,
): ValidationIssue | undefined {
	const value = valueOf(body, field);
	if (value === undefined || allowed === undefined || allowed.includes(value)) return undefined;
	const goesWith = `${choice.displayName} "${chosen}"`;
	return {
		displayName: field.displayName,
		reason: `is ${String(value)}, which ${goesWith} does not go with`,
		advice:
			allowed.length === 0
				? `Leave it out, or choose another ${choice.displayName}.`
				: `With ${goesWith}, give one of: ${allowed.map(String).join(', ')}.`,
	};
}
