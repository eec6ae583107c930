import type { INodeProperties } from 'n8n-workflow';
import { numberFrom } from '../execution/limits';
import { maxFileSizeOption } from '../fields/output';
import { propertiesOf } from '../http/json';
import { parseBoolean } from '../input/fieldValue';

/** What the user has set under Options. */
export interface TriggerOptions {
	allowsUnsignedEvents: boolean;
	ignoresRepeatedEvents: boolean;
	/** Undefined where what the user has set is neither true nor false. */
	includesDownloads: boolean | undefined;
	/** As the user has set it: it is read when there are files to download. */
	maxFileSize: unknown;
	toleranceSeconds: number;
}

const allowUnsignedEvents: INodeProperties = {
	displayName: 'Allow Unsigned Events',
	name: 'allowUnsignedEvents',
	type: 'boolean',
	default: false,
	description:
		'Whether to accept events without a signature. Warning: Anyone who knows the webhook URL can then start this workflow with any project ID. Use it only for testing.',
};

const ignoreRepeatedEvents: INodeProperties = {
	displayName: 'Ignore Repeated Events',
	name: 'ignoreRepeatedEvents',
	type: 'boolean',
	default: true,
	description:
		'Whether to start the workflow only once per project and event type. If Magic Hour gets no response, it sends the event again for up to 24 hours.',
};

export const includeDownloadsOption: INodeProperties = {
	displayName: 'Download Files',
	name: 'includeDownloads',
	type: 'boolean',
	default: false,
	description:
		'Whether to download the files of completed projects into the binary fields data, data_1, data_2, and so on',
};

const tolerance = {
	displayName: 'Tolerance (Seconds)',
	name: 'tolerance',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86_400, numberPrecision: 0 },
	default: 300,
	description: "How far an event's timestamp may differ from the clock of n8n, in either direction",
} satisfies INodeProperties;

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		allowUnsignedEvents,
		ignoreRepeatedEvents,
		includeDownloadsOption,
		maxFileSizeOption,
		tolerance,
	],
};

/**
 * @param given the value of the Options field
 * @returns what the user has set, or the defaults
 */
export function readOptions(given: unknown): TriggerOptions {
	const options = propertiesOf(given);
	return {
		// An event cannot tell the user that an option is not valid: then it is what does no harm.
		allowsUnsignedEvents: readSwitch(allowUnsignedEvents, options) === true,
		ignoresRepeatedEvents: readSwitch(ignoreRepeatedEvents, options) !== false,
		includesDownloads: readSwitch(includeDownloadsOption, options),
		maxFileSize: options[maxFileSizeOption.name],
		toleranceSeconds: readTolerance(options[tolerance.name]),
	};
}

/** @returns undefined for what is neither true nor false */
function readSwitch(
	{ name, default: defaultValue }: INodeProperties,
	options: Record<string, unknown>,
): boolean | undefined {
	const value = parseBoolean(options[name]);
	return value === null ? undefined : (value ?? defaultValue === true);
}

/** @returns the default where what was given is no number: an event cannot tell the user. */
function readTolerance(given: unknown): number {
	const { default: defaultValue, typeOptions } = tolerance;
	const seconds = numberFrom(given, defaultValue);
	if (Number.isNaN(seconds)) return defaultValue;
	return Math.min(Math.max(seconds, typeOptions.minValue), typeOptions.maxValue);
}
