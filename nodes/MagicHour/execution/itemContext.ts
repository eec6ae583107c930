import {
	NodeHelpers,
	type DeclarativeRestApiSettings,
	type IBinaryData,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INodeProperties,
} from 'n8n-workflow';
import { AbortGroup, unlessAborted, withDeadline } from '../http/abort';
import { messageOf } from '../http/classifyError';
import { now } from '../http/clock';
import {
	HttpError,
	isRequestError,
	isSuccess,
	type NetworkError,
	type RequestError,
} from '../http/errors';
import { sanitize } from '../http/foreignData';
import { propertiesOf } from '../http/json';
import { readBody } from '../http/readBody';
import type { Redactor } from '../http/redaction';
import type { RequestPolicy } from '../http/requestWithRetry';
import { isTransient } from '../http/retryPolicy';
import { userAgent } from '../http/userAgent';
import type { ErrorContext, OperationWords } from '../messages/errorMessage';
import { describeUnreadable } from '../messages/execution';
import { dryRunOf } from '../messages/operations';
import { describeInvalidBaseUrl, describeRequestError } from '../messages/requestErrors';
import { isHttps, type BaseUrl } from './baseUrl';
import { credentialType, readCredential, requireCredential } from './credential';
import { asItemError, ItemError, validationError } from './itemError';
import { itemKey, type NodeRun, type ResponseHandler } from './nodeRun';
import { redactorFor, redactorOf } from './output';

/** n8n's own, where Request Options say nothing else. */
export const defaultTimeoutMs = 300_000;
/** More than any response of the API has. */
const maxResponseBytes = 2_000_000;
/** The longest that a timer of Node.js waits. */
const maxTimerMs = 2 ** 31 - 1;
/** Of a response that is no success, only the beginning is quoted. */
const maxErrorBytes = 100_000;

export type RoutingRequest = DeclarativeRestApiSettings.ResultOptions;

/** What a request is about, and how it may be sent. */
interface RequestTerms {
	policy: RequestPolicy;
	/** For the sentences about its failure. */
	errorContext: ErrorContext;
	/** Whether a failure that may pass lets the other items of the run go on. */
	tolerateTransient?: boolean;
	/** Ends the request when nobody waits for it any more. */
	signal?: AbortSignal;
}

/** A request to the API: the operation's own, but for what is said here. */
interface ApiRequest extends RequestTerms {
	method?: IHttpRequestOptions['method'];
	url?: string;
	qs?: IHttpRequestOptions['qs'];
	body?: IHttpRequestOptions['body'];
	/**
	 * Names a request that changes nothing: items that make the same share it, and nothing of it is
	 * kept for later tries.
	 */
	lookupKey?: string;
}

/** What holds for every transfer of a file: what a user has set under Request Options, and more. */
export interface ConnectionOptions
	extends Pick<IHttpRequestOptions, 'proxy' | 'skipSslCertificateValidation'> {
	/** How long it may last that no byte moves, in milliseconds. */
	idleMs: number;
	/** Aborted when the execution is over. */
	cancelSignal: AbortSignal | undefined;
	/** Whether only https will do, since the API is https. */
	requiresHttps: boolean;
}

type Field = Pick<INodeProperties, 'name' | 'displayName' | 'default'>;

/** One input item on its way through an operation. */
export class ItemContext {
	readonly index: number;

	/** When the work on the item began, by `now()`. */
	readonly startedAt = now();

	/** Whether it is only checked what would be done for it. */
	isDryRun = false;

	/** The ID that the item names, once it was read and is valid. */
	resolvedId: string | undefined;

	private redacting: Promise<Redactor> | undefined;

	/** The API key by which the last request was sent. */
	private sentApiKey: unknown;

	constructor(
		private readonly context: IExecutePaginationFunctions,
		private readonly routing: RoutingRequest,
		readonly run: NodeRun,
		readonly operation: OperationWords,
		private readonly baseUrl: BaseUrl | NetworkError,
	) {
		this.index = context.getItemIndex();
	}

	/** Tells the item from the others of its run. */
	get key(): string {
		return itemKey(this.index);
	}

	get helpers(): IExecutePaginationFunctions['helpers'] {
		return this.context.helpers;
	}

	/** The input's binary fields, by name. */
	get binary(): Record<string, IBinaryData> {
		return this.context.getInputData().binary ?? {};
	}

	/** The input's JSON, in which n8n 2 has the files of a workflow with the Binary Mode "combined". */
	get json(): unknown {
		return this.context.getInputData().json;
	}

	/** Whether an AI agent or an MCP client has called the node as its tool. */
	get isToolCall(): boolean {
		return this.run.isToolCall;
	}

	/** The path of the operation's request. */
	get url(): string {
		return this.routing.options.url ?? '';
	}

	/** What the operation's routing makes of the fields that are sent in the body. */
	get body(): IHttpRequestOptions['body'] {
		return this.routing.options.body;
	}

	/** Nothing is sent where the credential cannot be read, or its Base URL is not valid. */
	private get api(): Pick<BaseUrl, 'url' | 'hostname'> {
		return 'url' in this.baseUrl ? this.baseUrl : { url: '', hostname: '' };
	}

	/**
	 * The domains that the credential allows. n8n adds the host of the node's own Base URL, since it
	 * means a list for other nodes; the one of the credential is no less the node's own.
	 */
	private get allowedDomains(): string | undefined {
		const { allowedDomains } = this.routing.options;
		if (allowedDomains === undefined) return undefined;
		return `${this.api.hostname}, ${allowedDomains}`;
	}

	/** Whether a field is shown, as the item's other parameters are set. */
	shows(field: INodeProperties): boolean {
		const node = this.context.getNode();
		return NodeHelpers.displayParameter(node.parameters, field, node, null);
	}

	/**
	 * @returns what takes the API key out of a text; it is the item's own, since the credential may be
	 * chosen by an expression
	 */
	async redactor(): Promise<Redactor> {
		const { redactors } = this.run;
		if (this.sentApiKey !== undefined) return redactorOf(this.sentApiKey, redactors);
		this.redacting ??= redactorFor(this.context, redactors);
		return await this.redacting;
	}

	/** @returns the API key of the item, which an expression may choose; empty where none can be read */
	async readApiKey(): Promise<string> {
		const { apiKey } = await readCredential(this.context);
		return String(apiKey ?? '');
	}

	/**
	 * Reads what the user has set in a field of the node.
	 *
	 * @throws ItemError where its expression fails
	 */
	parameter(field: Field): unknown {
		return this.read(field, field.name, field.default);
	}

	/**
	 * Reads what the user has set in a field of the Options collection.
	 *
	 * @param fallback the value of an option that the user has not added
	 * @throws ItemError where its expression fails
	 */
	option(field: Field, fallback: unknown = field.default): unknown {
		if (!this.hasOption(field)) return fallback;
		return this.read(field, `options.${field.name}`, fallback);
	}

	/** Whether the user has added an option to the Options collection, also one that is empty. */
	hasOption({ name }: Pick<Field, 'name'>): boolean {
		return this.run.hasOption(name);
	}

	/**
	 * Says what requests are about, for the sentences about their failures.
	 *
	 * @param subject in the middle of a sentence
	 * @throws ItemError where the credential cannot be read, or its Base URL is not one that a path can
	 * be appended to
	 */
	errorContext(
		subject: string,
		{ hint, missingHint }: Pick<ErrorContext, 'hint' | 'missingHint'>,
	): ErrorContext {
		const { baseUrl } = this;
		const operation = this.isDryRun ? dryRunOf(this.operation) : this.operation;
		const context = { operation, subject, hint, missingHint, host: '' };
		if (!('url' in baseUrl)) {
			throw new ItemError(describeRequestError(baseUrl, context), { wasAttempted: false });
		}
		const { host, issue } = baseUrl;
		if (issue === undefined) return { ...context, host };
		throw new ItemError(describeInvalidBaseUrl(issue, context), { wasAttempted: false });
	}

	/**
	 * Sends a request to the API when a slot is free.
	 *
	 * @param handle turns the body of the response into the result, while it holds the slot
	 * @throws ItemError where there is no result
	 */
	async request<Result>(
		{ method, url, qs, body, lookupKey, ...terms }: ApiRequest,
		handle: ResponseHandler<unknown, Result>,
	): Promise<Result> {
		const { options: routed } = this.routing;
		const { policy, signal } = terms;
		const options = {
			...routed,
			baseURL: this.api.url,
			allowedDomains: this.allowedDomains,
			timeout: timeoutOf(routed),
			method: method ?? routed.method,
			url: url ?? routed.url ?? '',
			qs: qs ?? routed.qs,
			body: body ?? (method === undefined ? routed.body : {}),
			skipSslCertificateValidation: routed.skipSslCertificateValidation === true,
		};
		const { underWay } = this.run;
		const groups = signal === undefined ? [underWay] : [underWay, new AbortGroup(signal)];
		const attempt = async () =>
			await withDeadline(
				options.timeout,
				groups,
				async (abortSignal) => await this.sendAndRead({ ...options, abortSignal }, policy),
			);
		const sharedKey = lookupKey ?? policy.dedupeKey;
		const handler = this.endingItem(terms, handle);
		return sharedKey === undefined
			? await this.run.send(attempt, policy, handler, signal)
			: await this.run.sendOnce(sharedKey, attempt, policy, handler);
	}

	/**
	 * Sends a request to a presigned URL when a slot is free. It gets no API key.
	 *
	 * @param attempt makes one attempt
	 * @param handle turns what the attempt that succeeded gave into the result
	 * @throws ItemError where there is no result
	 */
	async requestPresigned<Received, Result>(
		terms: RequestTerms,
		attempt: (connection: ConnectionOptions) => Promise<Received>,
		handle: ResponseHandler<Received | undefined, Result>,
	): Promise<Result> {
		const { options: routed } = this.routing;
		const connection = {
			proxy: routed.proxy,
			skipSslCertificateValidation: routed.skipSslCertificateValidation === true,
			idleMs: timeoutOf(routed),
			cancelSignal: this.run.signal,
			requiresHttps: isHttps(this.api.url),
		};
		return await this.run.send(
			async () => await attempt(connection),
			terms.policy,
			this.endingItem(terms, handle),
		);
	}

	/**
	 * Makes one attempt of a request to the API. What comes back is without the API key, and bounded.
	 *
	 * @returns the body of a success, where it is needed
	 * @throws HttpError for what is no success, NetworkError for a success that is not whole
	 */
	private async sendAndRead(
		options: IHttpRequestOptions & { abortSignal: AbortSignal },
		{ expectsBody }: RequestPolicy,
	): Promise<unknown> {
		const { abortSignal } = options;
		const response = await unlessAborted(abortSignal, this.sendAuthenticated(options));
		const { statusCode, headers } = response;
		const succeeded = isSuccess(statusCode, headers);
		if (succeeded && !expectsBody) {
			await readBody(response.body, 0, abortSignal);
			return undefined;
		}
		const maxBytes = succeeded ? maxResponseBytes : maxErrorBytes;
		const { body, incomplete } = await readBody(response.body, maxBytes, abortSignal);
		// What was cut of a failure does not matter, unless the execution is over.
		if (incomplete !== undefined && (succeeded || incomplete.kind === 'aborted')) throw incomplete;

		const redact = await this.redactor();
		const sanitized = sanitize(body, redact);
		if (succeeded) return sanitized;
		throw new HttpError(statusCode, propertiesOf(sanitize(headers, redact)), sanitized);
	}

	/**
	 * @returns the response, whose body has not been read
	 * @throws NetworkError where the credential has no API key; else what n8n's helper throws
	 */
	private async sendAuthenticated(
		options: IHttpRequestOptions & { abortSignal: AbortSignal },
	): Promise<IN8nHttpFullResponse> {
		const { context } = this;
		let credentialError: unknown;
		const getCredentials = async () => {
			const reading = requireCredential(context);
			reading.catch((error: unknown) => {
				credentialError = error;
			});
			const credential = await reading;
			this.sentApiKey = credential.apiKey;
			return credential;
		};
		// n8n's helper takes the signal of its context, which the end of an attempt does not abort. And
		// it reads the credential itself: this sees what it reads, which is read only once.
		const contextOfAttempt: IExecutePaginationFunctions = Object.create(context, {
			getExecutionCancelSignal: { value: () => options.abortSignal },
			getCredentials: { value: getCredentials },
		});
		const response = context.helpers.httpRequestWithAuthentication.call(
			contextOfAttempt,
			credentialType,
			// The headers are copied, since those of the routing serve every attempt.
			{
				...options,
				headers: { ...options.headers, 'User-Agent': userAgent },
				encoding: 'stream',
				returnFullResponse: true,
			},
		);
		// n8n wraps an error in one of its own, which no longer tells that nothing was sent.
		return await response.catch((error: unknown) => {
			throw credentialError ?? error;
		});
	}

	/** Lets what the handler of a response does not handle end the item. */
	private endingItem<Received, Result>(
		{ errorContext, tolerateTransient = false }: RequestTerms,
		handle: ResponseHandler<Received, Result>,
	): ResponseHandler<Received, Result> {
		return async (receive) => {
			try {
				return await handle(receive);
			} catch (error) {
				const itemError = isRequestError(error)
					? this.toItemError(error, errorContext)
					: asItemError(error, true);
				const endsItem = itemError.errorMessage !== undefined;
				if (endsItem && !(tolerateTransient && itemError.isTransient)) {
					this.run.recordFirstFailure(this.index);
				}
				throw itemError;
			}
		};
	}

	private toItemError(error: RequestError, errorContext: ErrorContext): ItemError {
		const isUnsent = isCanceled(error) && error.cause === undefined;
		if (isCanceled(error) && !this.run.isExecutionOver) {
			if (error.cause === undefined) return new ItemError(undefined, { wasAttempted: false });
			return this.toItemError(error.cause, errorContext);
		}
		return new ItemError(describeRequestError(error, errorContext), {
			wasAttempted: !isUnsent,
			isTransient: isTransient(error),
		});
	}

	private read(field: Field, path: string, fallback: unknown): unknown {
		let reason: string;
		try {
			return this.context.getNodeParameter(path, fallback);
		} catch (error) {
			reason = messageOf(error);
		}
		throw validationError(describeUnreadable(field.displayName, reason));
	}
}

/** @returns milliseconds; n8n takes anything for a time-out, and timers of Node.js do not */
function timeoutOf({ timeout }: Pick<IHttpRequestOptions, 'timeout'>): number {
	const ms = Number(timeout);
	return ms > 0 ? Math.min(ms, maxTimerMs) : defaultTimeoutMs;
}

function isCanceled(error: RequestError): error is NetworkError {
	return 'kind' in error && error.kind === 'canceled';
}
