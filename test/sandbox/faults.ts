import type { FastifyReply } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with a request, instead of or around what the API would do. */
export interface Fault {
	/** Milliseconds before anything else happens. */
	delay?: number;
	/** What must have resolved before anything else happens: for tests in the sandbox's process. */
	until?: Promise<unknown>;
	/** Whether the API does what was asked for before the fault shows. */
	afterProcessing?: boolean;
	/** The answer that is given; without it, the API's own. */
	answer?: { status: number; headers?: Record<string, string>; body?: string | object };
	/** Ends the connection without an answer. */
	reset?: boolean;
	/** Ends its half of the connection, as if all were said, without an answer. */
	halfClose?: boolean;
	/** Ends the connection in the middle of the answer's body. */
	cutOff?: boolean;
	/** Never answers: not at all, or not to the end of the body. */
	stall?: 'headers' | 'body';
}

/** Which requests a fault is for. */
export interface FaultRule {
	method?: string;
	/** ID of a project; without it, any. */
	id?: string;
	/** Beginning of a path of the storage, such as `/downloads/`; without it, the API itself. */
	path?: string;
	/** How many requests to spare first. */
	skip?: number;
	/** For how many requests; without it, for all. */
	times?: number;
	fault: Fault;
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
	take(method: string, id: string | undefined, storagePath?: string): Fault | undefined {
		const byId = /^status-(\d{3})-/.exec(id ?? '');
		if (byId !== null && storagePath === undefined) return { answer: { status: Number(byId[1]) } };

		const rule = this.rules.find(
			(candidate) =>
				candidate.times !== 0 &&
				(candidate.method ?? method) === method &&
				(candidate.id ?? id) === id &&
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
	const own: ApiResponse =
		fault.afterProcessing === true || isSound(fault) ? respond() : { status: 500 };
	const { status, headers = {}, body } = fault.answer ?? own;
	const isJson = typeof body === 'object' && !(body instanceof Buffer);
	const text = isJson ? JSON.stringify(body) : (body ?? '');
	const socket = reply.raw.socket;

	if (fault.reset === true) {
		reply.hijack();
		socket?.resetAndDestroy();
		return;
	}
	if (fault.halfClose === true) {
		reply.hijack();
		socket?.end();
		return;
	}
	if (fault.stall === 'headers') {
		reply.hijack();
		return;
	}
	const type = isJson ? 'application/json' : 'text/html';
	if (fault.cutOff === true || fault.stall === 'body') {
		reply.hijack();
		reply.raw.writeHead(status, {
			'content-type': type,
			...headers,
			'content-length': Buffer.byteLength(text) + 100,
		});
		reply.raw.write(text.length === 0 ? ' ' : text);
		if (fault.cutOff === true) setImmediate(() => socket?.destroy());
		return;
	}
	await reply
		.code(status)
		.headers({ ...(text.length === 0 ? {} : { 'content-type': type }), ...headers })
		.send(text);
}

/** A fault that only delays leaves the API to do as asked. */
function isSound(fault: Fault): boolean {
	const { answer, reset, halfClose, stall } = fault;
	return answer === undefined && reset !== true && halfClose !== true && stall === undefined;
}
