import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../n8n/client';
import { installN8n, type N8nInstallation } from '../n8n/install';
import { installPackage, packPackage, recordPackage } from '../n8n/package';
import { startN8n, type N8nServer } from '../n8n/server';
import { chosenVersions } from '../n8n/versions';
import { owner, publishServers, type SuiteServer } from './servers';

const running: N8nServer[] = [];
let packFolder: string | undefined;

/** Ends all servers of the suite. */
export async function stopServers(failed: boolean): Promise<void> {
	await Promise.all(running.splice(0).map(async (server) => await server.stop(failed)));
	if (packFolder !== undefined) await rm(packFolder, { recursive: true, force: true });
}

/** Starts one n8n of each version, with the packed package in it. */
export default async function setUp(): Promise<void> {
	// Without a listener, a signal would end this process before it can end those that it started.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(1));
	}
	packFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-pack-'));
	try {
		const tarball = await packPackage(packFolder);
		const started = await Promise.allSettled(
			chosenVersions().map(async (version) => {
				return await startServer(await installN8n(version, printProgress), tarball);
			}),
		);
		publishServers(started.map(valueOf));
	} catch (error) {
		await stopServers(true);
		throw error;
	}
}

/** @throws what has kept the value from being there */
function valueOf<Value>(result: PromiseSettledResult<Value>): Value {
	if (result.status === 'rejected') throw result.reason;
	return result.value;
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
	return { version, url: server.url, userFolder, packageName, tarball };
}

function printProgress(line: string): void {
	process.stderr.write(`${line}\n`);
}
