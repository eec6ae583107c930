import type { Operation } from '../../../nodes/MagicHour/fields/mergeFields';

/**
 * Reads what the node offers for a field, for long lists of mere names: no rule and no price depends
 * on them, and a copy of them would prove nothing.
 *
 * @param path of the field in the request's body, such as `style.voice_name`
 * @throws Error where the operation has no choices for it
 */
export function offeredBy({ fields, options, option }: Operation, path: string): string[] {
	const field = [...fields, ...options].find(({ routing }) => routing?.send?.property === path);
	const values = (field?.options ?? [])
		.flatMap((choice) => ('value' in choice ? [String(choice.value)] : []))
		.filter((value) => value !== '');
	if (values.length === 0) throw new Error(`${option.name} has no choices for ${path}`);
	return values;
}
