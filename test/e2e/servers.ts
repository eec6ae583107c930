import type { Owner } from '../n8n/client';

/** A running n8n of the suite, as the tests know it. */
export interface SuiteServer {
	version: string;
	url: string;
	userFolder: string;
	packageName: string;
	/** The packed package that it has. */
	tarball: string;
}

/** Who owns the n8n servers of the suite. */
export const owner: Owner = {
	email: 'owner@example.com',
	password: 'Password-of-a-test-1',
	firstName: 'Owner',
	lastName: 'of a test',
};

/** Leaves word of the running servers for the tests, which Jest runs in contexts of their own. */
export function publishServers(servers: SuiteServer[]): void {
	process.env.SUITE_SERVERS = JSON.stringify(servers);
}

/** @returns the running servers, one of each version */
export function suiteServers(): SuiteServer[] {
	return JSON.parse(process.env.SUITE_SERVERS ?? '[]') as SuiteServer[];
}

/** @returns those whose tests Jest runs now: the one of the version that its project is of, or all */
export function testedServers(): SuiteServer[] {
	const { n8nVersion = '' } = globalThis as { n8nVersion?: string };
	return suiteServers().filter(({ version }) => n8nVersion === '' || version === n8nVersion);
}
