import type { IDataObject } from 'n8n-workflow';

/** Whether a value has properties: an object or a list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}

/** @returns the properties of an object that may hold anything; none for any other value */
export function propertiesOf(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}
