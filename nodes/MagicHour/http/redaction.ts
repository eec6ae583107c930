/** What is shorter is no secret, and would be found in ordinary words. */
const minSecretLength = 8;
const replacement = '[API key]';

/** Ends a text that was cut: the key may stand before it in part. */
export const ellipsis = '…';

/** The names by which HTML knows the signs that a key may contain. */
const entityNames: Record<string, string> = {
	'!': 'excl',
	'"': 'quot',
	'#': 'num',
	$: 'dollar',
	'%': 'percnt',
	'&': 'amp',
	"'": 'apos',
	'(': 'lpar',
	')': 'rpar',
	'*': 'ast',
	'+': 'plus',
	',': 'comma',
	'.': 'period',
	'/': 'sol',
	':': 'colon',
	';': 'semi',
	'<': 'lt',
	'=': 'equals',
	'>': 'gt',
	'?': 'quest',
	'@': 'commat',
	'[': 'lsqb',
	'\\': 'bsol',
	']': 'rsqb',
	'^': 'Hat',
	_: 'lowbar',
	'`': 'grave',
	'{': 'lcub',
	'|': 'verbar',
	'}': 'rcub',
};

/** Takes the API key out of a text. */
export type Redactor = (text: string) => string;

/**
 * Creates what takes the API key out of a text, since a server may echo the request's headers: plain,
 * in other case, percent-encoded, escaped as in JSON or HTML, any of it several times over and each
 * character in another way, or in base64. Of a key that was cut off with "…", the beginning counts.
 * Takes time in proportion to the text.
 *
 * @param apiKey as it stands in the credential
 */
export function createRedactor(apiKey: string): Redactor {
	const key = apiKey
		.replace(/^\s*(Bearer\s+)?/i, '')
		// n8n's HTTP client leaves out of a header what no header may have.
		.replace(/[^\x20-\x7e\x80-\xff]/g, '')
		.trim();
	if (key.length < minSecretLength) return (text) => text;

	const withoutEscapes = toPattern([...patternsOfBase64(key), [...key].map(patternOfPlain)]);
	let withEscapes: RegExp | undefined;
	return (text) => {
		// Most texts have none, and the longer pattern takes milliseconds to compile.
		if (!/[%&\\]/.test(text)) return text.replace(withoutEscapes, replacement);
		withEscapes ??= toPattern([...patternsOfBase64(key), ...patternsWithEscapes(key)]);
		return text.replace(withEscapes, replacement);
	};
}

/** @param forms each the patterns of characters, of which a text has all, or the first where it was cut */
function toPattern(forms: string[][]): RegExp {
	const orCut = (rest: string, character: string) => `(?:${character}${rest}|${ellipsis})`;
	const patterns = forms.map(
		(characters) =>
			characters.slice(0, minSecretLength).join('') +
			characters.slice(minSecretLength).reduceRight(orCut, ''),
	);
	return new RegExp(patterns.join('|'), 'g');
}

/** @returns patterns for the key as it is, and with escapes in it */
function patternsWithEscapes(key: string): string[][] {
	const characters = [...key];
	if (!key.includes('\\')) {
		return [characters.map((one, index) => patternOfCharacter(one, index === 0 ? '{0,8}' : '*'))];
	}
	// Such a key could be read in too many ways if any character might be escaped as in JSON.
	return [characters, [...key.replaceAll('\\', '\\\\')]].map((spelling) =>
		spelling.map((one) => patternOfCharacter(one, undefined)),
	);
}

/** The signs that begin and end escapes may be percent-encoded themselves. */
const backslash = '(?:\\\\|%(?:25)*5[cC])';
const ampersand = '(?:&|%26)(?:amp;)*';
const hash = '(?:#|%23)';
const semicolon = '(?:;|%3[bB]|(?!;|%3[bB]))';

/**
 * There is only one way to read a text, and an unbounded repetition begins only behind a sign or a
 * character of the key: no text makes the search go back far.
 *
 * @param backslashes how many may stand before it, as in JSON; undefined for none
 * @returns the pattern of a character in all its forms; a header has none beyond Latin-1
 */
function patternOfCharacter(character: string, backslashes: '*' | '{0,8}' | undefined): string {
	const cases = new Set([character.toLowerCase(), character.toUpperCase()]);
	const codes = [...cases].map((one) => one.charCodeAt(0));
	const hex = eitherCase(codes.map((code) => code.toString(16).padStart(2, '0')).join('|'));
	const numbers = `${hash}(?:[xX]0*(?:${hex})|0*(?:${codes.join('|')}))`;
	const name = entityNames[character];
	const entity = name === undefined ? numbers : `(?:${numbers}|${name})`;
	const plain = patternOfPlain(character);
	const escaped = `(?<=\\\\|5[cC])(?:u00|x)(?:${hex})`;
	return `(?:${[
		`%(?:25)*(?:${hex})`,
		`${ampersand}${entity}${semicolon}`,
		backslashes === undefined ? plain : `${backslash}${backslashes}(?:${escaped}|${plain})`,
	].join('|')})`;
}

/** @returns patterns for what is in base64 and has the key in it, wherever in it that is */
function patternsOfBase64(key: string): string[][] {
	return [0, 1, 2].map((bytesBefore) => {
		const bytes = Buffer.from(' '.repeat(bytesBefore) + key);
		// The first and the last characters depend on what stands around the key.
		const certain = bytes
			.toString('base64')
			.slice(bytesBefore === 0 ? 0 : 4, Math.floor(bytes.length / 3) * 4);
		return [...[...certain].map(patternOfBase64), '[\\w+/=-]{0,4}'];
	});
}

/** @returns the pattern of a character of base64, in either of its alphabets */
function patternOfBase64(character: string): string {
	switch (character) {
		case '+':
			return '(?:[+-]|%(?:25)*2[bB])';
		case '/':
			return '(?:\\\\{0,8}/|_|%(?:25)*2[fF])';
		default:
			return character;
	}
}

function patternOfPlain(character: string): string {
	return eitherCase(character.replace(/[.*+?^${}()|[\]\\]/, '\\$&'));
}

function eitherCase(pattern: string): string {
	return pattern.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
