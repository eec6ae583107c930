import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows a field only when another one has one of these values. */
export function showWhen({ name }: INodeProperties, ...values: string[]): IDisplayOptions {
	return { show: { [name]: values } };
}
