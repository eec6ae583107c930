import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { isShownAt, optionsOf, type Place } from '../description/operations';

const { properties } = new MagicHour().description;
/** What is also a word of the messages. */
const ordinaryWords = ['file'];
const options = properties.find(({ name }) => name === 'options')?.options ?? [];

/**
 * @param text what a user reads of an operation
 * @returns the values of the request in it that the editor shows under another name
 */
export function storedValuesIn(text: string, place: Place): string[] {
	const fields = [...properties, ...options].filter((field) => isShownAt(field, place));
	const choices = fields.flatMap((field) =>
		'type' in field && field.routing?.send !== undefined ? optionsOf(field) : [],
	);
	const values = choices.flatMap(({ name, value }) =>
		typeof value === 'string' && name !== value ? [value] : [],
	);
	const words = text.split(/[\s,"'();]+/).map((word) => word.replace(/\.$/, ''));
	const labels = choices.flatMap(({ name }) => name.split(/[\s()]+/));
	const known = [...labels, ...ordinaryWords];
	return values.filter((value) => words.includes(value) && !known.includes(value));
}
