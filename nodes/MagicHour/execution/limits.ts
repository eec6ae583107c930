import type { IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeLimitNotNumber } from '../messages/execution';

/** How hard one run of the node may press on Magic Hour. */
interface Limits {
	maxParallelRequests: number;
	maxRetries: number;
}

interface Bounds {
	numberPrecision: 0;
	minValue: number;
	maxValue: number;
}

type LimitOption = INodeProperties & { name: keyof Limits; default: number; typeOptions: Bounds };

/** The options that every operation has, for its Options collection. */
export const limitOptions: LimitOption[] = [
	{
		displayName: 'Max Parallel Requests',
		name: 'maxParallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 5,
		description: 'How many requests to send at the same time, from 1 to 50',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
		default: 3,
		description:
			"How many times to retry when Magic Hour is busy or can't be reached, from 0 to 10. Requests that could charge credits twice aren't retried.",
	},
];

/**
 * Reads the limits of a run from the node's options.
 *
 * @param context the item whose options count: those of the first item, for the whole run
 * @returns whole numbers within the bounds that the fields declare (one beyond them is moved to the
 * bound), and what is wrong with the options where one is not a number
 */
export function readLimits(context: IExecutePaginationFunctions): {
	limits: Limits;
	issue?: ErrorMessage;
} {
	const limits: Limits = { maxParallelRequests: 1, maxRetries: 0 };
	for (const { name, displayName, typeOptions, default: defaultValue } of limitOptions) {
		const limit = numberFrom(readOption(context, name), defaultValue);
		if (Number.isNaN(limit))
			return { limits, issue: describeLimitNotNumber(displayName, typeOptions) };
		const { minValue, maxValue } = typeOptions;
		limits[name] = Math.round(Math.min(Math.max(limit, minValue), maxValue));
	}
	return { limits };
}

/** @returns the default for an empty value, and NaN for one that is not a number */
export function numberFrom(value: unknown, defaultValue: number): number {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '') return defaultValue;
	return typeof given === 'number' || typeof given === 'string' ? Number(given) : NaN;
}

/** @returns the option's value; for one whose expression fails, what is not a number */
function readOption(context: IExecutePaginationFunctions, name: keyof Limits): unknown {
	try {
		return context.getNodeParameter(`options.${name}`, '');
	} catch {
		return NaN;
	}
}
