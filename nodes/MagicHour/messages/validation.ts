import type { StrayCharacter } from '../http/characters';
import type { ErrorMessage } from './errorMessage';
import { excerpt, formatAlternatives, formatList, lowerFirst } from './text';

/** Why a parameter cannot be as the user has set it. */
export interface ValidationIssue {
	displayName: string;
	/** What is wrong with its value, to follow its name. */
	reason: string;
	/** What to set instead, as a sentence. */
	advice: string;
}

/** The same, where the parameter is known from elsewhere. */
export type ValueIssue = Pick<ValidationIssue, 'reason' | 'advice'>;

/** Describes a parameter that cannot be as it is, where nothing was sent for the item. */
export function describeValidationIssue(issue: ValidationIssue): ErrorMessage {
	const { displayName, reason, advice } = issue;
	return {
		message: `The parameter '${displayName}' ${reason}`,
		description: `Nothing was sent for this item. ${advice}`,
	};
}

/** @param hint what the field takes, as its hint says */
export function describeEmpty(displayName: string, hint: string | undefined): ValidationIssue {
	const advice = hint === undefined ? 'Enter a value.' : `Enter ${lowerFirst(hint)}.`;
	return { displayName, reason: 'is empty', advice };
}

/** Describes a list that needs an entry. */
export function describeEmptyList(displayName: string): ValidationIssue {
	return { displayName, reason: 'is empty', advice: 'Add at least one entry.' };
}

/** Describes a list that is too long. */
export function describeTooManyEntries(
	displayName: string,
	count: number,
	maxItems: number,
): ValidationIssue {
	return { displayName, reason: `has ${count} entries`, advice: `Give at most ${maxItems}.` };
}

/** Describes a wait that is not a number. */
export function describeWaitNotNumber(displayName: string): ValidationIssue {
	return { displayName, reason: 'is not a number', advice: 'Set it to a number of seconds.' };
}

/** What a number may be. */
export interface NumberBounds {
	minValue?: number;
	maxValue?: number;
	/** 0 for whole numbers. */
	numberPrecision?: number;
	/** Numbers in steps of this. */
	multipleOf?: number;
}

export function describeNotNumber(bounds: NumberBounds): ValueIssue {
	return { reason: 'is not a number', advice: `Give ${formatBounds(bounds)}.` };
}

export function describeNumberOutOfBounds(value: number, bounds: NumberBounds): ValueIssue {
	return { reason: `is ${value}, which is not possible`, advice: `Give ${formatBounds(bounds)}.` };
}

function formatBounds({ minValue, maxValue, numberPrecision, multipleOf }: NumberBounds): string {
	const what = numberPrecision === 0 && multipleOf === undefined ? 'a whole number' : 'a number';
	const steps = multipleOf === undefined ? '' : ` in steps of ${multipleOf}`;
	if (minValue !== undefined && maxValue !== undefined) {
		return `${what} from ${minValue} to ${maxValue}${steps}`;
	}
	if (minValue !== undefined) return `${what} of at least ${minValue}${steps}`;
	if (maxValue !== undefined) return `${what} of at most ${maxValue}${steps}`;
	return `${what}${steps}`;
}

export function describeNotBoolean(): ValueIssue {
	return { reason: 'is neither true nor false', advice: 'Use true or false.' };
}

/** Describes a value that a field does not offer; `labels` are those of what it offers. */
export function describeNotAChoice(value: string, labels: readonly string[]): ValueIssue {
	return {
		reason: `is "${excerpt(value)}", which is not one of its choices`,
		advice: `Use one of: ${excerpt(labels.join(', '))}.`,
	};
}

/** What is wrong with a text that has a character which cannot be seen or was lost. */
export const strayCharacterReasons: Record<StrayCharacter, string> = {
	controlCharacter: 'contains a line break or another control character',
	brokenCharacter: 'contains a broken character',
	invisibleCharacter: 'contains a character that cannot be seen',
};

/** @returns what is wrong with a text that an expression left behind, such as `undefined` */
export function describeLeftover(text: string): string {
	return `is "${excerpt(text)}", which an expression gives when its value is missing or of another type`;
}

/** Describes a text that an expression left behind; an object or a list is no text at all. */
export function describeLeftoverText(text: string): ValueIssue {
	return { reason: describeLeftover(text), advice: 'Check its expression.' };
}

export function describeNotText(): ValueIssue {
	return { reason: 'is not text', advice: 'Give it as text.' };
}

const jsonObjectAdvice = 'Enter a JSON object, such as {"name": "value"}.';

export function describeNotJson(): ValueIssue {
	return { reason: 'is not valid JSON', advice: jsonObjectAdvice };
}

/** Describes JSON that is a list, text, a number, true, false or null. */
export function describeNotJsonObject(): ValueIssue {
	return { reason: 'must be a JSON object', advice: jsonObjectAdvice };
}

/** Describes a JSON object with a key that could harm whoever merges it. */
export function describeForbiddenKey(key: string): ValueIssue {
	return {
		reason: `contains the key "${key}", which is not supported`,
		advice: 'Remove this key.',
	};
}

/** Describes JSON that nests deeper than so many levels. */
export function describeTooDeep(maxDepth: number): ValueIssue {
	return { reason: `is nested deeper than ${maxDepth} levels`, advice: 'Use fewer levels.' };
}

export function describeTextTooLong(length: number, maxLength: number): ValueIssue {
	return {
		reason: `is ${length} characters long`,
		advice: `Give at most ${maxLength} characters.`,
	};
}

export function describeTooManyFiles(count: number, maxItems: number): ValueIssue {
	return maxItems === 1
		? {
				reason: `has ${count} files, but takes one`,
				advice: 'Enter one file. For several files, use an item for each.',
			}
		: { reason: `has ${count} files`, advice: `Give at most ${maxItems}.` };
}

/** Describes a web address with a character that none has. */
export function describeStrayCharacter(stray: StrayCharacter): ValueIssue {
	return { reason: strayCharacterReasons[stray], advice: describeNotWebUrl().advice };
}

export function describeNotWebUrl(): ValueIssue {
	return {
		reason: 'is not a complete web address',
		advice: 'Give it as a browser shows it, from https:// onwards.',
	};
}

export function describeEmptyGroup(): ValueIssue {
	return { reason: 'is empty', advice: 'Add at least one.' };
}

/** Describes a clip whose end, in seconds, is not after its start. */
export function describeEndNotAfterStart(
	end: number,
	start: number,
	startDisplayName: string,
): ValueIssue {
	return {
		reason: `is ${end}, which is not after '${startDisplayName}' (${start})`,
		advice: `Give a number above ${start}.`,
	};
}

/** What a field is set to, as the editor shows it: the label of a choice, or a number. */
export type Label = string | number;

/** A field that decides what others may be, and what it is set to. */
export interface Choice {
	displayName: string;
	label: Label;
}

/** @returns the choice as the subject of a sentence: a model speaks for itself */
function formatChoice({ displayName, label }: Choice): string {
	const text = labelOf(label);
	return displayName === 'Model' ? text : `the '${displayName}' ${text}`;
}

function labelOf(label: Label): string {
	return excerpt(String(label));
}

/** @returns what else could be chosen, for example "another model" */
function anotherChoice({ displayName }: Choice): string {
	return displayName === 'Model' ? 'another model' : `another '${displayName}'`;
}

/** Describes a field that is empty, and must not be because of a choice. */
export function describeRequired(choice: Choice): ValueIssue {
	return {
		reason: `is empty, but ${formatChoice(choice)} requires it`,
		advice: `Enter a value, or choose ${anotherChoice(choice)}.`,
	};
}

/**
 * Describes an empty field that is needed since another one, which could stand for it, is empty too.
 *
 * @param displayNames those of all fields that the other one could stand for
 */
export function describeRequiredUnless(
	otherDisplayName: string,
	displayNames: string[],
): ValueIssue {
	const names = formatList(displayNames.map((name) => `'${name}'`));
	return {
		reason: `is empty, and so is '${otherDisplayName}'`,
		advice: `Choose a '${otherDisplayName}', or fill in all of: ${names}.`,
	};
}

/** Describes a field that has no effect unless another one has one of these values. */
export function describeAllowedOnlyWhen(otherDisplayName: string, labels: Label[]): ValueIssue {
	const wanted = formatAlternatives(labels);
	return {
		reason: `is only supported when '${otherDisplayName}' is ${wanted}`,
		advice: `Remove it, or set '${otherDisplayName}' to ${wanted}.`,
	};
}

/** Describes a value that a choice doesn't support; `allowed` are those that it supports. */
export function describeNotAllowed(label: Label, choice: Choice, allowed: Label[]): ValueIssue {
	return {
		reason: `is ${labelOf(label)}, which ${formatChoice(choice)} doesn't support`,
		advice: `Use ${formatAlternatives(allowed)}, or choose ${anotherChoice(choice)}.`,
	};
}

/** Describes a switch that a choice doesn't support as it is. */
export function describeSwitchNotAllowed(isOn: boolean, choice: Choice): ValueIssue {
	return {
		reason: `is ${isOn ? 'on' : 'off'}, which ${formatChoice(choice)} doesn't support`,
		advice: `Turn it ${isOn ? 'off' : 'on'}, or choose ${anotherChoice(choice)}.`,
	};
}

/** Describes more files than a choice takes. */
export function describeMoreFilesThan(maxFiles: number, count: number, choice: Choice): ValueIssue {
	return {
		reason: `has ${count} files, but ${formatChoice(choice)} takes up to ${maxFiles}`,
		advice: `Use fewer, or choose ${anotherChoice(choice)}.`,
	};
}

/** How long a clip may be, in seconds. */
export interface DurationRange {
	min?: number;
	max: number;
}

/** @returns how long a clip may be, for example "up to 60 seconds" */
export function formatDuration({ min = 0, max }: DurationRange): string {
	return `${min === 0 ? 'up' : min} to ${max} seconds`;
}

/** Describes a clip that is too short or too long for a choice. */
export function describeDuration(
	seconds: number,
	range: DurationRange,
	choice: Choice,
): ValueIssue {
	const words = formatDuration(range);
	return {
		reason: `makes the clip ${seconds} seconds long, but ${formatChoice(choice)} takes ${words}`,
		advice: `Choose a clip of ${words}, or ${anotherChoice(choice)}.`,
	};
}

/** Adds to an issue that it is one only because another field is filled in. */
export function describeWhenGiven<Issue extends ValueIssue>(
	issue: Issue,
	displayName: string,
): Issue {
	return {
		...issue,
		reason: `${issue.reason} when '${displayName}' is set`,
		advice: `${issue.advice} Or remove '${displayName}'.`,
	};
}

/** Adds to an issue that it is one only because another field has a value. */
export function describeWhenChosen<Issue extends ValueIssue>(issue: Issue, choice: Choice): Issue {
	return {
		...issue,
		reason: `${issue.reason} when '${choice.displayName}' is ${labelOf(choice.label)}`,
		advice: `${issue.advice} Or choose ${anotherChoice(choice)}.`,
	};
}

/** Describes a clip that is too short or too long. */
export function describeClipDuration(seconds: number, range: DurationRange): ValueIssue {
	return {
		reason: `makes the clip ${seconds} seconds long`,
		advice: `Choose a clip of ${formatDuration(range)}.`,
	};
}

/** Describes a field that a choice does not take at all. */
export function describeNotWith(choice: Choice): ValueIssue {
	return {
		reason: `can't be used with ${formatChoice(choice)}`,
		advice: `Remove it, or choose ${anotherChoice(choice)}.`,
	};
}

/** Describes text that is too long for a choice. */
export function describeTextTooLongFor(
	length: number,
	maxLength: number,
	choice: Choice,
): ValueIssue {
	return {
		reason: `is ${length} characters long, but ${formatChoice(choice)} takes up to ${maxLength}`,
		advice: `Shorten it, or choose ${anotherChoice(choice)}.`,
	};
}

/** How each kind of file is named in a sentence. */
const fileKindNames = { audio: 'audio', image: 'an image', video: 'a video' };

type NamedFileKind = keyof typeof fileKindNames;

/** Describes a file of a kind that a choice does not take; `kinds` are those that it takes. */
export function describeFileKind(
	kind: NamedFileKind,
	choice: Choice,
	kinds: readonly NamedFileKind[],
): ValueIssue {
	const names = formatAlternatives(kinds.map((one) => fileKindNames[one]));
	return {
		reason: `is ${fileKindNames[kind]}, which ${formatChoice(choice)} doesn't support`,
		advice: `Use ${names}, or choose ${anotherChoice(choice)}.`,
	};
}

/** Describes text that another entry of the same list has already, case aside. */
export function describeDuplicate(value: string): ValueIssue {
	return {
		reason: `is "${excerpt(value)}", which another entry already has`,
		advice: 'Enter a different one. Uppercase and lowercase letters count as the same.',
	};
}

/** Describes text that does not have the form that the API asks for. */
export function describeWrongForm(value: string, advice: string): ValueIssue {
	return { reason: `is "${excerpt(value)}", which is not valid`, advice };
}
