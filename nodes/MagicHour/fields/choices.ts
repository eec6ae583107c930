import type { INodePropertyOptions } from 'n8n-workflow';

/** Choices whose values can be read as they are. */
export function choices(...values: string[]): INodePropertyOptions[] {
	return values.map((value) => ({ name: value, value }));
}
