import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { owner } from '../e2e/servers';
import { credentialReference, node } from '../e2e/workflows';
import { N8nClient, type StoredCredential, type WorkflowNode } from '../n8n/client';
import { installN8n } from '../n8n/install';
import { installPackage } from '../n8n/package';
import type { ProgressListener } from '../n8n/processes';
import { startN8n } from '../n8n/server';
import { defaultVersion } from '../n8n/versions';

/** A running n8n with the package in it, whose owner is logged in. */
export interface BenchServer {
	client: N8nClient;
	/** @param failed whether its folder and its log are to be kept */
	stop(failed?: boolean): Promise<void>;
}

/** @returns a new folder for an n8n to keep everything in */
export async function makeUserFolder(): Promise<string> {
	return await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-bench-'));
}

/**
 * Starts an n8n in single mode, with SQLite. The caller stops it.
 *
 * @param tarball the packed package
 * @param environment further settings for n8n
 */
export async function startBenchServer(
	tarball: string,
	onProgress: ProgressListener,
	userFolder: string,
	environment: Record<string, string> = {},
): Promise<BenchServer> {
	const installation = await installN8n(defaultVersion, onProgress);
	await installPackage(userFolder, tarball);
	const server = await startN8n({ installation, userFolder, environment });
	const client = new N8nClient(server.url, defaultVersion);
	try {
		await client.setUpOwner(owner);
	} catch (error) {
		await server.stop(true);
		throw error;
	}
	return { client, stop: server.stop };
}

/** @returns an HTTP Request node; with the credential only where the request goes to the API */
export function httpRequestNode(
	name: string,
	parameters: { method: string; url: string; options?: object } & Record<string, unknown>,
	credential?: StoredCredential,
): WorkflowNode {
	const type = 'n8n-nodes-base.httpRequest';
	const all = { options: {}, ...parameters };
	if (credential === undefined) return node(name, type, 4.2, all);
	const authentication = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: credential.type,
	};
	const credentials = credentialReference(credential);
	return node(name, type, 4.2, { ...authentication, ...all }, { credentials });
}
