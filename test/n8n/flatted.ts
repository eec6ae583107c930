/**
 * Reads the form in which n8n hands out the data of an execution: a list of values that name each
 * other by their place in the list, so that one value can occur many times.
 */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const read = new Map<number, unknown>();

	const valueAt = (place: number): unknown => {
		if (read.has(place)) return read.get(place);
		const value = values[place];
		if (typeof value !== 'object' || value === null) return value;
		const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		read.set(place, copy);
		for (const [key, part] of Object.entries(value)) {
			Object.assign(copy, { [key]: typeof part === 'string' ? valueAt(Number(part)) : part });
		}
		return copy;
	};
	return valueAt(0);
}
