const minSecretLength = 4;

/** Takes the API key out of a text. */
export type Redactor = (text: string) => string;

/**
 * Creates what takes the API key out of a text: a server may echo the request's headers.
 *
 * @param apiKey as it stands in the credential; undefined where it cannot be read
 */
export function createRedactor(apiKey: unknown): Redactor {
	// Without the key nothing can be told apart from it.
	if (apiKey === undefined) return () => '[hidden]';

	const key = String(apiKey)
		.replace(/^\s*(Bearer\s+)?/i, '')
		.trim();
	if (key.length < minSecretLength) return (text) => text;

	const forms = [key, encodeURIComponent(key)].map(escapeForPattern).concat(patternsOfBase64(key));
	const anyForm = new RegExp(forms.join('|'), 'g');
	return (text) => text.replace(anyForm, '[API key]');
}

/** @returns patterns for what is in base64 and has the key in it, wherever in it that is */
function patternsOfBase64(key: string): string[] {
	return [0, 1, 2]
		.map((bytesBefore) => {
			const encoded = Buffer.from(' '.repeat(bytesBefore) + key).toString('base64');
			const start = bytesBefore === 0 ? 0 : 4;
			// The last characters depend on what follows the key.
			return encoded.slice(start, Math.floor((bytesBefore + key.length) / 3) * 4);
		})
		.filter((certain) => certain.length >= minSecretLength)
		.map((certain) => {
			const eitherAlphabet = certain.replace(/[+/]/g, (sign) => (sign === '+' ? '[+-]' : '[/_]'));
			return `[\\w+/-]{0,4}${eitherAlphabet}[\\w+/=-]{0,4}`;
		});
}

function escapeForPattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
