import type { FastifyReply } from 'fastify';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getSystemErrorMap } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** What goes wrong with a request, instead of or around what the API would do. */
export interface Fault {
	/** Milliseconds before anything else happens. */
	delay?: number;
	/** What must have resolved before anything else happens: for tests in the sandbox's process. */
	until?: Promise<unknown>;
	/** Whether the API does what was asked for before the fault shows. */
	afterProcessing?: boolean;
	/** The answer that is given; without it, the API's own. */
	answer?: { status: number; headers?: Record<string, string>; body?: string | object | Buffer };
	/** Ends the connection without an answer. */
	reset?: boolean;
	/** Ends its half of the connection, as if all were said, without an answer. */
	halfClose?: boolean;
	/** Ends the connection in the middle of the answer's body. */
	cutOff?: boolean;
	/** Never answers: not at all, or not to the end of the body. */
	stall?: 'headers' | 'body';
	/** Goes on answering every 20 ms, without an end: with a letter of a header, or a space of the body. */
	drip?: 'headers' | 'body';
	/** Answers with something that is not HTTP. */
	garbage?: boolean;
	/** Answers with a TLS record that is corrupt; for a sandbox that speaks TLS. */
	corruptTls?: 'version' | 'mac';
	/**
	 * The code, such as `EHOSTUNREACH`, of an error by which the client's socket fails while it waits
	 * for the answer: for a client in the sandbox's process.
	 */
	clientError?: string;
	/** Lets the client's socket fail as if it had never been connected; likewise. */
	refused?: boolean;
	/** Encodes the body, and says so. */
	encoding?: 'gzip' | 'br' | 'deflate';
	/** Leaves out the second half of the body, encoded or not, and tells the length of the first. */
	truncated?: boolean;
}

/** Which requests a fault is for. */
export interface FaultRule {
	method?: string;
	/** ID of a project; without it, any. */
	id?: string;
	/** The name that the request gives to a project; without it, any. */
	name?: string;
	/** Beginning of a path of the storage, such as `/downloads/`; without it, the API itself. */
	path?: string;
	/** Beginning of a path of the API, such as `/v1/account`; without it, any. */
	endpoint?: string;
	/** Whether it is for requests whose API key is wrong; all others are for those with the right one. */
	hasWrongKey?: boolean;
	/** How many requests to spare first. */
	skip?: number;
	/** For how many requests; without it, for all. */
	times?: number;
	fault: Fault;
}

/** What a fault may be asked for by. */
interface FaultyRequest {
	method: string;
	/** Path and query. */
	url?: string;
	id?: string;
	/** What the body gives as a name. */
	name?: unknown;
	/** The path, where it is one of the storage. */
	storagePath?: string;
	hasWrongKey?: boolean;
}

/** The faults that were asked for, by rule or by the project's ID. */
export class Faults {
	private rules: FaultRule[] = [];

	add(...rules: FaultRule[]): void {
		this.rules.push(...rules.map((rule) => ({ ...rule })));
	}

	clear(): void {
		this.rules = [];
	}

	/** @returns the fault that the next rule in line asks for; an ID such as `status-503-x` asks by itself */
	take({
		method,
		id,
		name,
		storagePath,
		url,
		hasWrongKey = false,
	}: FaultyRequest): Fault | undefined {
		const byId = /^status-(\d{3})-/.exec(id ?? '');
		if (byId !== null && storagePath === undefined && !hasWrongKey)
			return { answer: { status: Number(byId[1]) } };

		const rule = this.rules.find(
			(candidate) =>
				candidate.times !== 0 &&
				(candidate.method ?? method) === method &&
				(candidate.id ?? id) === id &&
				(candidate.name ?? name) === name &&
				(candidate.hasWrongKey ?? false) === hasWrongKey &&
				(candidate.endpoint === undefined || url?.startsWith(candidate.endpoint) === true) &&
				(candidate.path === undefined
					? storagePath === undefined
					: (storagePath?.startsWith(candidate.path) ?? false)),
		);
		if (rule === undefined) return undefined;
		if (rule.skip !== undefined && rule.skip > 0) {
			rule.skip--;
			return undefined;
		}
		if (rule.times !== undefined) rule.times--;
		return rule.fault;
	}
}

/** What the sandbox answers when it does as asked. */
export interface ApiResponse {
	status: number;
	headers?: Record<string, string>;
	body?: object | Buffer;
}

/** What makes an answer of its own, so that the API need not do as asked. */
const answering = [
	'answer',
	'reset',
	'halfClose',
	'stall',
	'drip',
	'garbage',
	'corruptTls',
	'clientError',
	'refused',
] as const satisfies Array<keyof Fault>;
const encoders = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };
const dripIntervalMs = 20;

/**
 * Shows a fault to the client.
 *
 * @param respond what the API does when it does as asked; called at most once
 */
export async function showFault(
	fault: Fault,
	reply: FastifyReply,
	respond: () => ApiResponse,
): Promise<void> {
	if (fault.delay !== undefined) await sleep(fault.delay);
	await fault.until;
	const isSound = answering.every((name) => fault[name] === undefined || fault[name] === false);
	const own: ApiResponse = fault.afterProcessing === true || isSound ? respond() : { status: 500 };
	if (spoilsConnection(fault, reply.raw.req.socket)) {
		reply.hijack();
		return;
	}
	const { status, headers: givenHeaders = {}, body } = fault.answer ?? own;
	const isJson = typeof body === 'object' && !(body instanceof Buffer);
	const { content, headers: ownHeaders } = encode(
		isJson ? JSON.stringify(body) : (body ?? ''),
		fault,
	);
	const type = isJson ? 'application/json' : 'text/html';
	const headers = { 'content-type': type, ...givenHeaders, ...ownHeaders };
	if (fault.drip === 'body') {
		reply.hijack();
		reply.raw.writeHead(status, headers);
		drip(reply.raw, content.length === 0 ? ' ' : content, ' ');
		return;
	}
	if (fault.cutOff === true || fault.stall === 'body') {
		reply.hijack();
		reply.raw.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(content) + 100 });
		reply.raw.write(content.length === 0 ? ' ' : content);
		if (fault.cutOff === true) setImmediate(() => reply.raw.destroy());
		return;
	}
	await reply
		.code(status)
		.headers(content.length === 0 ? { ...givenHeaders, ...ownHeaders } : headers)
		.send(content);
}

/** @returns whether the connection itself fails, or never gets an answer that is HTTP */
function spoilsConnection(fault: Fault, socket: Socket): boolean {
	if (fault.reset === true) socket.resetAndDestroy();
	else if (fault.halfClose === true) socket.end();
	else if (fault.garbage === true) socket.end('220 This is not HTTP\r\n');
	else if (fault.corruptTls !== undefined) corruptTls(socket, fault.corruptTls);
	else if (fault.clientError !== undefined) failClient(socket, fault.clientError);
	else if (fault.refused === true) failClient(socket, 'ECONNREFUSED', 'connect');
	else if (fault.drip === 'headers') drip(socket, 'HTTP/1.1 200 OK\r\nx-drip: ', 'x');
	else if (fault.stall !== 'headers') return false;
	return true;
}

function encode(
	text: string | Buffer,
	{ encoding, truncated }: Fault,
): { content: string | Buffer; headers: Record<string, string> } {
	if (encoding === undefined && truncated !== true) return { content: text, headers: {} };
	const whole = encoding === undefined ? Buffer.from(text) : encoders[encoding](text);
	const content = truncated === true ? whole.subarray(0, whole.length / 2) : whole;
	return {
		content,
		headers: {
			'content-length': String(content.length),
			...(encoding === undefined ? {} : { 'content-encoding': encoding }),
		},
	};
}

/** Writes a beginning, and then the same piece again and again until nobody listens. */
function drip(to: ServerResponse | Socket, beginning: string | Buffer, piece: string): void {
	to.write(beginning);
	const timer = setInterval(() => to.write(piece), dripIntervalMs);
	to.once('close', () => clearInterval(timer));
}

/** Writes past TLS: an application record that nobody has encrypted, or no record at all. */
function corruptTls(socket: Socket, how: NonNullable<Fault['corruptTls']>): void {
	const { _parent: rawSocket } = socket as Socket & { _parent?: Socket };
	if (rawSocket === undefined) throw new Error('The sandbox does not speak TLS');
	const forgedRecord = Buffer.concat([Buffer.from('1703030040', 'hex'), Buffer.alloc(64, 'x')]);
	rawSocket.write(how === 'mac' ? forgedRecord : 'no TLS record');
}

/** The sockets of the clients in this process, and some that are closed. */
let clientSockets: Socket[] = [];
const manySockets = 500;

subscribe('net.client.socket', (message) => {
	const { socket } = message as { socket: Socket };
	if (clientSockets.length > manySockets) {
		clientSockets = clientSockets.filter(({ destroyed }) => !destroyed);
	}
	clientSockets.push(socket);
});

/** Lets a client's socket fail as when the operating system reports an error. */
function failClient(serverSocket: Socket, code: string, syscall = 'read'): void {
	const ports = [serverSocket.remotePort, serverSocket.localPort].join();
	const socket = clientSockets.find((one) => [one.localPort, one.remotePort].join() === ports);
	if (socket === undefined) throw new Error('The client is not in this process');
	const [errno] = [...getSystemErrorMap()].find(([, [name]]) => name === code) ?? [];
	socket.destroy(Object.assign(new Error(`${syscall} ${code}`), { errno, code, syscall }));
}
