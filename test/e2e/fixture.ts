import { startSandbox, type LoggedRequest, type Sandbox } from '../sandbox/sandbox';
import { N8nClient, type StoredCredential, type CredentialData } from '../n8n/client';
import { majorVersion } from '../n8n/versions';
import { sandboxWebhookSecret } from '../sandbox/webhooks';
import { owner, suiteServers, testedServers } from './servers';

/** What the tests of one subject have at hand on one n8n. */
export interface Fixture {
	version: string;
	packageName: string;
	n8n: N8nClient;
	sandbox: Sandbox;
	/** The Magic Hour credential for the sandbox. */
	credential: StoredCredential;
}

/**
 * Defines the tests of a subject for every version of n8n. Each time they have a sandbox and a
 * session of their own; the sandbox is as new in each test.
 *
 * @param define is handed a function that gives the fixture, once the tests run, and n8n's version
 * @param since the oldest major version of n8n that the tests are of
 */
export function describeOnEachVersion(
	subject: string,
	define: (fixture: () => Fixture, version: string) => void,
	since = 0,
): void {
	const servers = testedServers().filter(({ version }) => majorVersion(version) >= since);
	if (servers.length === 0) return;
	describe.each(servers)(`n8n $version: ${subject}`, (server) => {
		let fixture: Fixture | undefined;
		beforeAll(async () => {
			fixture = await createFixture(server.version);
		});
		beforeEach(() => fixture?.sandbox.reset());
		afterAll(async () => await fixture?.sandbox.close());
		define(() => fixture ?? notReady(), server.version);
	});
}

/** Opens a session at the n8n of a version, with a new sandbox, which the caller closes. */
export async function createFixture(version: string): Promise<Fixture> {
	const server = suiteServers().find((candidate) => candidate.version === version) ?? notReady();
	const n8n = new N8nClient(server.url, version);
	await n8n.logIn(owner);
	const sandbox = await startSandbox();
	try {
		const credential = await n8n.createCredential(credentialFor(sandbox));
		return { version, packageName: server.packageName, n8n, sandbox, credential };
	} catch (error) {
		await sandbox.close();
		throw error;
	}
}

/** @returns a Magic Hour credential for a sandbox, with what a test changes in it */
export function credentialFor(
	{ apiKey, url }: Pick<Sandbox, 'apiKey' | 'url'>,
	data: { apiKey?: string; baseUrl?: string; webhookSecret?: string } = {},
): CredentialData {
	return {
		name: 'Magic Hour sandbox',
		type: 'magicHourApi',
		data: { apiKey, baseUrl: url, webhookSecret: sandboxWebhookSecret, ...data },
	};
}

/** @returns method and path of what arrived, in alphabetical order */
export function sortedRequests(requests: LoggedRequest[]): string[] {
	return requests.map(({ method, url }) => `${method} ${url}`).sort();
}

/** @returns the request that deletes a project */
export function deleteRequest(id: string): string {
	return `DELETE /v1/image-projects/${id}`;
}

function notReady(): never {
	throw new Error('The n8n of this test is not running');
}
