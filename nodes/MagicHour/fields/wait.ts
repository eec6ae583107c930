import type { INodeProperties } from 'n8n-workflow';
import type { WaitSettings } from '../api/polling';
import type { ItemContext } from '../execution/itemContext';
import { validationError } from '../execution/itemError';
import { numberFrom } from '../execution/limits';
import type { FieldLimits } from '../input/fieldLimits';
import { readSwitch } from '../input/fieldValue';
import { describeWaitNotNumber } from '../messages/validation';

const maxWaitOption = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86_400 } satisfies FieldLimits,
	default: 1800,
	description:
		"How long to wait if 'Wait for Completion' is on. Without this option, the node waits up to 1,800 seconds, or 50 when an AI agent uses it.",
} satisfies INodeProperties;

const waitForCompletionOption: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description: 'Whether to wait until the project or face detection completes',
};

/** The option of operations that create something, and wait for it unless they are told not to. */
export const maxWaitOfCreationOption: INodeProperties = {
	...maxWaitOption,
	description:
		'How long to wait for completion. Without this option, the node waits up to 1,800 seconds, or 50 when an AI agent uses it.',
};

/** The options of operations that can wait, for their Options collection. */
export const waitOptions: INodeProperties[] = [maxWaitOption, waitForCompletionOption];

/**
 * AI agents and MCP clients give up after about a minute, and a model then calls the tool again, which
 * charges credits again. So a tool call ends before, unless the user says otherwise.
 */
const maxToolCallSeconds = 50;

/**
 * Reads whether and how long to wait, for one item.
 *
 * @throws ItemError where the maximum is not a number, or whether to wait is neither true nor false
 */
export function readWaitOptions(item: ItemContext): WaitSettings {
	return { ...readWaitOfCreation(item), waits: readSwitch(item, waitForCompletionOption) ?? false };
}

/**
 * Reads how long to wait at most, for one item that waits.
 *
 * @throws ItemError where that is not a number
 */
export function readWaitOfCreation(item: ItemContext): WaitSettings {
	const { displayName, default: defaultValue, typeOptions } = maxWaitOption;
	const option = item.option(maxWaitOption, '');
	const isSet = String(option ?? '').trim() !== '';
	const endsWithCall = !isSet && item.isToolCall;
	const given = endsWithCall ? maxToolCallSeconds : numberFrom(option, defaultValue);
	if (Number.isNaN(given)) throw validationError(describeWaitNotNumber(displayName));
	const maxWait = Math.min(Math.max(given, typeOptions.minValue), typeOptions.maxValue);
	return { waits: true, maxWait, endsWithCall };
}
