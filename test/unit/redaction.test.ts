import fc from 'fast-check';
import { cutText } from '../../nodes/MagicHour/http/foreignData';
import { createRedactor } from '../../nodes/MagicHour/http/redaction';

const hexOf = (character: string) => character.charCodeAt(0).toString(16);

/** Ways to write one character of a key. */
const spellings: Array<(character: string) => string> = [
	(character) => character,
	(character) => character.toUpperCase(),
	(character) => character.toLowerCase(),
	encodeURIComponent,
	(character) => `%${hexOf(character)}`,
	(character) => `%25${hexOf(character).toUpperCase()}`,
	(character) => `%2525${hexOf(character)}`,
	(character) => `\\u00${hexOf(character)}`,
	(character) => `\\\\u00${hexOf(character).toUpperCase()}`,
	(character) => `%5Cu00${hexOf(character)}`,
	(character) => `\\x${hexOf(character)}`,
	(character) => `&#x${hexOf(character)};`,
	(character) => `&#${character.charCodeAt(0)};`,
	(character) => `&amp;#00${character.charCodeAt(0)};`,
	(character) => ('/"+='.includes(character) ? `\\${character}` : character),
	(character) =>
		({ '&': '&amp;', '<': '&lt;', '"': '&quot;', '+': '&plus;' })[character] ?? character,
];

const keyCharacter = fc.constantFrom(...'abcxyzABCXYZu0123456789_-+/=.~:"<&%');
const key = fc.array(keyCharacter, { minLength: 10, maxLength: 60 }).map((list) => list.join(''));

describe('a redactor', () => {
	it('finds the key as it is sent, without what no header can have', () => {
		const redact = createRedactor('\u200bmhk_live_\u200f0123\n456789\ufeff ');
		expect(redact('the key mhk_live_0123456789 came')).toBe('the key [API key] came');
	});

	it('finds the key, each character written in another way', () => {
		fc.assert(
			fc.property(key, fc.infiniteStream(fc.constantFrom(...spellings)), (secret, writers) => {
				const written = [...secret].map((one) => (writers.next().value ?? String)(one)).join('');
				expect(createRedactor(secret)(`before ${written} after`)).toBe('before [API key] after');
			}),
		);
	});

	it('finds the key within base64, whatever stands around it', () => {
		const encoding = fc.constantFrom('base64' as const, 'base64url' as const);
		fc.assert(
			fc.property(key, fc.string(), fc.string(), encoding, (secret, before, after, form) => {
				const text = Buffer.from(before + secret + after).toString(form);
				const redacted = createRedactor(secret)(text);
				expect(redacted).toContain('[API key]');
				expect(Buffer.from(redacted, 'base64').toString()).not.toContain(secret.slice(2, -2));
			}),
		);
	});

	it('finds a key that was cut off with the text in which it is written', () => {
		const length = fc.integer({ min: 0, max: 300 });
		fc.assert(
			fc.property(key, fc.constantFrom(...spellings), length, (secret, write, maxLength) => {
				const written = [...secret].map(write).join('');
				const redacted = createRedactor(secret)(cutText(`before ${written}`, maxLength));
				const half = [...secret].slice(0, 9).map(write).join('');
				expect(redacted).not.toContain(half);
			}),
		);
	});

	it.each(['mhk_live_0123', '\\a\\b\\c\\d\\e', 'a\\u0062cdefghi'])(
		'finds the key %s as it is, and as JSON',
		(secret) => {
			const redact = createRedactor(secret);
			expect(redact(`"${secret}"`)).toBe('"[API key]"');
			expect(redact(JSON.stringify(secret))).toBe('"[API key]"');
		},
	);

	it('leaves alone what has no key in it', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(createRedactor('mhk_live_0123456789')(text)).toBe(text);
			}),
		);
		expect(createRedactor('test')('This is a test')).toBe('This is a test');
	});

	/** A search that goes back would not end within the time of a test. */
	it.each([
		'mhk_live_0123+45/67=89~ab%cdef',
		'&;&;&;&;&;&;&;&;&;&;',
		'%25%25%25%25%25%25%25',
		'\\/\\/\\/\\/\\/\\/\\/\\/\\/\\/',
		'////////////////////',
	])('is through with 100 kB of what is almost the key %s', (secret) => {
		const redact = createRedactor(secret);
		const near = secret.slice(0, -1);
		for (const unit of [
			near,
			...spellings.map((write) => [...near].map(write).join('')),
			Buffer.from(secret).toString('base64').slice(0, -5),
			...['\\', '%', '%25', '25', '&', '&amp;', 'amp;', '&#0', '0', '/', ';', 'x'],
		]) {
			const text = unit.repeat(Math.ceil(100_000 / unit.length));
			expect(redact(text).length).toBeGreaterThan(0);
		}
	});
});
