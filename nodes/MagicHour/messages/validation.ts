import type { StrayCharacter } from '../http/characters';
import type { ErrorMessage } from './errorMessage';
import { excerpt, lowerFirst } from './text';

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
		message: `The parameter "${displayName}" ${reason}`,
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

/** Describes a value that a field does not offer; `choices` are those that it offers. */
export function describeNotAChoice(value: string, choices: readonly unknown[]): ValueIssue {
	return {
		reason: `is "${excerpt(value)}", which is not one of its choices`,
		advice: `Give one of: ${excerpt(choices.map(String).join(', '))}.`,
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
		reason: `is ${end}, which is not after ${startDisplayName} (${start})`,
		advice: `Give a number above ${start}.`,
	};
}

/** A field that decides what others may be, and what it is set to. */
export interface Choice {
	displayName: string;
	value: unknown;
}

/** Describes a field that is empty, and must not be because of a choice. */
export function describeRequired({ displayName, value }: Choice): ValueIssue {
	return {
		reason: `is empty, and ${displayName} is "${String(value)}"`,
		advice: `Fill it in, or choose another ${displayName}.`,
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
	return {
		reason: `is empty, and so is ${otherDisplayName}`,
		advice: `Choose a ${otherDisplayName}, or fill in all of: ${displayNames.join(', ')}.`,
	};
}

/** Describes a field that has no effect unless another one has one of these values. */
export function describeAllowedOnlyWhen(
	otherDisplayName: string,
	values: readonly unknown[],
): ValueIssue {
	const words = `${otherDisplayName} is ${values.map((value) => `"${String(value)}"`).join(' or ')}`;
	return {
		reason: `counts only where ${words}`,
		advice: `Leave it out, or see to it that ${words}.`,
	};
}

/** Describes a value that a choice does not go with; `allowed` are those that it goes with. */
export function describeNotAllowed(
	value: unknown,
	choice: Choice,
	allowed: readonly unknown[],
): ValueIssue {
	const goesWith = formatChoice(choice);
	return {
		reason: `is ${String(value)}, which ${goesWith} does not go with`,
		advice: `With ${goesWith}, give one of: ${formatValues(allowed)}.`,
	};
}

/** Describes more files than a choice takes. */
export function describeMoreFilesThan(maxFiles: number, count: number, choice: Choice): ValueIssue {
	return {
		reason: `has ${count} files, and ${formatChoice(choice)} takes at most ${maxFiles}`,
		advice: `Give fewer, or choose another ${choice.displayName}.`,
	};
}

/** How long a clip may be, in seconds. */
export interface DurationRange {
	min?: number;
	max: number;
}

/** Describes a clip that is too short or too long for a choice. */
export function describeDuration(
	seconds: number,
	{ min = 0, max }: DurationRange,
	choice: Choice,
): ValueIssue {
	const words = min === 0 ? `at most ${max} seconds` : `${min} to ${max} seconds`;
	return {
		reason: `makes the part ${seconds} seconds long, and ${formatChoice(choice)} takes ${words}`,
		advice: `Choose a part of ${words}, or another ${choice.displayName}.`,
	};
}

/** Adds to an issue that it is one only because another field is given. */
export function describeWhenGiven<Issue extends ValueIssue>(
	issue: Issue,
	displayName: string,
): Issue {
	return {
		...issue,
		reason: `${issue.reason} where ${displayName} is given`,
		advice: `${issue.advice} Or leave out ${displayName}.`,
	};
}

function formatChoice({ displayName, value }: Choice, verb = ''): string {
	return `${displayName}${verb} "${String(value)}"`;
}

/** @returns values as a list, in which four or more whole numbers in a row are a range */
function formatValues(values: readonly unknown[]): string {
	const runs: unknown[][] = [];
	for (const value of values) {
		const run = runs.at(-1);
		const isNext = typeof value === 'number' && run?.at(-1) === value - 1;
		if (run !== undefined && isNext) run.push(value);
		else runs.push([value]);
	}
	return runs
		.map((run) =>
			run.length > 3 ? `${String(run[0])} to ${String(run.at(-1))}` : run.map(String).join(', '),
		)
		.join(', ');
}

/** Adds to an issue that it is one only because another field has a value. */
export function describeWhenChosen<Issue extends ValueIssue>(issue: Issue, choice: Choice): Issue {
	return {
		...issue,
		reason: `${issue.reason} where ${formatChoice(choice, ' is')}`,
		advice: `${issue.advice} Or choose another ${choice.displayName}.`,
	};
}

/** Describes a clip that is too short or too long. */
export function describeClipDuration(seconds: number, { min = 0, max }: DurationRange): ValueIssue {
	return {
		reason: `makes the clip ${seconds} seconds long`,
		advice: `Choose a clip of ${min === 0 ? 'up' : min} to ${max} seconds.`,
	};
}

/** Describes a field that a choice does not take at all. */
export function describeNotWith(choice: Choice): ValueIssue {
	return {
		reason: `can't be used with ${formatChoice(choice)}`,
		advice: `Remove it, or choose another ${choice.displayName}.`,
	};
}

/** Describes text that is too long for a choice. */
export function describeTextTooLongFor(
	length: number,
	maxLength: number,
	choice: Choice,
): ValueIssue {
	return {
		reason: `is ${length} characters long, and ${formatChoice(choice)} takes up to ${maxLength}`,
		advice: `Shorten it, or choose another ${choice.displayName}.`,
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
	const names = kinds.map((one) => fileKindNames[one]).join(' or ');
	return {
		reason: `is ${fileKindNames[kind]}, which ${formatChoice(choice)} doesn't support`,
		advice: `Use ${names}, or choose another ${choice.displayName}.`,
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
