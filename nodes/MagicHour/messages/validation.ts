import type { StrayCharacter } from '../http/characters';
import type { ErrorMessage } from './errorMessage';
import { excerpt, formatAlternatives, formatList, joinSentences, lowerFirst } from './text';

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
		description: joinSentences('Nothing was sent for this item.', advice),
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
	return {
		displayName,
		reason: `can have up to ${maxItems} entries, but has ${count}`,
		advice: 'Remove the extra entries.',
	};
}

/** Describes a wait that is not a number. */
export function describeWaitNotNumber(displayName: string): ValidationIssue {
	return { displayName, reason: 'is not a number', advice: 'Enter a number of seconds.' };
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
	return { reason: 'is not a number', advice: `Enter ${formatBounds(bounds)}.` };
}

/** Describes a number beyond its bounds; the message says all that there is to do. */
export function describeNumberOutOfBounds(value: number, bounds: NumberBounds): ValueIssue {
	return { reason: `must be ${formatBounds(bounds)}, but is ${value}`, advice: '' };
}

function formatBounds({ minValue, maxValue, numberPrecision, multipleOf }: NumberBounds): string {
	const what = numberPrecision === 0 && multipleOf === undefined ? 'a whole number' : 'a number';
	const steps = multipleOf === undefined ? '' : ` in steps of ${multipleOf}`;
	if (minValue !== undefined && maxValue !== undefined) {
		return `${what} from ${minValue} to ${maxValue}${steps}`;
	}
	if (minValue !== undefined) return `${what} of ${minValue} or more${steps}`;
	if (maxValue !== undefined) return `${what} up to ${maxValue}${steps}`;
	return `${what}${steps}`;
}

export function describeNotBoolean(): ValueIssue {
	return { reason: 'must be true or false', advice: 'Check its expression.' };
}

/** Describes a value that a field does not offer; `labels` are those of what it offers. */
export function describeNotAChoice(value: string, labels: readonly string[]): ValueIssue {
	return {
		reason: `is "${excerpt(value)}", which is not one of its options`,
		advice: `Use one of these: ${excerpt(labels.join(', '))}.`,
	};
}

/** What is wrong with a text that has a character which cannot be seen or was lost. */
export const strayCharacterReasons: Record<StrayCharacter, string> = {
	controlCharacter: 'contains a line break or another control character',
	brokenCharacter: 'contains a broken character',
	invisibleCharacter: 'contains an invisible character',
};

/** @returns what is wrong with a text that an expression left behind, such as `undefined` */
export function describeLeftover(text: string): string {
	return `is "${excerpt(text)}", which an expression returns when its value is missing or has the wrong type`;
}

/** Describes a text that an expression left behind; an object or a list is no text at all. */
export function describeLeftoverText(text: string): ValueIssue {
	return { reason: describeLeftover(text), advice: 'Check its expression.' };
}

export function describeNotText(): ValueIssue {
	return { reason: 'is not text', advice: 'Enter text, or an expression that returns text.' };
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
		reason: `can have up to ${maxLength} characters, but has ${length}`,
		advice: 'Shorten it.',
	};
}

export function describeTooManyFiles(count: number, maxItems: number): ValueIssue {
	return maxItems === 1
		? {
				reason: `takes one file, but has ${count}`,
				advice: 'Enter one file, or use a separate item for each file.',
			}
		: {
				reason: `takes up to ${maxItems} files, but has ${count}`,
				advice: 'Remove the extra files.',
			};
}

/** Describes a URL with a character that none has. */
export function describeStrayCharacter(stray: StrayCharacter): ValueIssue {
	return { reason: strayCharacterReasons[stray], advice: describeNotWebUrl().advice };
}

export function describeNotWebUrl(): ValueIssue {
	return {
		reason: 'is not a complete URL',
		advice: 'Enter the whole URL, with https:// at the beginning.',
	};
}

export function describeEmptyGroup(): ValueIssue {
	return { reason: 'is empty', advice: 'Add at least one of its fields.' };
}

/** Describes a clip whose end, in seconds, is not after its start. */
export function describeEndNotAfterStart(
	end: number,
	start: number,
	startDisplayName: string,
): ValueIssue {
	return {
		reason: `must be after '${startDisplayName}' (${start}), but is ${end}`,
		advice: `Enter a number greater than ${start}.`,
	};
}

/** What a field is set to, as the editor shows it: the label of a choice, or a number. */
export type Label = string | number;

/** A field that decides what others may be, and what it is set to. */
export interface Choice {
	displayName: string;
	label: Label;
	/** Whether it is a model, whose name needs no explanation. */
	isModel: boolean;
}

/** @returns the choice as the subject of a sentence */
function formatChoice({ displayName, label, isModel }: Choice): string {
	const text = labelOf(label);
	return isModel ? text : `the '${displayName}' ${text}`;
}

function labelOf(label: Label): string {
	return excerpt(String(label));
}

/** @returns what else could be chosen, for example "another model" */
function anotherChoice({ displayName, isModel }: Choice): string {
	return isModel ? 'another model' : `another '${displayName}'`;
}

/**
 * Describes a field that is empty, and must not be because of a choice.
 *
 * @param allowed the labels of the values that it may have; none where it takes any
 */
export function describeRequired(choice: Choice, allowed: Label[] = []): ValueIssue {
	const value = allowed.length === 0 ? 'Enter a value' : `Use ${formatAlternatives(allowed)}`;
	return {
		reason: `is empty, but ${formatChoice(choice)} requires it`,
		advice: `${value}, or choose ${anotherChoice(choice)}.`,
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
		advice: `Choose a '${otherDisplayName}', or fill in all of these: ${names}.`,
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
		advice: `Use fewer files, or choose ${anotherChoice(choice)}.`,
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
		reason: `makes the clip ${seconds} seconds long, but ${formatChoice(choice)} takes clips of ${words}`,
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
		advice: addAlternative(issue.advice, `remove '${displayName}'`),
	};
}

/** Adds to an issue that it is one only because another field has a value. */
export function describeWhenChosen<Issue extends ValueIssue>(issue: Issue, choice: Choice): Issue {
	return {
		...issue,
		reason: `${issue.reason} when '${choice.displayName}' is ${labelOf(choice.label)}`,
		advice: addAlternative(issue.advice, `choose ${anotherChoice(choice)}`),
	};
}

/** @returns advice of one sentence, with something else to do at its end */
function addAlternative(advice: string, alternative: string): string {
	return `${advice.replace(/\.$/, '')}, or ${alternative}.`;
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
export const fileKindNames = { audio: 'an audio file', image: 'an image', video: 'a video' };

export type NamedFileKind = keyof typeof fileKindNames;

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
		advice: 'Enter one that differs in more than uppercase and lowercase letters.',
	};
}

/** Describes text that does not have the form that the API asks for. */
export function describeWrongForm(value: string, advice: string): ValueIssue {
	return { reason: `is "${excerpt(value)}", which is not valid`, advice };
}
