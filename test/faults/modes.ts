import type { NodeSettings } from '../engine/magicHour';

/** One combination of the settings that decide what the node does after a fault. */
export interface Mode {
	name: string;
	onError: NonNullable<NodeSettings['onError']>;
	maxRetries: number;
	ignoreAlreadyDeleted: boolean;
}

const onErrorValues: Array<Mode['onError']> = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];

/** Every mode of the node. */
export const modes: Mode[] = onErrorValues.flatMap((onError) =>
	[0, 2].flatMap((maxRetries) =>
		[false, true].map((ignoreAlreadyDeleted) => ({
			name: `${onError}, ${maxRetries} retries, already deleted ${ignoreAlreadyDeleted ? 'ignored' : 'fails'}`,
			onError,
			maxRetries,
			ignoreAlreadyDeleted,
		})),
	),
);

/** The modes in which a failed item does not end the run. */
export const continuingModes = modes.filter(({ onError }) => onError !== 'stopWorkflow');

/** The modes in which the first failure ends the run. */
export const stoppingModes = modes.filter(({ onError }) => onError === 'stopWorkflow');
