import axios from 'axios';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpError } from '../../nodes/MagicHour/http/errors';
import { RateLimiter } from '../../nodes/MagicHour/http/rateLimiter';
import { requestWithRetry } from '../../nodes/MagicHour/http/requestWithRetry';

let server: Server;
let url: string;
beforeEach(async () => {
	server = createServer((request, response) => {
		response.statusCode = Number(request.url?.slice(1));
		response.end();
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	url = `http://127.0.0.1:${port}`;
});
afterEach(async () => await close());

async function close(): Promise<void> {
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
}

/** @returns how many requests count against the rate limit of a server that responds with a status */
async function countAccepted(status: number): Promise<number> {
	const rateLimiter = new RateLimiter(1);
	const recordAccepted = jest.spyOn(rateLimiter, 'recordAccepted');
	const send = async () => {
		const { data, headers } = await axios.get(`${url}/${status}`, { validateStatus: null });
		if (status >= 300) throw new HttpError(status, headers, data);
	};
	const policy = { idempotent: true, expectsBody: false };
	await requestWithRetry(send, policy, { rateLimiter, maxRetries: 0, canceled: false }).catch(
		() => {},
	);
	return recordAccepted.mock.calls.length;
}

describe('the rate limit that is learned of a server', () => {
	it.each([
		[200, 1],
		[404, 1],
		[500, 1],
		[429, 0],
	])('counts a request that it answers with %d %d times', async (status, times) => {
		expect(await countAccepted(status)).toBe(times);
	});

	it('does not count a request whose connection it refuses', async () => {
		await close();
		expect(await countAccepted(200)).toBe(0);
	});
});
