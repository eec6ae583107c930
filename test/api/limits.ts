/** A limit that an OpenAPI schema sets, and how a field of the node keeps it. */
interface LimitRule {
	/** Its name under a field's `typeOptions`. */
	typeOption: string;
	/** Whether a number stays within the limit: a value, the length of a text, or a stricter limit. */
	admits(number: number, limit: number): boolean;
}

/** Every limit that is compared, by its name in a schema. */
export const limitRules = {
	minimum: { typeOption: 'minValue', admits: (number, limit) => number >= limit },
	exclusiveMinimum: { typeOption: 'minValue', admits: (number, limit) => number > limit },
	maximum: { typeOption: 'maxValue', admits: (number, limit) => number <= limit },
	exclusiveMaximum: { typeOption: 'maxValue', admits: (number, limit) => number < limit },
	multipleOf: { typeOption: 'multipleOf', admits: isMultiple },
	minLength: { typeOption: 'minLength', admits: (number, limit) => number >= limit },
	maxLength: { typeOption: 'maxLength', admits: (number, limit) => number <= limit },
	minItems: { typeOption: 'minItems', admits: (number, limit) => number >= limit },
	maxItems: { typeOption: 'maxItems', admits: (number, limit) => number <= limit },
} as const satisfies Record<string, LimitRule>;

export type LimitName = keyof typeof limitRules;

export const limitNames = Object.keys(limitRules) as LimitName[];

export type Limits = Partial<Record<LimitName, number>>;

/** Steps such as 0.05 have no exact binary form. */
function isMultiple(number: number, step: number): boolean {
	const steps = number / step;
	return Math.abs(steps - Math.round(steps)) < 1e-9;
}
