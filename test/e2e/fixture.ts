import { startSandbox, type LoggedRequest, type Sandbox } from '../sandbox/sandbox';
import { N8nClient, type Credential, type CredentialData } from '../n8n/client';
import { sandboxWebhookSecret } from '../sandbox/webhooks';
import { owner, serversOfSuite } from './servers';

/** What the tests of one subject have at hand on one n8n. */
export interface Frame {
	version: string;
	packageName: string;
	n8n: N8nClient;
	sandbox: Sandbox;
	/** The Magic Hour credential for the sandbox. */
	credential: Credential;
}

/**
 * Defines the tests of a subject for every version of n8n. Each time they have a sandbox and a
 * session of their own; the sandbox is as new in each test.
 *
 * @param define is handed a function that gives the frame, once the tests run
 */
export function onEachVersion(subject: string, define: (frame: () => Frame) => void): void {
	describe.each(serversOfSuite())(`n8n $version: ${subject}`, (server) => {
		let frame: Frame | undefined;
		beforeAll(async () => {
			frame = await openFrame(server.version);
		});
		beforeEach(() => frame?.sandbox.reset());
		afterAll(async () => await frame?.sandbox.close());
		define(() => frame ?? notReady());
	});
}

/** Opens a session at the n8n of a version, with a new sandbox, which the caller closes. */
export async function openFrame(version: string): Promise<Frame> {
	const server = serversOfSuite().find((candidate) => candidate.version === version) ?? notReady();
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
	{ apiKey, url }: Sandbox,
	data: { apiKey?: string; baseUrl?: string; webhookSecret?: string } = {},
): CredentialData {
	return {
		name: 'Magic Hour sandbox',
		type: 'magicHourApi',
		data: { apiKey, baseUrl: url, webhookSecret: sandboxWebhookSecret, ...data },
	};
}

/** @returns method and path of what arrived, in alphabetical order */
export function askedFor(requests: LoggedRequest[]): string[] {
	return requests.map(({ method, url }) => `${method} ${url}`).sort();
}

/** @returns the request that deletes a project */
export function deletionOf(id: string): string {
	return `DELETE /v1/image-projects/${id}`;
}

function notReady(): never {
	throw new Error('The n8n of this test is not running');
}
