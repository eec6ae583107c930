import type { INodeProperties } from 'n8n-workflow';

/** A choice of a field: what is sent, and how the editor names it. */
export interface FieldChoice {
	name: string;
	value: unknown;
}

type Field = Pick<INodeProperties, 'options'>;

/** @returns the choices of a field */
export function choicesOf({ options = [] }: Field): FieldChoice[] {
	return options.flatMap((option) => ('value' in option ? [option] : []));
}

/** @returns what the choices of a field send; undefined where it has none, so that anything may be given */
export function choiceValuesOf(field: Field): unknown[] | undefined {
	const values = choicesOf(field).map(({ value }) => value);
	return values.length === 0 ? undefined : values;
}
