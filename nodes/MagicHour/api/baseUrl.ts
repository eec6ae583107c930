/** Where Magic Hour's API is. */
export const defaultBaseUrl = 'https://api.magichour.ai';

const baseUrl = `(($credentials.baseUrl ?? "").trim().replace(/\\/+$/, "") || "${defaultBaseUrl}")`;

/** The Base URL of the credential as an expression, without the spaces and slashes around it. */
export const baseUrlExpression = `={{ ${baseUrl} }}`;

/**
 * The same for the test of the credential, which says "Invalid URL" where the operations would reject
 * the Base URL (`findBaseUrlIssue`), and an answer from there might look like a success.
 */
export const testedBaseUrlExpression = `={{ (${baseUrl}.match(/^https?:\\/\\/[^\\s\\\\?#@]+$/i) ?? [""])[0] }}`;

/** @returns the Base URL that a credential stands for, as the expression has it */
export function baseUrlOf(given: unknown): string {
	const url = typeof given === 'string' ? given.trim().replace(/\/+$/, '') : '';
	return url === '' ? defaultBaseUrl : url;
}
