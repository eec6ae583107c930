import type { INodeProperties } from 'n8n-workflow';
import { limits } from '../input/fieldLimits';
import { durationIs, durationWithin, endAfterStart, type Rule } from '../input/rules';
import type { DurationRange } from '../messages/validation';
import { sentAs } from './routing';

/** Where a clip of a video or of audio starts. */
export const startSecondsField: INodeProperties = {
	displayName: 'Start Time (Seconds)',
	name: 'startSeconds',
	type: 'number',
	typeOptions: limits({ minValue: 0 }),
	default: 0,
	description: 'Where the clip starts, counted from the beginning of the file',
	routing: sentAs('start_seconds'),
};

/** Where a clip of a video or of audio ends. */
export const endSecondsField: INodeProperties = {
	displayName: 'End Time (Seconds)',
	name: 'endSeconds',
	type: 'number',
	required: true,
	typeOptions: limits({ minValue: 0.1 }),
	default: 5,
	description: 'Where the clip ends, counted from the beginning of the file',
	routing: sentAs('end_seconds'),
};

/** Refuses a clip that ends before it starts. */
export const clipEndsAfterStart = endAfterStart(startSecondsField, endSecondsField);

/**
 * Refuses a clip that is too short or too long for a choice, such as a model.
 *
 * @param choiceField the field that decides
 * @param ranges what each choice takes
 * @param presumed the choice where the user makes none
 */
export function clipDurationWithin(
	choiceField: INodeProperties,
	ranges: Record<string, DurationRange | undefined>,
	presumed?: string,
): Rule {
	return durationWithin(startSecondsField, endSecondsField, choiceField, ranges, presumed);
}

/** Refuses a clip that is too short or too long. */
export function clipDurationIs(range: DurationRange): Rule {
	return durationIs(startSecondsField, endSecondsField, range);
}
