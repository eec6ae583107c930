import type { INodeProperties } from 'n8n-workflow';
import { limits } from '../input/fieldLimits';
import type { NumberBounds } from '../messages/validation';
import { sentAs } from './routing';

/** Asks how long a generated video becomes, in seconds. */
export function durationField(description: string, bounds: NumberBounds): INodeProperties {
	return {
		displayName: 'Duration (Seconds)',
		name: 'durationSeconds',
		type: 'number',
		required: true,
		typeOptions: limits(bounds),
		default: 5,
		description,
		routing: sentAs('end_seconds'),
	};
}
