import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { NodeSettings } from '../engine/magicHour';
import { selfSigned } from '../sandbox/certificate';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { apiKey, useWatchedLogs } from './apiKey';
import { checkDeletions } from './deletions';
import type { DeletionItem } from './discrepancies';
import { modes } from './modes';
import { Tally } from './tally';

const itemCount = 6;
const itemCountBeforeRevocation = 7;
const tally = new Tally('addresses');
const servers: Server[] = [];
const addresses: AddressCase[] = [];

let sandbox: Sandbox;
/** An address or a proxy that does not lead to the API, with a sandbox that nothing must reach. */
interface AddressCase {
	name: string;
	sandbox: Sandbox;
	settings: NodeSettings;
}

async function start(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return (server.address() as AddressInfo).port;
}

async function addAddress(
	name: string,
	settingsFor: (own: Sandbox) => NodeSettings | Promise<NodeSettings>,
): Promise<void> {
	const own = await startSandbox({ apiKey });
	addresses.push({ name, sandbox: own, settings: await settingsFor(own) });
}

function credentialFor(baseUrl: string): NodeSettings {
	return { credential: { apiKey, baseUrl } };
}

/** A proxy that never asks the server, and gives this answer to everything. */
function proxyWithAnswer(status: number, contentType: string, body: string) {
	return async ({ requests }: Sandbox): Promise<NodeSettings> => {
		const port = await start(
			createServer(({ method = '', url = '', headers }, response) => {
				const { pathname } = new URL(url);
				const arrivedAt = Date.now();
				requests.push({
					...{ method, url: pathname, headers, body: undefined },
					...{ arrivedAt, status, contentType, arrival: requests.length },
				});
				response.writeHead(status, { 'content-type': contentType }).end(body);
			}),
		);
		return { requestOptions: { proxy: `http://127.0.0.1:${port}` } };
	};
}

beforeAll(async () => {
	sandbox = await startSandbox({ apiKey });
	const foreignPort = await start(
		createTlsServer(await selfSigned(), (_, response) => response.writeHead(204).end()),
	);
	const closedPort = await start(createServer());
	await new Promise((done) => servers.pop()?.close(done));

	await addAddress('a connection that is refused', () =>
		credentialFor(`http://127.0.0.1:${closedPort}`),
	);
	await addAddress('a name that is not found', () =>
		credentialFor(`http://${'x'.repeat(64)}.invalid`),
	);
	await addAddress('a wrong certificate', () => credentialFor(`https://127.0.0.1:${foreignPort}`));
	await addAddress('a proxy that refuses', ({ url }) => ({
		requestOptions: { proxy: url.replace('http:', 'https:') },
	}));
	await addAddress(
		'a proxy that shows its sign-in page',
		proxyWithAnswer(200, 'text/html', '<html>'),
	);
	await addAddress('a proxy that shows an error page', proxyWithAnswer(502, 'text/html', '<html>'));
	await addAddress('a proxy that knows no such page', proxyWithAnswer(404, 'text/html', '<html>'));
	await addAddress(
		'a proxy that wants a password',
		proxyWithAnswer(407, 'text/plain', 'Who are you'),
	);
});
useWatchedLogs();
afterAll(async () => {
	tally.publish();
	await Promise.all(servers.map(async (server) => await new Promise((done) => server.close(done))));
	await Promise.all(addresses.map(async (address) => await address.sandbox.close()));
	await sandbox.close();
});

function prepare({ projects }: Sandbox, count: number): DeletionItem[] {
	return Array.from({ length: count }, (_, index) => {
		const id = projects.create({ id: `project-${index}` });
		return { id, existed: true };
	});
}

describe.each(modes)('with $name', (mode) => {
	it('claims nothing that is not so after any wrong address or proxy', async () => {
		expect(addresses).toHaveLength(8);
		const found = await Promise.all(
			addresses.map(async ({ name, sandbox: own, settings }) => {
				own.reset();
				const items = prepare(own, itemCount);
				const discrepancies = await checkDeletions(own, items, mode, settings);
				tally.add([name], items.length, discrepancies);
				if (own.projects.ids().length !== itemCount) discrepancies.push('a project is gone');
				return discrepancies.map((text) => `${name}: ${text}`);
			}),
		);
		expect(found.flat()).toEqual([]);
	});

	it('tells what was done before the API key was revoked, and nothing more', async () => {
		sandbox.reset();
		const items = prepare(sandbox, itemCountBeforeRevocation + itemCount);
		const body = { code: 'unauthorized', message: 'Unauthorized' };
		sandbox.addFaults({
			skip: itemCountBeforeRevocation,
			fault: { answer: { status: 401, body } },
		});
		const discrepancies = await checkDeletions(sandbox, items, mode, {
			options: { maxParallelRequests: 3 },
		});
		tally.add(['a revoked API key'], items.length, discrepancies);
		expect(discrepancies).toEqual([]);
		expect(sandbox.projects.ids()).toHaveLength(itemCount);
	});
});
