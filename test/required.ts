/**
 * Reads a value that must be there.
 *
 * @param name of the value, for the error
 * @throws if it is undefined
 */
export function required<Value>(value: Value | undefined, name: string): Value {
	if (value === undefined) throw new Error(`There is no ${name}`);
	return value;
}
