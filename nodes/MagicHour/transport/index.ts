import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import { excerpt, letOnlySuccessPass } from './answer';
import { sendWithRetries } from './attempts';
import { messageOf } from './connection';
import {
	failureOfAnswer,
	failureOfCancel,
	failureOfFault,
	failureOfIdentifier,
	type Target,
} from './failures';
import { readIdentifier } from './identifier';
import { errorOfFailure, itemOfFailure, itemOfSuccess } from './output';
import { runOf, type Run } from './run';
import { makeRedactor } from './secrets';
import type { Failure, OperationProfile, Outcome } from './types';

export { transportOptions } from './options';
export type { OperationProfile, Subject } from './types';

type RoutingRequest = DeclarativeRestApiSettings.ResultOptions;

/** What the way a request ended means for one item. */
type Verdict =
	| { kind: 'done'; fields: IDataObject }
	| { kind: 'failed'; failure: Failure; wasAttempted: boolean }
	| { kind: 'notAttempted' };

/** What every operation shares, for the routing of the Resource parameter. */
export const throughTransport: INodePropertyRouting = {
	send: { paginate: true },
	output: { postReceive: [letOnlySuccessPass] },
};

/**
 * Makes the one way by which an operation's requests leave the node. n8n's declarative engine calls
 * it for each item, in the place of a pagination, with the request that the routing describes.
 *
 * @param profile what the operation is; its URL has the ID parameter's name in braces
 * @returns a function that resolves with the item's output, and rejects only with the failure that
 * stops the workflow, a NodeApiError
 */
export function sendAs(profile: OperationProfile) {
	return async function send(
		this: IExecutePaginationFunctions,
		request: RoutingRequest,
	): Promise<INodeExecutionData[]> {
		const run = runOf(this);
		const itemIndex = this.getItemIndex();
		const parameters = readParameters(this, profile);
		const prepared = run.refusal ?? parameters.refusal ?? prepare(parameters, request, profile);
		const isRefused = 'message' in prepared;
		if (isRefused) run.noteFailure(itemIndex);
		await run.enter(itemIndex);

		const verdict: Verdict = isRefused
			? { kind: 'failed', failure: prepared, wasAttempted: false }
			: await carryOut(this, run, request, prepared);

		if (verdict.kind === 'done' && !isRefused) {
			run.settleDone(prepared.url, verdict.fields);
			return itemOfSuccess({ id: prepared.target.id, ...verdict.fields }, itemIndex);
		}
		run.settleUndone(itemIndex, verdict.kind === 'failed' && verdict.wasAttempted);
		if (verdict.kind !== 'failed') return [];
		if (!run.stopsAtFirstFailure) {
			return await itemOfFailure(this, verdict.failure, parameters.given, profile);
		}
		// n8n reports the rejected item with the lowest index, which need not be the first to fail.
		if (!run.isFirstFailure(itemIndex)) return [];
		await run.waitForEnd();
		const summary = run.summary(profile.subject.name, profile.verb.participle);
		throw await errorOfFailure(this, verdict.failure, summary);
	};
}

/** What the user has set for one item. */
interface Parameters {
	/** The value of the ID parameter, of any type. */
	given?: unknown;
	ignoresMissing: boolean;
	/** Why the parameters could not be read, if so. */
	refusal?: Failure;
}

function readParameters(
	context: IExecutePaginationFunctions,
	profile: OperationProfile,
): Parameters {
	const { subject, missing } = profile;
	try {
		return {
			given: context.getNodeParameter(subject.idParameter, ''),
			ignoresMissing: context.getNodeParameter(missing.ignoredByOption, false) === true,
		};
	} catch (error) {
		const refusal = failureOfIdentifier('could not be read', excerpt(messageOf(error)), subject);
		return { ignoresMissing: false, refusal };
	}
}

/** Where a request goes, and what it is about. */
interface Prepared {
	url: string;
	target: Target;
	ignoresMissing: boolean;
}

function prepare(
	{ given, ignoresMissing }: Parameters,
	{ options }: RoutingRequest,
	profile: OperationProfile,
): Prepared | Failure {
	const { subject } = profile;
	const identifier = readIdentifier(given, subject);
	if ('refusal' in identifier) {
		return failureOfIdentifier(identifier.refusal.reason, identifier.refusal.advice, subject);
	}
	const { id } = identifier;
	const host = hostOf(options.baseURL);
	const target = { profile, id, host: host ?? '' };
	if (host === undefined) {
		const fault = { kind: 'badAddress' as const, detail: '', mayHaveArrived: false };
		return failureOfFault(fault, { retries: 0, mayHaveBeenDone: false }, target);
	}
	const url = (options.url ?? '').replace(`{${subject.idParameter}}`, () => encodeURIComponent(id));
	return { url, target, ignoresMissing };
}

/** @returns host and port of a web address that a path can be appended to */
function hostOf(baseUrl: string | undefined): string | undefined {
	if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
	const { protocol, host, search, hash } = new URL(baseUrl);
	return /^https?:$/.test(protocol) && search === '' && hash === '' ? host : undefined;
}

async function carryOut(
	context: IExecutePaginationFunctions,
	run: Run,
	request: RoutingRequest,
	{ url, target, ignoresMissing }: Prepared,
): Promise<Verdict> {
	const remembered = run.memory.done.get(url);
	if (remembered !== undefined) return { kind: 'done', fields: remembered };

	const judge = (outcome: Outcome): Verdict => {
		const verdict = judgeOutcome(outcome, target, ignoresMissing);
		if (verdict.kind === 'failed') run.noteFailure(context.getItemIndex());
		return verdict;
	};
	const attempt = async () => {
		const { headers } = request.options;
		const options = { ...request.options, url, headers: { ...headers } };
		return await context.makeRoutingRequest({ ...request, options });
	};
	const redactor = async () => await makeRedactor(context);
	const send = async () => await sendWithRetries(attempt, url, run, redactor);
	return judge(await run.request(url, send, judge));
}

function judgeOutcome(outcome: Outcome, target: Target, ignoresMissing: boolean): Verdict {
	const { successFields, missing } = target.profile;
	switch (outcome.kind) {
		case 'success':
			return { kind: 'done', fields: successFields };
		case 'notAttempted':
			return { kind: 'notAttempted' };
		case 'canceled': {
			const { wasAttempted, mayHaveBeenDone } = outcome;
			return { kind: 'failed', failure: failureOfCancel(mayHaveBeenDone, target), wasAttempted };
		}
		case 'unanswered': {
			const failure = failureOfFault(outcome.fault, outcome.attempts, target);
			return { kind: 'failed', failure, wasAttempted: true };
		}
		case 'answered': {
			const { answer, attempts } = outcome;
			if (answer.saysNotFound) {
				// An earlier attempt, whose answer was lost or a 5xx, has done it.
				if (attempts.mayHaveBeenDone) return { kind: 'done', fields: successFields };
				if (ignoresMissing) {
					return { kind: 'done', fields: { ...successFields, ...missing.ignoredFields } };
				}
			}
			const failure = failureOfAnswer(answer, attempts, target);
			return { kind: 'failed', failure, wasAttempted: true };
		}
	}
}
