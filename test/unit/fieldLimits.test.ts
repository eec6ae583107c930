import type { INodeProperties } from 'n8n-workflow';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { limits, limitsOf } from '../../nodes/MagicHour/input/fieldLimits';

/** What the node itself reads of `typeOptions`, and what n8n does. */
const known = [
	...['minValue', 'maxValue', 'numberPrecision', 'multipleOf'],
	...['maxLength', 'countsTrimmed', 'dropsPrefix', 'maxItems', 'fileKinds', 'isFacePath'],
	...['multipleValues', 'rows'],
];

/** @returns the field with all that it holds */
function withInner(field: INodeProperties): INodeProperties[] {
	const inner = (field.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
	return [field, ...inner.flatMap(withInner)];
}

describe('the limits of a field', () => {
	it('are read as they were declared', () => {
		const typeOptions = limits({ minValue: 1, maxValue: 60, fileKinds: ['image'] });
		expect(limitsOf({ typeOptions })).toEqual({ minValue: 1, maxValue: 60, fileKinds: ['image'] });
		expect(limitsOf({})).toEqual({});
	});

	it('do not compile where they are misspelled', () => {
		// @ts-expect-error: n8n's own type takes it, and it would bound nothing.
		expect(limits({ maxlenght: 200 })).toBeDefined();
	});

	it('have names that are read, in every field of the node', () => {
		const fields = new MagicHour().description.properties.flatMap(withInner);
		const names = fields.flatMap(({ typeOptions = {} }) => Object.keys(typeOptions));
		expect(names.length).toBeGreaterThan(50);
		expect(names.filter((name) => !known.includes(name))).toEqual([]);
	});
});
