import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows a field only when another one has one of these values. */
export function showWhen(
	{ name }: Pick<INodeProperties, 'name'>,
	...values: string[]
): IDisplayOptions {
	return { show: { [name]: values } };
}
