import type { INodeProperties } from 'n8n-workflow';
import { nodeProperties, type Operation } from '../../nodes/MagicHour/fields/mergeFields';

function field(name: string, others: Partial<INodeProperties> = {}): INodeProperties {
	return { displayName: name, name, type: 'string', default: '', ...others };
}

function shownFor(mode: string, ...others: string[]): Partial<INodeProperties> {
	return { displayOptions: { show: { mode: [mode, ...others] } } };
}

function operation(
	value: string,
	fields: INodeProperties[],
	options: INodeProperties[] = [],
): Operation {
	return { option: { name: value, value }, fields, options };
}

function merge(first: Operation, ...rest: Operation[]) {
	const operations = [first, ...rest];
	const properties = nodeProperties([
		{ name: 'Image', value: 'image', operations, preselected: first },
	]);
	const [, ...others] = properties;
	const options = others.pop()?.options ?? [];
	const summaryOf = (one: object) => {
		const { name, displayOptions: { show } = {} } = one as INodeProperties;
		return `${name}: ${show === undefined ? 'everywhere' : Object.values(show).join(' ')}`;
	};
	return { fields: others.map(summaryOf), options: options.map(summaryOf) };
}

describe('the fields of the operations', () => {
	it('are one field where operations list the same object', () => {
		const prompt = field('prompt');
		expect(
			merge(
				operation('edit', [field('image'), prompt]),
				operation('generate', [prompt, field('style')]),
				operation('get', [field('id')]),
			).fields,
		).toEqual([
			'image: image edit',
			'prompt: image edit,generate',
			'style: image generate',
			'id: image get',
		]);
	});

	it('stay apart where they only look the same', () => {
		const { fields, options } = merge(
			operation('edit', [field('prompt')], [field('model')]),
			operation('generate', [field('prompt')], [field('model')]),
		);
		expect(fields).toEqual(['prompt: image edit', 'prompt: image generate']);
		expect(options).toEqual(['model: image edit', 'model: image generate']);
	});

	it('keep the order of each operation, and repeat a field only where orders are contrary', () => {
		const [first, second] = [field('first'), field('second')];
		expect(merge(operation('a', [first, second]), operation('b', [second, first])).fields).toEqual([
			'first: image a',
			'second: everywhere',
			'first: image b',
		]);
	});

	it('are listed by display name among the options', () => {
		const [name, audio] = [field('name'), field('audio')];
		const { options } = merge(
			operation('a', [], [name, audio]),
			operation('b', [], [field('model'), name]),
		);
		expect(options).toEqual(['audio: image a', 'model: image b', 'name: everywhere']);
	});

	it('may share a name where a display condition parts them', () => {
		expect(
			merge(operation('a', [field('x', shownFor('one')), field('x', shownFor('two', 'three'))]))
				.fields,
		).toHaveLength(2);
	});

	it.each([
		['the same field twice', [field('x'), field('x')], []],
		['no condition', [field('x', shownFor('one')), field('x')], []],
		['a value in common', [field('x', shownFor('one')), field('x', shownFor('two', 'one'))], []],
		[
			'conditions on different fields',
			[field('x', shownFor('one')), field('x', { displayOptions: { show: { other: ['one'] } } })],
			[],
		],
		[
			'a condition that is not a value',
			[
				field('x', shownFor('one')),
				field('x', { displayOptions: { show: { mode: [{ _cnd: { eq: 'one' } }] } } }),
			],
			[],
		],
		['two options', [], [field('x'), field('y'), field('x')]],
	])('are an error where two have one name, with %s', (_, fields, options) => {
		expect(() => merge(operation('a', [field('w')]), operation('b', fields, options))).toThrow(
			'The operation image → b shows two fields named x',
		);
	});
});
