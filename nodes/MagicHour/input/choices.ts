import type { INodeProperties } from 'n8n-workflow';

/** A choice of a field: what is sent, and how the editor names it. */
export interface FieldChoice {
	name: string;
	value: unknown;
}

type Field = Pick<INodeProperties, 'options'>;

/** @returns the choices of a field; none where anything may be given */
export function choicesOf({ options = [] }: Field): FieldChoice[] {
	return options.flatMap((option) => ('value' in option ? [option] : []));
}
