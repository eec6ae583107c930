import type { INodeProperties } from 'n8n-workflow';
import type { WaitSettings } from '../api/polling';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { numberFrom } from '../execution/limits';
import type { FieldLimits } from '../input/fieldLimits';
import { readSwitch } from '../input/fieldValue';
import { describeWaitNotNumber } from '../messages/validation';

const maxWaitOption = {
	displayName: 'Maximum Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86_400 } satisfies FieldLimits,
	default: 1800,
	description: 'How many seconds to wait at most, if Wait for Completion is on',
} satisfies INodeProperties;

const waitForCompletionOption: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description: 'Whether to wait until Magic Hour has finished, looking again from time to time',
};

/** The option of operations that create something, and wait for it unless they are told not to. */
export const maxWaitOfCreationOption: INodeProperties = {
	...maxWaitOption,
	description: 'How many seconds to wait at most until Magic Hour has finished',
};

/** The options of operations that can wait, for their Options collection. */
export const waitOptions: INodeProperties[] = [maxWaitOption, waitForCompletionOption];

/**
 * Reads whether and how long to wait, for one item.
 *
 * @throws ItemError where the maximum is not a number, or whether to wait is neither true nor false
 */
export function readWaitOptions(item: ItemContext): WaitSettings {
	return { waits: readSwitch(item, waitForCompletionOption) ?? false, maxWait: readMaxWait(item) };
}

/**
 * Reads how long to wait at most, for one item.
 *
 * @returns seconds
 * @throws ItemError where that is not a number
 */
export function readMaxWait(item: ItemContext): number {
	const { displayName, default: defaultValue, typeOptions } = maxWaitOption;
	const given = numberFrom(item.option(maxWaitOption), defaultValue);
	if (Number.isNaN(given)) throw validationError(describeWaitNotNumber(displayName));
	return Math.min(Math.max(given, typeOptions.minValue), typeOptions.maxValue);
}
