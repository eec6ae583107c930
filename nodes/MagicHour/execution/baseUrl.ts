import { decodePercent, findStrayCharacter } from '../http/characters';
import { baseUrlIssues, type BaseUrlIssue } from '../messages/baseUrl';

/** Where Magic Hour's API is. */
export const defaultBaseUrl = 'https://api.magichour.ai';

const schemeAndHost = /^https?:\/\/(?![/?#])/i;
const magicHourHost = /(^|\.)magichour\.ai$/;

const baseUrl = `(($credentials.baseUrl ?? "").trim().replace(/\\/+$/, "") || "${defaultBaseUrl}")`;

/**
 * The Base URL of the credential as an expression, for the test of the credential. It says "Invalid
 * URL" where the operations would reject the Base URL (`findBaseUrlIssue`), and an answer from there
 * might look like a success.
 */
export const testedBaseUrlExpression = `={{ (${baseUrl}.match(/^https?:\\/\\/[^\\s\\\\?#@]+$/i) ?? [""])[0] }}`;

/** The Base URL of a credential, looked at once for all items of a run. */
export interface BaseUrl {
	/** Without spaces and slashes around it. */
	url: string;
	/** With its port, if it has one; empty where the URL is not valid. */
	host: string;
	hostname: string;
	/** Why no path can be appended to it, if so. */
	issue: BaseUrlIssue | undefined;
}

/** @returns what the Base URL of a credential holds */
export function parseBaseUrl(given: unknown): BaseUrl {
	const url = baseUrlOf(given);
	const issue = findBaseUrlIssue(url);
	const { host, hostname } = issue === undefined ? new URL(url) : { host: '', hostname: '' };
	return { url, host, hostname, issue };
}

/** @returns the Base URL that a credential stands for, without the spaces and slashes around it */
export function baseUrlOf(given: unknown): string {
	const url = String(given ?? '')
		.trim()
		.replace(/\/+$/, '');
	return url === '' ? defaultBaseUrl : url;
}

/**
 * Checks the Base URL of the credential: another place would answer to a request whose URL it changes,
 * and its 200 or 404 would count.
 *
 * @param baseUrl without spaces and slashes around it
 * @returns what is wrong with it; undefined for a URL that a path can be appended to
 */
export function findBaseUrlIssue(baseUrl: string): BaseUrlIssue | undefined {
	if (/[\s\\]/.test(baseUrl) || findStrayCharacter(baseUrl) !== undefined) {
		return baseUrlIssues.character;
	}
	if (!schemeAndHost.test(baseUrl) || !URL.canParse(baseUrl)) return baseUrlIssues.notUrl;
	// The parsed URL no longer has a query, a hash or a user name that is empty.
	if (/[?#]/.test(baseUrl)) return baseUrlIssues.query;
	if (/^[^/]+\/\/[^/]*@/.test(baseUrl)) return baseUrlIssues.user;
	const { hostname, pathname } = new URL(baseUrl);
	const segments = decodePercent(pathname)
		.split('/')
		.filter((segment) => segment !== '');
	if (segments.at(-1)?.toLowerCase() === 'v1') return baseUrlIssues.version;
	if (magicHourHost.test(hostname) && segments.length > 0) return baseUrlIssues.path;
	return undefined;
}

export function isHttps(url: string): boolean {
	return /^https:/i.test(url);
}
