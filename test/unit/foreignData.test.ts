import fc from 'fast-check';
import { sanitize } from '../../nodes/MagicHour/http/foreignData';

const same = (text: string) => text;
const upper = (text: string) => text.toUpperCase();

describe('sanitize', () => {
	it('copies what JSON can hold, and is short and shallow, as it is', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
				fc.pre(!JSON.stringify(value).includes('"__proto__":'));
				expect(JSON.stringify(sanitize(value, same))).toBe(JSON.stringify(value));
			}),
		);
	});

	it('redacts every text, and every name of a property', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = JSON.stringify(sanitize(value, upper));
				expect(text).toBe(JSON.stringify(sanitize(JSON.parse(text), upper)));
			}),
		);
		expect(sanitize({ a: ['b', { c: 'd' }] }, upper)).toEqual({ A: ['B', { C: 'D' }] });
	});

	it('never throws, and gives what JSON can hold', () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
				expect(() => JSON.stringify(sanitize(value, same))).not.toThrow();
			}),
		);
	});

	it('redacts before it cuts', () => {
		const redact = (text: string) => text.replaceAll('secret', '-');

		expect(sanitize(`${'x'.repeat(9_997)}secret`, redact)).toBe(`${'x'.repeat(9_997)}-`);
		expect(sanitize(`${'x'.repeat(9_999)}secret!`, redact)).toBe(`${'x'.repeat(9_999)}-…`);
		expect(sanitize({ [`${'x'.repeat(9_999)}secret!`]: 1 }, redact)).toEqual({
			[`${'x'.repeat(9_999)}-…`]: 1,
		});
	});

	it('does not cut a character of two halves in two', () => {
		expect(sanitize(`${'x'.repeat(9_999)}😀`, same)).toBe(`${'x'.repeat(9_999)}…`);
	});

	it('replaces what nests deeper than 50 levels, and what contains itself', () => {
		const lists: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
		expect(JSON.stringify(sanitize(lists, same))).toBe(`${'['.repeat(50)}"[…]"${']'.repeat(50)}`);

		const self: Record<string, unknown> = {};
		self.first = self;
		self.second = [self, self];
		expect(sanitize(self, same)).toEqual({ first: '[…]', second: ['[…]', '[…]'] });
	});

	it('replaces what comes after 20,000 lists and objects', () => {
		const lists: unknown = Array.from({ length: 300_000 }, () => []);
		const copy = sanitize(lists, same);
		expect(JSON.stringify(copy)).toMatch(/^\[\[\],.*,"\[…\]"\]$/);
	});

	it('leaves out __proto__', () => {
		const copy = sanitize(JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":2}}'), same);

		expect(copy).toEqual({ b: {} });
		expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
	});
});
