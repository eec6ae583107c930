import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Shows a field only when another one has one of these values. */
export function showWhen(
	{ name }: Pick<INodeProperties, 'name'>,
	...values: string[]
): IDisplayOptions {
	return { show: { [name]: values } };
}

/**
 * Hides a field only when another one has one of these values. An operation without the other field
 * shows it, unless one of them is the other field's default: n8n takes that as its value there.
 */
export function hideWhen(
	{ name }: Pick<INodeProperties, 'name'>,
	...values: string[]
): IDisplayOptions {
	return { hide: { [name]: values } };
}
