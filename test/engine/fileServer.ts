import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A storage that does with a request whatever a test says, for links that lead out of the sandbox. */
export class FileServer {
	/** What it does with the next requests. */
	handler: Handler = (_, response) => void response.end();

	readonly requests: IncomingMessage[] = [];

	private readonly server: Server = createServer((request, response) => {
		this.requests.push(request);
		void this.handler(request, response);
	});

	/** Starts it on a free port of 127.0.0.1. The caller closes it. */
	static async start(): Promise<FileServer> {
		const fileServer = new FileServer();
		fileServer.server.listen(0, '127.0.0.1');
		await once(fileServer.server, 'listening');
		return fileServer;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}
}

/**
 * Sends a body piece by piece.
 *
 * @param pieces how many; Infinity for a body that never ends
 */
export async function drip(response: ServerResponse, piece: Buffer, pieces: number, everyMs = 50) {
	for (let sent = 0; sent < pieces && !response.destroyed; sent++) {
		response.write(piece);
		await sleep(everyMs);
	}
	response.end();
}

/** Reads a body piece by piece, with a wait after each. */
export async function readSlowly(request: IncomingMessage, everyMs: number): Promise<number> {
	let read = 0;
	for await (const piece of request) {
		read += (piece as Buffer).length;
		await sleep(everyMs);
	}
	return read;
}
