import type { INodeProperties, INodePropertyTypeOptions } from 'n8n-workflow';
import type { FileKind } from '../api/projectKinds';
import type { NumberBounds } from '../messages/validation';

/** What bounds the value of a field, in its `typeOptions`. */
export interface FieldLimits extends NumberBounds {
	/** Characters of a text. */
	maxLength?: number;
	/** Whether the API counts those without the spaces around the text. */
	countsTrimmed?: boolean;
	/** What users write before a text and the API takes without, such as the @ of a name. */
	dropsPrefix?: string;
	/** Entries of a list; a file field that has it takes several files. */
	maxItems?: number;
	/** Whether it takes nothing but the path of a face that Magic Hour has found. */
	isFacePath?: boolean;
	/** The kinds of files that a file field takes. */
	fileKinds?: readonly FileKind[];
}

/** What n8n itself reads of a field's `typeOptions`, beside its limits. */
type Appearance = Pick<INodePropertyTypeOptions, 'multipleValues' | 'rows'>;

/**
 * Types the limits of a field: n8n takes anything as `typeOptions`, and a misspelled limit would
 * bound nothing.
 */
export function limits(typeOptions: FieldLimits & Appearance): INodePropertyTypeOptions {
	return typeOptions;
}

/** @returns the limits that a field declares */
export function limitsOf({ typeOptions = {} }: Pick<INodeProperties, 'typeOptions'>): FieldLimits {
	return typeOptions;
}
