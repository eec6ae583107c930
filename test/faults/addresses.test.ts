import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { NodeSettings } from '../engine/magicHour';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { tryBatch } from './batch';
import type { Wanted } from './claims';
import { modes } from './modes';
import { apiKey, listen } from './secrets';
import { Tally } from './tally';

const itemCount = 20;
const tally = new Tally('addresses');
const servers: Server[] = [];

let sandbox: Sandbox;
let settings: Record<string, NodeSettings>;
let stopListening: () => string | undefined;

async function start(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return (server.address() as AddressInfo).port;
}

function at(baseUrl: string): NodeSettings {
	return { credential: { apiKey, baseUrl } };
}

/** A proxy that never asks the server, and gives this answer to everything. */
async function proxyThatAnswers(
	status: number,
	contentType: string,
	body: string,
): Promise<NodeSettings> {
	const port = await start(
		createServer(({ method = '', url = '', headers }, response) => {
			const { pathname } = new URL(url);
			const arrivedAt = Date.now();
			sandbox.requests.push({
				...{ method, url: pathname, headers, body: undefined },
				...{ arrivedAt, status, contentType },
			});
			response.writeHead(status, { 'content-type': contentType }).end(body);
		}),
	);
	return { requestOptions: { proxy: `http://127.0.0.1:${port}` } };
}

beforeAll(async () => {
	sandbox = await startSandbox({ apiKey });
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
	const strangerPort = await start(
		createTlsServer({ key, cert }, (_, response) => response.writeHead(204).end()),
	);
	const closed = await start(createServer());
	await new Promise((done) => servers.pop()?.close(done));
	settings = {
		'a connection that is refused': at(`http://127.0.0.1:${closed}`),
		'a name that is not found': at(`http://${'x'.repeat(64)}.invalid`),
		'a wrong certificate': at(`https://127.0.0.1:${strangerPort}`),
		'a proxy that refuses': { requestOptions: { proxy: sandbox.url.replace('http:', 'https:') } },
		'a proxy that shows its sign-in page': await proxyThatAnswers(200, 'text/html', '<html>'),
		'a proxy that shows an error page': await proxyThatAnswers(502, 'text/html', '<html>'),
		'a proxy that knows no such page': await proxyThatAnswers(404, 'text/html', '<html>'),
		'a proxy that wants a password': await proxyThatAnswers(407, 'text/plain', 'Who are you'),
	};
});
beforeEach(() => {
	stopListening = listen();
	sandbox.reset();
});
afterEach(() => expect(stopListening()).toBeUndefined());
afterAll(async () => {
	tally.publish();
	await Promise.all(servers.map(async (server) => await new Promise((done) => server.close(done))));
	await sandbox.close();
});

function prepare(): Wanted[] {
	return Array.from({ length: itemCount }, (_, index) => {
		const id = sandbox.projects.create({ id: `project-${index}` });
		return { id, existed: true };
	});
}

describe.each(modes)('with $name', (mode) => {
	it.each([
		'a connection that is refused',
		'a name that is not found',
		'a wrong certificate',
		'a proxy that refuses',
		'a proxy that shows its sign-in page',
		'a proxy that shows an error page',
		'a proxy that knows no such page',
		'a proxy that wants a password',
	])('claims nothing that is not so after %s', async (name) => {
		const wanted = prepare();
		const disagreements = await tryBatch(sandbox, wanted, mode, settings[name]);
		tally.add([name], wanted.length, disagreements);
		expect(disagreements).toEqual([]);
		expect(sandbox.projects.ids()).toHaveLength(itemCount);
	});

	it('tells what was done before the API key was revoked, and nothing more', async () => {
		const wanted = prepare();
		const message = { code: 'unauthorized', message: 'Unauthorized' };
		sandbox.addFaults({ skip: 7, fault: { answer: { status: 401, body: message } } });
		const disagreements = await tryBatch(sandbox, wanted, mode, {
			options: { maxParallelRequests: 3 },
		});
		tally.add(['a revoked API key'], wanted.length, disagreements);
		expect(disagreements).toEqual([]);
		expect(sandbox.projects.ids()).toHaveLength(itemCount - 7);
	});
});
