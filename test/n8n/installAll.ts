import { findNode, installN8n } from './install';
import { n8nReleases } from './versions';

/** Installs what the suites need that run whole n8n servers, so that none of them waits for it. */
async function main(): Promise<void> {
	for (const { version, nodeMajor } of n8nReleases) {
		await findNode(nodeMajor, print);
		await installN8n(version, print);
	}
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
	print(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
