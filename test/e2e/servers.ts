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

/** @returns the running servers that the tests are for, one of each version */
export function suiteServers(): SuiteServer[] {
	const servers = JSON.parse(process.env.SUITE_SERVERS ?? '[]') as SuiteServer[];
	const { n8nVersion = '' } = globalThis as { n8nVersion?: string };
	return n8nVersion === '' ? servers : servers.filter(({ version }) => version === n8nVersion);
}
