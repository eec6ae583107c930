/** What a file holds; a face is a picture that face detection cut out of a file, and any is no face. */
export type FileKind = 'image' | 'video' | 'audio' | 'face' | 'any';

type Value = string | number | boolean;

/** The JSON Schema of a body or of a part of it, with what JSON Schema has no words for. */
export interface Schema {
	type: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: false;
	items?: Schema;
	maxItems?: number;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	multipleOf?: number;
	format?: 'uri';
	pattern?: string;
	nullable?: true;
	enum?: readonly Value[];
	/** What the API takes the field for where it is left out. */
	default?: Value;
	/** Values that mean something, where the API takes others as well. */
	examples?: readonly Value[];
	/** A field that only older clients still send. */
	deprecated?: true;
	/** The values of `enum` that only older clients still send. */
	deprecatedValues?: readonly Value[];
	/** The kind of file that the text leads to. */
	fileKind?: FileKind;
}

/** The keywords in a schema that JSON Schema does not have. */
export const ownKeywords = ['deprecatedValues', 'fileKind'];

/** The fields of an object: first those that it must have. */
export function object(
	required: Record<string, Schema>,
	optional: Record<string, Schema> = {},
): Schema {
	return {
		type: 'object',
		properties: { ...required, ...optional },
		required: Object.keys(required),
		additionalProperties: false,
	};
}

/** An object of which nobody knows the fields. */
export const anyObject: Schema = { type: 'object' };

export function list(items: Schema, maxItems?: number): Schema {
	return { type: 'array', items, ...(maxItems === undefined ? {} : { maxItems }) };
}

export function text(more: Partial<Schema> = {}): Schema {
	return { type: 'string', ...more };
}

/** A text that must not be empty. */
export function filledText(more: Partial<Schema> = {}): Schema {
	return text({ minLength: 1, ...more });
}

export function number(more: Partial<Schema> = {}): Schema {
	return { type: 'number', ...more };
}

export function integer(more: Partial<Schema> = {}): Schema {
	return { type: 'integer', ...more };
}

export function flag(more: Partial<Schema> = {}): Schema {
	return { type: 'boolean', ...more };
}

/** @param deprecatedValues further values, which only older clients still send */
export function choice(
	values: readonly string[],
	{ deprecatedValues = [], ...more }: Partial<Schema> = {},
): Schema {
	return text({
		enum: [...values, ...deprecatedValues],
		...(deprecatedValues.length === 0 ? {} : { deprecatedValues }),
		...more,
	});
}

export function numericChoice(values: readonly number[], more: Partial<Schema> = {}): Schema {
	return number({ enum: values, ...more });
}

/** A URL or a Magic Hour path. */
export function file(fileKind: FileKind): Schema {
	return filledText({ fileKind });
}

/** A field that only older clients still send. */
export function deprecated(schema: Schema): Schema {
	return { ...schema, deprecated: true };
}

/** @returns the schema at a path such as `style.prompt`; undefined where there is none */
export function schemaAt(schema: Schema, path: string): Schema | undefined {
	return path
		.split('.')
		.reduce<Schema | undefined>((part, name) => part?.properties?.[name], schema);
}
