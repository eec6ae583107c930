import { readFieldValue } from '../../nodes/MagicHour/input/fieldValue';

const field = { displayName: 'Style', type: 'json' as const };
const circular: Record<string, unknown> = {};
circular.itself = circular;

describe('a JSON object', () => {
	it.each<[unknown, unknown]>([
		['{"genre": "jazz"}', { genre: 'jazz' }],
		[' {"a": {"b": [1, null, true]}}\n', { a: { b: [1, null, true] } }],
		['{}', undefined],
		['{"prompt": " ", "tags": [null, {}]}', undefined],
		['{"prompt": "", "instrumental": false}', { prompt: '', instrumental: false }],
		[{ genre: 'jazz', without: undefined }, { genre: 'jazz' }],
		['', undefined],
		[' \n', undefined],
		[null, undefined],
		[undefined, undefined],
	])('%j is read as %j', (given, value) => {
		expect(readFieldValue(field, given)).toEqual(value);
	});

	it.each<[unknown, string]>([
		['{genre: "jazz"}', 'is not valid JSON'],
		['{"genre": "jazz"', 'is not valid JSON'],
		['jazz', 'is not valid JSON'],
		['[object Object]', 'is "[object Object]", which an expression returns when'],
		['undefined', 'is "undefined", which an expression returns when'],
		['[{"genre": "jazz"}]', 'must be a JSON object'],
		['"jazz"', 'must be a JSON object'],
		['null', 'must be a JSON object'],
		[[], 'must be a JSON object'],
		[7, 'must be a JSON object'],
		[true, 'must be a JSON object'],
		[new Date(0), 'must be a JSON object'],
		['{"a": [{"__proto__": {"b": 1}}]}', 'contains the key "__proto__", which is not supported'],
		['{"constructor": 1}', 'contains the key "constructor", which is not supported'],
		[{ a: { prototype: 1 } }, 'contains the key "prototype", which is not supported'],
		[JSON.parse('{"__proto__": 1}'), 'contains the key "__proto__", which is not supported'],
	])('%j is not valid', (given, reason) => {
		expect(() => readFieldValue(field, given)).toThrow(`The parameter 'Style' ${reason}`);
	});

	it('does not contain itself', () => {
		expect(() => readFieldValue(field, circular)).toThrow(
			"The parameter 'Style' is not valid JSON",
		);
	});
});
