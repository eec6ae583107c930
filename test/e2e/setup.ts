import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../n8n/client';
import { installN8n, type N8nInstallation } from '../n8n/install';
import { installPackage, packPackage, recordPackage } from '../n8n/package';
import { startN8n, type N8nServer } from '../n8n/server';
import { n8nReleases } from '../n8n/versions';
import { owner, publishServers, type SuiteServer } from './servers';

const running: N8nServer[] = [];

/** Ends all servers of the suite. */
export async function stopServers(failed: boolean): Promise<void> {
	await Promise.all(running.splice(0).map(async (server) => await server.stop(failed)));
}

/** @returns the versions that N8N_VERSIONS names, with commas between them; without it, all of the list */
function chosenVersions(): string[] {
	const { N8N_VERSIONS: chosen = '' } = process.env;
	return chosen === '' ? n8nReleases.map(({ version }) => version) : chosen.split(',');
}

/** Starts one n8n of each version, with the packed package in it. */
export default async function setUp(): Promise<void> {
	// Without a listener, a signal would end this process before it can end those that it started.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(1));
	}
	const packFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-pack-'));
	try {
		const tarball = await packPackage(packFolder);
		const installations: N8nInstallation[] = [];
		for (const version of chosenVersions())
			installations.push(await installN8n(version, printProgress));
		const servers: SuiteServer[] = [];
		for (const installation of installations) {
			servers.push(await startServer(installation, tarball));
		}
		publishServers(servers);
	} catch (error) {
		await stopServers(true);
		throw error;
	} finally {
		await rm(packFolder, { recursive: true, force: true });
	}
}

async function startServer(installation: N8nInstallation, tarball: string): Promise<SuiteServer> {
	const { version } = installation;
	const userFolder = await mkdtemp(join(tmpdir(), `n8n-nodes-magic-hour-${version}-`));
	const packageName = await installPackage(userFolder, tarball);
	printProgress(`Starting n8n ${version} …`);
	const server = await startN8n({ installation, userFolder });
	running.push(server);
	const client = new N8nClient(server.url, version);
	await client.setUpOwner(owner);
	await recordPackage(installation, userFolder, packageName, client);
	return { version, url: server.url, userFolder, packageName };
}

function printProgress(line: string): void {
	process.stderr.write(`${line}\n`);
}
