import type { IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeInvalidCreditLimit } from '../messages/credits';
import { addedOptions } from './addedOptions';

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
			"The most credits that one run of this node may charge. An AI agent's tool counts all of its calls in an execution. The first project starts alone, since its cost isn't known before.",
	},
	{
		displayName: 'Min Credits to Keep',
		name: 'minCreditsToKeep',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 100,
		description:
			'The credits that your account must keep. Nothing is generated that could take the account below this number.',
	},
];

/**
 * Reads the credit limits of a run from the node's options.
 *
 * @param context the item whose options count: those of the first item, for the whole run
 * @returns the limits, where one is on, or what is wrong with the options where one is no number of
 * credits: an expression that returns nothing must not turn a limit off
 */
export function readCreditLimits(context: IExecutePaginationFunctions): {
	creditLimits?: CreditLimits;
	issue?: ErrorMessage;
} {
	const creditLimits: CreditLimits = {};
	const options = addedOptions(context);
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
