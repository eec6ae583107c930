import { decodePercent, findStrayCharacter } from '../http/characters';
import { baseUrlIssues, type BaseUrlIssue } from '../messages/baseUrl';

const schemeAndHost = /^https?:\/\/(?![/?#])/i;
const magicHourHost = /(^|\.)magichour\.ai$/;

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
	if (!schemeAndHost.test(baseUrl) || !URL.canParse(baseUrl)) return baseUrlIssues.notWebAddress;
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

/** @returns whether a URL is one of https; an absent one stands for the API's own, which is */
export function isHttps(url: string | undefined): boolean {
	return url === undefined || /^\s*https:/i.test(url);
}
