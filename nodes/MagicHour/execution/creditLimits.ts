import type { IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeInvalidCreditLimit } from '../messages/credits';

/** What generating may cost, in credits; a limit that is off is absent. */
export interface CreditLimits {
	/** The most that one run of the node may charge. */
	maxCreditsPerRun?: number;
	/** What the account must keep. */
	minCreditsToKeep?: number;
}

type CreditLimitOption = INodeProperties & { name: keyof CreditLimits };

/** The options of every operation that generates, for its Options collection. */
export const creditLimitOptions: CreditLimitOption[] = [
	{
		displayName: 'Max Credits per Run',
		name: 'maxCreditsPerRun',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 100,
		description:
			"The most credits to spend in one run. For an AI agent's tool, all calls in an execution count. The first project, or one that costs more than those before, may exceed the limit.",
	},
	{
		displayName: 'Min Credits to Keep',
		name: 'minCreditsToKeep',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 100,
		description:
			'The number of credits to leave in your account. The first project of a run, or one that costs more than those before, may go below this.',
	},
];

/**
 * Reads the credit limits of a run from the node's options.
 *
 * @param context the item whose options count: those of the first item, for the whole run
 * @param options that the user has added
 * @returns the limits, where one is on, or what is wrong with the options where one is no number of
 * credits: an expression that returns nothing must not turn a limit off
 */
export function readCreditLimits(
	context: IExecutePaginationFunctions,
	options: object,
): {
	creditLimits?: CreditLimits;
	issue?: ErrorMessage;
} {
	const creditLimits: CreditLimits = {};
	for (const { name, displayName } of creditLimitOptions) {
		if (!Object.hasOwn(options, name)) continue;
		const given = readOption(context, name);
		const credits = creditsFrom(given);
		if (credits === undefined) {
			return { issue: describeInvalidCreditLimit(displayName, given) };
		}
		creditLimits[name] = credits;
	}
	return Object.keys(creditLimits).length === 0 ? {} : { creditLimits };
}

/** @returns the number that a value stands for; undefined for what is no number of credits */
function creditsFrom(given: unknown): number | undefined {
	const isReadable =
		typeof given === 'number' || (typeof given === 'string' && given.trim() !== '');
	const credits = isReadable ? Number(given) : NaN;
	return Number.isFinite(credits) && credits >= 0 ? credits : undefined;
}

/** @returns the option's value; undefined for one whose expression fails */
function readOption(context: IExecutePaginationFunctions, name: keyof CreditLimits): unknown {
	try {
		return context.getNodeParameter(`options.${name}`, '');
	} catch {
		return undefined;
	}
}
