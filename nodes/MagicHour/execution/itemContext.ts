import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { excerpt } from '../http/answer';
import { sendWithRetries, type Sending } from '../http/requestWithRetry';
import { messageOf } from '../http/networkError';
import { failureOfFault, refusalOf, unfinishedOf } from '../messages/failures';
import { readIdentifier } from '../input/resourceId';
import type { Run } from './nodeRun';
import { makeRedactor } from '../http/redaction';
import type { OperationProfile, Outcome, Subject, Target } from './types';
import { Unfinished } from './itemError';
import { withArticle } from '../messages/text';

export type RoutingRequest = DeclarativeRestApiSettings.ResultOptions;

type RequestParts = Pick<IHttpRequestOptions, 'method' | 'url' | 'body'>;

/** A request to the API: the operation's own, but for what is said here. */
export interface Ask<Result = unknown> extends Partial<RequestParts>, Sending {
	target: Target;
	/** Turns how it ended into a result, or into what ends the item; by default only 2xx is a result. */
	judge?: (outcome: Outcome) => Result | Unfinished;
	/** Whether a failure that may pass leaves the other items of the run to go on. */
	isPatient?: boolean;
}

/** One input item on its way through an operation. */
export class Item {
	readonly index: number;

	constructor(
		readonly context: IExecutePaginationFunctions,
		private readonly request: RoutingRequest,
		readonly run: Run,
		readonly profile: OperationProfile,
	) {
		this.index = context.getItemIndex();
	}

	/** What the operation's routing makes of the fields that are sent in the body. */
	get body(): IHttpRequestOptions['body'] {
		return this.request.options.body;
	}

	/**
	 * Reads what the user has set.
	 *
	 * @param path of the parameter or option, for example `options.maxWait`
	 * @throws Unfinished where its expression fails
	 */
	parameter(path: string, displayName: string, fallback: unknown = ''): unknown {
		let trouble: unknown;
		try {
			return this.context.getNodeParameter(path, fallback);
		} catch (error) {
			trouble = error;
		}
		const advice = excerpt(messageOf(trouble));
		throw refusalOf({ displayName, reason: 'could not be read', advice });
	}

	/**
	 * Reads the ID of what the item is about, and puts it into the URL that the routing gives.
	 *
	 * @throws Unfinished where it is no ID
	 */
	identify(subject: Subject): { id: string; url: string; target: Target } {
		const given = this.parameter(subject.idParameter, subject.idDisplayName);
		const identifier = readIdentifier(given, subject);
		if ('refusal' in identifier) {
			throw refusalOf({ displayName: subject.idDisplayName, ...identifier.refusal });
		}
		const { id } = identifier;
		const target = this.target(`the ${subject.name} "${id}"`, {
			check: `Check the ${subject.idDisplayName}.`,
			missing: `The ID may be wrong, belong to another account, or be of ${withArticle(subject.name)} that is already gone.`,
		});
		const { url = '' } = this.request.options;
		return {
			id,
			target,
			url: url.replace(`{${subject.idParameter}}`, () => encodeURIComponent(id)),
		};
	}

	/**
	 * @param name what the item is about, in the middle of a sentence
	 * @throws Unfinished where the Base URL is not an address
	 */
	target(name: string, { check, missing }: Pick<Target, 'check' | 'missing'>): Target {
		const host = hostOf(this.request.options.baseURL);
		const target = { profile: this.profile, name, check, missing, host: host ?? '' };
		if (host === undefined) {
			const fault = { kind: 'badAddress' as const, detail: '', mayHaveArrived: false };
			const failure = failureOfFault(fault, { retries: 0, mayHaveBeenDone: false }, target);
			throw new Unfinished(failure, { wasAttempted: false });
		}
		return target;
	}

	/**
	 * Asks the API when the item's turn comes.
	 *
	 * @returns the body of the answer, or what `judge` makes of it
	 * @throws Unfinished where there is no result
	 */
	async ask<Result = unknown>({ method, url, body, ...sending }: Ask<Result>): Promise<Result> {
		const { options: routed } = this.request;
		const asked = {
			method: method ?? routed.method,
			url: url ?? routed.url,
			body: body ?? (method === undefined ? routed.body : {}),
		};
		return await this.send(sending, async () => {
			const options = { ...routed, ...asked, headers: { ...routed.headers } };
			const [answer] = await this.context.makeRoutingRequest({ ...this.request, options });
			return answer?.json;
		});
	}

	/**
	 * Asks an address that is signed, and therefore gets no API key, when the item's turn comes.
	 *
	 * @param attempt makes one attempt with the sender that it is given
	 * @returns what the attempt that succeeded gave, or what `judge` makes of it
	 * @throws Unfinished where there is no result
	 */
	async askSigned<Result>(
		ask: Omit<Ask<Result>, keyof RequestParts>,
		attempt: (send: SignedSender) => Promise<unknown>,
	): Promise<Result> {
		const { proxy, timeout, skipSslCertificateValidation } = this.request.options;
		return await this.send(ask, async () => {
			return await attempt(async (options) => {
				return (await this.context.helpers.httpRequest({
					proxy,
					timeout,
					skipSslCertificateValidation: skipSslCertificateValidation === true,
					ignoreHttpStatusErrors: true,
					returnFullResponse: true,
					...options,
				})) as SignedAnswer;
			});
		});
	}

	private async send<Result>(
		{ target, judge, isPatient = false, ...sending }: Omit<Ask<Result>, keyof RequestParts>,
		attempt: () => Promise<unknown>,
	): Promise<Result> {
		const judged = (outcome: Outcome): Result | Unfinished => {
			const verdict =
				judge?.(outcome) ??
				(outcome.kind === 'success' ? (outcome.result as Result) : unfinishedOf(outcome, target));
			if (verdict instanceof Unfinished && verdict.failure !== undefined) {
				if (!isPatient || !verdict.mayPass) this.run.noteFailure(this.index);
			}
			return verdict;
		};
		const { name } = sending;
		const remembered = name === undefined ? undefined : this.run.recall(name);
		if (remembered !== undefined) return remembered as Result;

		const redactor = async () => await makeRedactor(this.context);
		const outcome = await this.run.request(
			name,
			async () => await sendWithRetries(attempt, sending, this.run, redactor),
			judged,
		);
		const verdict = judged(outcome);
		if (verdict instanceof Unfinished) throw verdict;
		if (name !== undefined) this.run.remember(name, verdict);
		return verdict;
	}
}

/** Sends one request to a signed address. */
export type SignedSender = (options: IHttpRequestOptions) => Promise<SignedAnswer>;

export interface SignedAnswer {
	statusCode: number;
	headers: Record<string, string | undefined>;
	body: Parameters<IExecutePaginationFunctions['helpers']['prepareBinaryData']>[0];
}

/** @returns host and port of a web address that a path can be appended to */
function hostOf(baseUrl: string | undefined): string | undefined {
	if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
	const { protocol, host, search, hash } = new URL(baseUrl);
	return /^https?:$/.test(protocol) && search === '' && hash === '' ? host : undefined;
}
