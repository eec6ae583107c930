import type { IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import { refusalOf } from '../messages/failures';
import type { Item } from './itemContext';
import type { Failure } from './types';

/** How hard one run of the node may press on Magic Hour. */
export interface Limits {
	maxParallelRequests: number;
	maxRetries: number;
}

interface Bounds {
	numberPrecision: 0;
	minValue: number;
	maxValue: number;
}

type LimitField = INodeProperties & { name: keyof Limits; default: number; typeOptions: Bounds };

const limitFields: LimitField[] = [
	{
		displayName: 'Max Parallel Requests',
		name: 'maxParallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 5,
		description: 'How many requests to have under way at the same time, from 1 to 50',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
		default: 3,
		description:
			'How often to repeat a request that Magic Hour could not take or did not answer, from 0 to 10',
	},
];

/** The options that every operation offers, for its Options collection. */
export const transportOptions: INodeProperties[] = limitFields;

/**
 * Reads the limits of a run from the node's options.
 *
 * @param context the item whose options count: those of the first item, for the whole run
 * @returns whole numbers within the bounds that the fields declare (one beyond them is moved to the
 * bound), and what is wrong with the options where one is not a number
 */
export function readLimits(context: IExecutePaginationFunctions): {
	limits: Limits;
	refusal?: Failure;
} {
	const limits: Limits = { maxParallelRequests: 1, maxRetries: 0 };
	for (const { name, displayName, typeOptions, default: defaultValue } of limitFields) {
		const limit = numberFrom(readOption(context, name), defaultValue);
		if (Number.isNaN(limit)) return { limits, refusal: refusalOfLimit(displayName, typeOptions) };
		const { minValue, maxValue } = typeOptions;
		limits[name] = Math.round(Math.min(Math.max(limit, minValue), maxValue));
	}
	return { limits };
}

/** @returns the option's value; for one whose expression fails, what is not a number */
function readOption(context: IExecutePaginationFunctions, name: keyof Limits): unknown {
	try {
		return context.getNodeParameter(`options.${name}`, '');
	} catch {
		return NaN;
	}
}

/** @returns the default for an empty value, and NaN for one that is not a number */
function numberFrom(value: unknown, defaultValue: number): number {
	if (value === undefined || value === null || value === '') return defaultValue;
	return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
}

function refusalOfLimit(displayName: string, { minValue, maxValue }: Bounds): Failure {
	return {
		message: `The option "${displayName}" is not a number`,
		description: `Nothing was sent. Set it to a whole number from ${minValue} to ${maxValue}.`,
	};
}

/** How long an operation may wait for something that is being made. */
export interface WaitOptions {
	waits: boolean;
	/** Seconds. */
	maximumWait: number;
}

const maximumWaitField = {
	displayName: 'Maximum Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86_400 },
	default: 1800,
	description: 'How many seconds to wait at most, if Wait for Completion is on',
} satisfies INodeProperties;

/** The option of operations that make something, and wait for it unless they are told not to. */
export const maximumWaitOption: INodeProperties = {
	...maximumWaitField,
	description: 'How many seconds to wait at most until Magic Hour has finished',
};

/** The options of operations that can wait, for their Options collection. */
export const waitOptions: INodeProperties[] = [
	maximumWaitField,
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description: 'Whether to wait until Magic Hour has finished, looking again from time to time',
	},
];

/**
 * Reads whether and how long to wait, for one item.
 *
 * @throws Unfinished where the maximum is not a number
 */
export function readWaitOptions(item: Item): WaitOptions {
	return {
		waits: item.parameter('options.waitForCompletion', 'Wait for Completion', false) === true,
		maximumWait: readMaximumWait(item),
	};
}

/**
 * Reads how long to wait at most, for one item.
 *
 * @returns seconds
 * @throws Unfinished where that is not a number
 */
export function readMaximumWait(item: Item): number {
	const { displayName, default: defaultValue, typeOptions } = maximumWaitField;
	const given = numberFrom(item.parameter('options.maxWait', displayName), defaultValue);
	if (Number.isNaN(given)) {
		const advice = 'Set it to a number of seconds.';
		throw refusalOf({ displayName, reason: 'is not a number', advice });
	}
	return Math.min(Math.max(given, typeOptions.minValue), typeOptions.maxValue);
}

/** @returns whether an item fails if its project has; undefined where the user has not said */
export function readFailIfProjectFailed(item: Item): boolean | undefined {
	const given = item.parameter('options.failIfProjectFailed', 'Fail if the Project Failed', '');
	return typeof given === 'boolean' ? given : undefined;
}
