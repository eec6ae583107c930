import fastify, {
	type FastifyError,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
	type FastifyServerOptions,
} from 'fastify';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createProject } from './creation';
import { errorResponse } from './errors';
import { Faces } from './faces';
import { Faults, showFault, type ApiResponse, type FaultRule } from './faults';
import { projectKinds, Projects, type Project, type ProjectSetting } from './projects';
import { SavedItems, type SavedItemSetting } from './savedItems';
import { generators } from './schemas';
import type { Body } from './schemas/rules';
import { ownKeywords } from './schemas/schema';
import { Storage, type StorageAnswer } from './storage';
import { addWebhookControl, Webhooks } from './webhooks';

/** One request that arrived at the API. */
export interface LoggedRequest {
	method: string;
	/** Path and query exactly as they arrived. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
	/** Milliseconds since 1970 at which it arrived. */
	arrivedAt: number;
	/** The status that was answered; absent where there was no answer. */
	status?: number;
	/** What the answer said to be. */
	contentType?: string;
	/** The answer of the API, where it is text. */
	answer?: string;
	/** Its place in the order of all arrivals and ends of requests. */
	arrival: number;
	/** The place of its end in the same order; absent while it is under way. */
	end?: number;
}

/** An API that answers 429 to what comes too fast. */
export interface RateLimit {
	requestsPerSecond: number;
	/** Whether the answer says how long to wait. */
	sendsRetryAfter: boolean;
}

export interface SandboxOptions {
	/** The port of 127.0.0.1 to listen on; 0 for a free one. */
	port?: number;
	apiKey?: string;
	/** Makes it speak TLS, with this certificate. */
	tls?: { key: string; cert: string };
}

/** A running mock of the Magic Hour API. */
export interface Sandbox {
	url: string;
	apiKey: string;
	projects: Projects;
	storage: Storage;
	faces: Faces;
	savedItems: SavedItems;
	webhooks: Webhooks;
	/** What the account has left. */
	credits: number;
	/** What a project costs that a body asks for, where it is not what the API charges. */
	priceOf?: (body: Body) => number;
	/** What becomes of a project that a body asks for, where it is not what becomes of all. */
	outcomeOf?: (body: Body) => Project['outcome'];
	/** What arrived at the API, in order. */
	requests: LoggedRequest[];
	/** The hosts, with ports, that somebody wanted to be connected to, taking the sandbox for a proxy; all are refused. */
	tunnels: string[];
	/** The requests that are under way. */
	inFlight: number;
	/** The most requests that were under way at the same time. */
	highestInFlight: number;
	addFaults(...rules: FaultRule[]): void;
	limitRate(limit: RateLimit | undefined): void;
	/** Forgets projects, faults, limits and the log. */
	reset(): void;
	close(): Promise<void>;
}

const fullCredits = 10_000;
export const sandboxKey = 'mhk_live_sandbox_0123456789abcdef';

/**
 * Starts a mock of the Magic Hour API on 127.0.0.1. The caller closes it.
 *
 * Beside the API it has control routes under `/sandbox/`, for those who run it in another process.
 */
export async function startSandbox({
	port = 0,
	apiKey = sandboxKey,
	tls,
}: SandboxOptions = {}): Promise<Sandbox> {
	const serverOptions: Pick<FastifyServerOptions, 'serverFactory'> =
		tls === undefined ? {} : { serverFactory: (handler) => createTlsServer(tls, handler) };
	const server = fastify({
		forceCloseConnections: true,
		...serverOptions,
		routerOptions: { maxParamLength: 5000 },
		// Bodies are taken as they are, as the API does.
		ajv: {
			customOptions: {
				coerceTypes: false,
				removeAdditional: false,
				useDefaults: false,
				keywords: ownKeywords,
			},
		},
	});
	const faults = new Faults();
	const log = new WeakMap<FastifyRequest, LoggedRequest>();
	let rateLimit: RateLimit | undefined;
	let rateWindow = { startedAt: 0, requests: 0 };
	/** How many requests have arrived or ended. */
	let moments = 0;

	const projects = new Projects();
	const storage = new Storage(projects);
	/** What the account has left, without refunds. */
	let balance = fullCredits;
	const sandbox: Sandbox = {
		url: '',
		apiKey,
		projects,
		storage,
		faces: new Faces(projects, storage),
		savedItems: new SavedItems(
			() => projects.now(),
			() => sandbox.url,
		),
		webhooks: new Webhooks(projects, storage, () => sandbox.url),
		get credits() {
			return balance + projects.refunds();
		},
		set credits(credits) {
			balance = credits - projects.refunds();
		},
		requests: [],
		tunnels: [],
		inFlight: 0,
		highestInFlight: 0,
		addFaults: (...rules) => faults.add(...rules),
		limitRate: (limit) => {
			rateLimit = limit;
		},
		reset: () => {
			projects.clear();
			storage.clear();
			sandbox.faces.clear();
			sandbox.savedItems.clear();
			sandbox.webhooks.clear();
			sandbox.credits = fullCredits;
			sandbox.priceOf = undefined;
			sandbox.outcomeOf = undefined;
			sandbox.requests.length = 0;
			sandbox.tunnels.length = 0;
			sandbox.highestInFlight = 0;
			faults.clear();
			rateLimit = undefined;
		},
		close: async () => {
			await sandbox.webhooks.close();
			await server.close();
		},
	};

	server.addHook('onRequest', async (request, reply) => {
		if (request.url.startsWith('/sandbox/')) return;
		const entry: LoggedRequest = {
			method: request.method,
			url: request.url,
			headers: request.headers,
			body: undefined,
			arrivedAt: Date.now(),
			arrival: moments++,
		};
		log.set(request, entry);
		sandbox.requests.push(entry);
		sandbox.inFlight++;
		sandbox.highestInFlight = Math.max(sandbox.highestInFlight, sandbox.inFlight);
		reply.raw.once('close', () => {
			sandbox.inFlight--;
			entry.end = moments++;
		});
	});

	server.addHook('preHandler', async (request) => {
		const entry = log.get(request);
		if (entry !== undefined && !(request.body instanceof Readable)) entry.body = request.body;
	});

	const refuseExcess = (reply: FastifyReply): boolean => {
		if (rateLimit === undefined) return false;
		const now = Date.now();
		if (now - rateWindow.startedAt >= 1000) rateWindow = { startedAt: now, requests: 0 };
		rateWindow.requests++;
		if (rateWindow.requests <= rateLimit.requestsPerSecond) return false;
		if (rateLimit.sendsRetryAfter) void reply.header('retry-after', '1');
		return true;
	};

	/** Answers as the API does, after the checks that all its endpoints share. */
	const answer = async (
		request: FastifyRequest,
		reply: FastifyReply,
		respond: () => ApiResponse,
	) => {
		const { id } = { ...(request.params as { id?: string }) };
		const { method, url } = request;
		if (request.headers.authorization !== `Bearer ${apiKey}`) {
			const unauthorized = () => errorResponse(401, 'Unauthorized');
			const fault = faults.take({ method, url, id, hasWrongKey: true });
			if (fault !== undefined) {
				await showFault(fault, reply, unauthorized);
				return await reply;
			}
			const { status, body } = unauthorized();
			return await reply.code(status).send(body);
		}
		if (refuseExcess(reply)) return await reply.code(429).send({ message: 'Too many requests' });
		const { name } = Object(request.body) as { name?: unknown };
		const fault = faults.take({ method, url, id, name });
		if (fault !== undefined) {
			await showFault(fault, reply, respond);
			return await reply;
		}
		const { status, body } = respond();
		return await reply.code(status).send(body);
	};

	/** Answers as the storage does, to which the API key means nothing. */
	const answerSigned: AnswerSigned = async (request, reply, respond) => {
		const [path] = request.url.split('?');
		const fault = faults.take({ method: request.method, storagePath: path });
		if (fault === undefined) {
			const { status, headers = {}, body } = await respond();
			return await reply.code(status).headers(headers).send(body);
		}
		if (fault.afterProcessing === undefined && (fault.answer ?? fault.reset) !== undefined) {
			(request.body as Readable | undefined)?.resume();
			await showFault(fault, reply, () => ({ status: 500 }));
			return await reply;
		}
		const { body, ...done } = await respond();
		await showFault(fault, reply, () => ({ ...done, body: body as Buffer | undefined }));
		return await reply;
	};

	server.addHook('onResponse', async (request, reply) => {
		const entry = log.get(request);
		if (entry === undefined) return;
		entry.status = reply.statusCode;
		entry.contentType = reply.getHeader('content-type')?.toString();
	});

	server.addHook('onSend', async (request, _, payload) => {
		const entry = log.get(request);
		if (entry !== undefined && typeof payload === 'string') entry.answer = payload;
	});

	server.server.on('connect', (request, socket) => {
		sandbox.tunnels.push(request.url ?? '');
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});

	addApi(server, sandbox, answer);
	await addStorage(server, sandbox, answerSigned);
	addControl(server, sandbox);
	addWebhookControl(server, sandbox.webhooks);
	await server.listen({ port, host: '127.0.0.1' });
	sandbox.url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
	return sandbox;
}

const notFound = errorResponse(404, 'Not Found');

type Answer = (
	request: FastifyRequest,
	reply: FastifyReply,
	respond: () => ApiResponse,
) => Promise<unknown>;

type AnswerSigned = (
	request: FastifyRequest,
	reply: FastifyReply,
	respond: () => StorageAnswer | Promise<StorageAnswer>,
) => Promise<unknown>;

const largestUpload = 8 * 1024 * 1024 * 1024;

/** Adds the addresses of files, most of them signed, in a part of the server that leaves bodies as they are. */
async function addStorage(
	server: FastifyInstance,
	{ storage, faces, savedItems }: Sandbox,
	answerSigned: AnswerSigned,
): Promise<void> {
	await server.register(async (part) => {
		part.removeAllContentTypeParsers();
		part.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
		part.get('/downloads/*', async (request, reply) => {
			const { url, headers } = request;
			return await answerSigned(request, reply, () => storage.download(url, headers.authorization));
		});
		part.get<{ Params: { id: string; index: string } }>(
			'/faces/:id/:index(^\\d+)-0.png',
			async (request, reply) => {
				const { id, index } = request.params;
				return await answerSigned(request, reply, () =>
					storage.show('png', faces.pictureOf(id, index)),
				);
			},
		);
		part.get('/saved-items/*', async (request, reply) => {
			const path = request.url.slice(1).replace(/\?.*/, '');
			return await answerSigned(request, reply, () =>
				storage.show(path.split('.').at(-1) ?? '', savedItems.subjectOf(path)),
			);
		});
		part.put('/uploads/*', { bodyLimit: largestUpload }, async (request, reply) => {
			return await answerSigned(
				request,
				reply,
				async () =>
					await storage.upload(
						request.url,
						request.headers,
						(request.body as Readable | undefined) ?? Readable.from([]),
					),
			);
		});
	});
}

function addApi(server: FastifyInstance, sandbox: Sandbox, answer: Answer): void {
	const { projects } = sandbox;
	server.get('/v1/account', async (request, reply) => {
		return await answer(request, reply, () => ({
			status: 200,
			body: {
				id: 'account-of-the-sandbox',
				email: 'sandbox@example.com',
				tier: 'pro',
				credits: sandbox.credits,
				subscription: null,
			},
		}));
	});

	for (const path of Object.keys(generators)) {
		server.post(path, async (request, reply) => {
			return await answer(request, reply, () => createProject(path, request, sandbox));
		});
	}

	for (const kind of projectKinds) {
		const path = `/v1/${kind}-projects/:id`;
		server.get<{ Params: { id: string } }>(path, async (request, reply) => {
			return await answer(request, reply, () => {
				const body = projects.describe(request.params.id, kind, (project) =>
					sandbox.storage.linksTo(project, sandbox.url),
				);
				return body === undefined ? notFound : { status: 200, body };
			});
		});
		server.delete<{ Params: { id: string } }>(path, async (request, reply) => {
			const { id } = request.params;
			return await answer(request, reply, () =>
				projects.delete(id, kind) ? { status: 204 } : notFound,
			);
		});
	}

	server.post<{ Body: { items?: unknown } | null }>(
		'/v1/files/upload-urls',
		async (request, reply) => {
			return await answer(request, reply, () =>
				sandbox.storage.makeUploadUrls(request.body?.items, sandbox.url),
			);
		},
	);

	server.post('/v1/face-detection', async (request, reply) => {
		return await answer(request, reply, () => sandbox.faces.start(request.body));
	});

	server.get<{ Params: { id: string } }>('/v1/face-detection/:id', async (request, reply) => {
		return await answer(request, reply, () => {
			const body = sandbox.faces.describe(request.params.id, sandbox.url);
			return body === undefined ? notFound : { status: 200, body };
		});
	});

	server.setErrorHandler<FastifyError>(async (error, _, reply) => {
		const { status, body } = errorResponse(
			(error.statusCode ?? 500) < 500 ? 400 : 500,
			error.message,
		);
		return await reply.code(status).send(body);
	});
	server.get<{ Querystring: Record<string, unknown> }>(
		'/v1/saved-items',
		async (request, reply) => {
			return await answer(request, reply, () => sandbox.savedItems.list(request.query));
		},
	);

	server.setNotFoundHandler(async (request, reply) => {
		return await answer(request, reply, () => notFound);
	});
}

function addControl(server: FastifyInstance, sandbox: Sandbox): void {
	server.get('/sandbox/projects', async () => sandbox.projects.ids());

	server.get('/sandbox/ledger', async () => sandbox.projects.ledger());

	server.post<{ Body: ProjectSetting & { ids?: string[]; count?: number } }>(
		'/sandbox/projects',
		async (request) => {
			const { ids, count = 1, ...setting } = request.body;
			const wanted = ids ?? Array.from({ length: count }, () => undefined);
			return wanted.map((id) => sandbox.projects.create({ ...setting, id }));
		},
	);

	server.post<{ Body: SavedItemSetting & { count?: number } }>(
		'/sandbox/saved-items',
		async (request) => {
			const { count = 1, ...setting } = request.body;
			return Array.from({ length: count }, () => sandbox.savedItems.add(setting));
		},
	);

	server.get('/sandbox/requests', async () => ({
		highestInFlight: sandbox.highestInFlight,
		requests: sandbox.requests,
	}));

	server.post<{ Body: FaultRule[] }>('/sandbox/faults', async (request) => {
		sandbox.addFaults(...request.body);
		return { added: request.body.length };
	});

	server.post<{ Body: RateLimit | { requestsPerSecond: 0 } }>(
		'/sandbox/rate-limit',
		async (request) => {
			const { requestsPerSecond } = request.body;
			sandbox.limitRate(requestsPerSecond > 0 ? (request.body as RateLimit) : undefined);
			return { requestsPerSecond };
		},
	);

	server.post<{ Body: { advance: number } }>('/sandbox/clock', async (request) => {
		sandbox.projects.advanceClock(request.body.advance);
		return { now: new Date(sandbox.projects.now()).toISOString() };
	});

	server.post('/sandbox/reset', async () => {
		sandbox.reset();
		return { reset: true };
	});
}
