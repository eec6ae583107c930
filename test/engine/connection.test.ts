import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { selfSigned } from '../sandbox/certificate';
import { deleteImageProjects, requestLines, withIds, type NodeSettings } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const servers: Server[] = [];

afterEach(async () => {
	await Promise.all(
		servers.splice(0).map(async (server) => await new Promise((done) => server.close(done))),
	);
});

async function listen(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return (server.address() as AddressInfo).port;
}

async function failAt(baseUrl: string, settings: NodeSettings = {}) {
	const { error } = await deleteImageProjects(sandbox(), withIds('abc'), {
		credential: { apiKey: sandbox().apiKey, baseUrl },
		options: { maxRetries: 0 },
		...settings,
	});
	return { message: error?.message ?? '', description: error?.description ?? '', error };
}

describe('a request without an answer', () => {
	it('says that the connection was refused', async () => {
		const server = createServer();
		const port = await listen(server);
		await new Promise((done) => servers.pop()?.close(done));

		const { message, description, error } = await failAt(`http://127.0.0.1:${port}`, {
			options: { maxRetries: 1 },
		});

		expect(message).toBe(
			`The connection to 127.0.0.1:${port} was refused, so the image project "abc" was not deleted [item 0]`,
		);
		expect(description).toMatch(/\(No response after 1 retry\)$/);
		expect(error?.httpCode ?? null).toBeNull();
	});

	it('says that the host name was not found', async () => {
		const host = `${'x'.repeat(64)}.invalid`;

		const { message, description } = await failAt(`http://${host}`);

		expect(message).toBe(
			`The host ${host} was not found, so the image project "abc" was not deleted [item 0]`,
		);
		expect(description).toContain("Check 'Base URL' in the credential");
	});

	it('says that it timed out, and that the project may be gone', async () => {
		sandbox().addFaults({ fault: { stall: 'headers' } });

		const { message, description } = await failAt(sandbox().url, {
			options: { maxRetries: 0 },
			requestOptions: { timeout: 100 },
		});

		expect(message).toBe(
			`The request to ${new URL(sandbox().url).host} timed out, so the image project "abc" may or may not have been deleted [item 0]`,
		);
		expect(description).toContain("To make sure that it's deleted");
	});

	it('says that the connection was closed, and that the project may be gone', async () => {
		sandbox().addFaults({ fault: { reset: true } });

		const { message, description } = await failAt(sandbox().url);

		expect(message).toBe(
			`The connection to ${new URL(sandbox().url).host} was closed before a response arrived, so the image project "abc" may or may not have been deleted [item 0]`,
		);
		expect(description).toContain("To make sure that it's deleted");
	});

	it('says that what came is no HTTP answer', async () => {
		const port = await listen(
			createServer((socket) => socket.end('SSH-2.0-Server\r\n', () => socket.destroy())),
		);

		const { message } = await failAt(`http://127.0.0.1:${port}`);

		expect(message).toContain(
			'was closed before a response arrived, so the image project "abc" may or may not have been deleted',
		);
	});

	it('says that the TLS certificate was not accepted, and does not try again', async () => {
		let requests = 0;
		const port = await listen(
			createTlsServer(await selfSigned(), (_, response) => {
				requests++;
				response.writeHead(204).end();
			}),
		);

		const { message, description } = await failAt(`https://127.0.0.1:${port}`, {
			options: { maxRetries: 5 },
		});

		expect(message).toMatch(
			/^n8n doesn't trust the TLS certificate of 127\.0\.0\.1:\d+ \(\w+\), so the image project "abc" was not deleted \[item 0\]$/,
		);
		expect(description).not.toContain('No response');
		expect(requests).toBe(0);
	});

	it('says that the server does not speak TLS, and that nothing was done', async () => {
		const { message, description } = await failAt(sandbox().url.replace('http:', 'https:'));

		expect(message).toMatch(
			/^The encrypted connection to .* failed \(\w+\), so the image project "abc" was not deleted/,
		);
		expect(description).not.toContain('No response');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it("is accepted from such a server with n8n's Ignore SSL Issues", async () => {
		const port = await listen(
			createTlsServer(await selfSigned(), (_, response) => {
				response.writeHead(204).end();
			}),
		);

		const { json } = await deleteImageProjects(sandbox(), withIds('abc'), {
			credential: { apiKey: sandbox().apiKey, baseUrl: `https://127.0.0.1:${port}` },
			requestOptions: { allowUnauthorizedCerts: true },
		});

		expect(json).toEqual([{ id: 'abc', deleted: true }]);
	});

	it.each([
		'api.magichour.ai',
		'ftp://127.0.0.1',
		'http://',
		'http:/127.0.0.1:1',
		'http:127.0.0.1:1',
	])('says that the Base URL %s is not one', async (baseUrl) => {
		const { message } = await failAt(baseUrl);

		expect(message).toBe(
			'\'Base URL\' in the credential is not a URL, so the image project "abc" was not deleted [item 0]',
		);
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a Base URL that leads elsewhere', () => {
	const query = 'contains ? or #';
	const version = 'ends with /v1';
	const character = 'contains a space, a backslash, or an invisible character';

	it.each<[string, (url: string) => string, string]>([
		['a bare question mark', (url) => `${url}/?`, query],
		['a bare hash', (url) => `${url}/#`, query],
		['a question mark after the host', (url) => `${url}?`, query],
		['a query', (url) => `${url}/?key=value`, query],
		['a hash', (url) => `${url}/#part`, query],
		['the version', (url) => `${url}/v1`, version],
		['the version and slashes', (url) => `${url}//v1//`, version],
		['the version in upper case', (url) => `${url}/V1`, version],
		['the version after a path', (url) => `${url}/proxy/v1`, version],
		['the version behind dots', (url) => `${url}/x/../v1/.`, version],
		['the version in percent-encoding', (url) => `${url}/%761`, version],
		['a user name', (url) => url.replace('//', '//me@'), 'contains a username or password'],
		['an empty one', (url) => url.replace('//', '//@'), 'contains a username or password'],
		['a password', (url) => url.replace('//', '//me:hidden@'), 'contains a username or password'],
		['a space', (url) => `${url}/a b`, character],
		['a tab', (url) => `${url}/a\tb`, character],
		['a line break', (url) => `${url}/\nv1x`, character],
		['a backslash', (url) => `${url}\\v1`, character],
		['a zero-width space', (url) => `${url}/\u200b`, character],
		['a line separator', (url) => `${url}/a\u2028b`, character],
		['a direction mark', (url) => `${url}/\u202ea`, character],
		['a path on Magic Hour', () => 'https://api.magichour.ai/v1/account', 'contains a path'],
	])('because of %s is refused, and deletes nothing', async (_, form, reason) => {
		sandbox().addFaults({ fault: { answer: { status: 200, body: { deleted: true } } } });
		const { message, description } = await failAt(form(sandbox().url), {
			options: { ignoreAlreadyDeleted: true, maxRetries: 0 },
			requestOptions: { proxy: sandbox().url },
		});

		expect(message).toBe(
			`'Base URL' in the credential ${reason}, so the image project "abc" was not deleted [item 0]`,
		);
		expect(description).toMatch(/^(?:Enter|Remove) /);
		expect(description).not.toContain('hidden');
		expect(requestLines(sandbox())).toEqual([]);
		expect(sandbox().tunnels).toEqual([]);
	});

	it('is not one with a path of a proxy', async () => {
		sandbox().addFaults({ fault: { answer: { status: 204 } } });
		const { json } = await deleteImageProjects(sandbox(), withIds('abc'), {
			credential: { apiKey: sandbox().apiKey, baseUrl: `${sandbox().url}/v1/proxy-v1` },
		});

		expect(json).toEqual([{ id: 'abc', deleted: true }]);
		expect(requestLines(sandbox())).toEqual(['DELETE /v1/proxy-v1/v1/image-projects/abc']);
	});
});
