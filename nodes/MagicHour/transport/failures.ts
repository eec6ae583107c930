import { excerpt, leavesUnclear } from './answer';
import type {
	Answer,
	Attempts,
	ConnectionFault,
	Failure,
	OperationProfile,
	Subject,
} from './types';
import { joinSentences, withArticle } from './words';

/** What a failure is about. */
export interface Target {
	profile: OperationProfile;
	id: string;
	/** Host, with port, of the address that was asked. */
	host: string;
}

const keyPage = 'https://magichour.ai/developer?tab=api-keys';
const pricingPage = 'https://magichour.ai/pricing';
const makeKey = `A key is made at ${keyPage}`;
const checkBaseUrl =
	'Check the Base URL in the credential and, if one is set, the proxy under Request Options.';

/**
 * Words an answer that is no success for the user.
 *
 * @param answer the last answer, after the retries
 * @param attempts what came before it
 */
export function failureOfAnswer(answer: Answer, attempts: Attempts, target: Target): Failure {
	const { statusCode } = answer;
	const said = excerpt(answer.text);
	const [what, advice, quotes = true] = wordsOfAnswer(answer, target, said);
	const mayBeDone = attempts.mayHaveBeenDone || leavesUnclear(answer);
	return {
		message: answer.saysNotFound ? what : `${what}, ${consequence(mayBeDone, target)}`,
		description: joinSentences(
			`Magic Hour answered ${statusCode}${repeated(attempts)}.`,
			quotes && said !== '' ? `It said: "${said}".` : undefined,
			attempts.waitCeiling,
			mayBeDone ? makeSure(target) : undefined,
			advice,
		),
		httpCode: String(statusCode),
	};
}

/**
 * Words a request that got no answer.
 *
 * @param fault why there was none
 * @param attempts what came before it
 */
export function failureOfFault(
	fault: ConnectionFault,
	attempts: Attempts,
	target: Target,
): Failure {
	const mayBeDone = fault.mayHaveArrived || attempts.mayHaveBeenDone;
	const [what, advice] = wordsOfFault(fault, target.host);
	return {
		message: `${what}, ${consequence(mayBeDone, target)}`,
		description: joinSentences(
			`No answer came${repeated(attempts)}.`,
			attempts.waitCeiling,
			mayBeDone ? makeSure(target) : `Nothing was ${target.profile.verb.participle}.`,
			advice,
		),
	};
}

/**
 * Words an ID that was refused before anything was sent for it.
 *
 * @param reason what is wrong with the ID, to follow its name
 * @param advice what to give instead
 */
export function failureOfIdentifier(reason: string, advice: string, subject: Subject): Failure {
	return {
		message: `The parameter "${subject.idDisplayName}" ${reason}`,
		description: `Nothing was sent for this item. ${advice}`,
	};
}

/**
 * Words an item that was not finished when the execution was stopped. n8n files an execution under
 * "canceled" if its error has that word.
 *
 * @param mayBeDone whether an attempt before may have done its work
 */
export function failureOfCancel(mayBeDone: boolean, target: Target): Failure {
	return {
		message: `The execution was canceled, ${consequence(mayBeDone, target)}`,
		description: mayBeDone ? makeSure(target) : 'Run the workflow again to go on.',
	};
}

type Words = [what: string, advice: string, quotesAnswer?: boolean];

function wordsOfAnswer(answer: Answer, { profile, id }: Target, said: string): Words {
	const { statusCode } = answer;
	const { subject, verb, missing } = profile;
	if (statusCode < 300) {
		return ['A web page came in the place of an answer from Magic Hour', checkBaseUrl, false];
	}
	if (statusCode >= 300 && statusCode < 400) {
		return [
			'The Base URL answers with a redirect, which was not followed',
			`Set Base URL in the credential to the address of the API itself.${locationOf(answer)}`,
			false,
		];
	}
	if (statusCode >= 500) {
		return ['Magic Hour had a fault of its own', 'Try again later.'];
	}
	switch (statusCode) {
		case 400:
		case 422:
			return [
				`Magic Hour refused the request: ${said === '' ? 'it gave no reason' : said}`,
				`Check the ${subject.idDisplayName}.`,
				false,
			];
		case 401:
			return ['The API key was not accepted', `Check the API key in the credential. ${makeKey}`];
		case 402:
			return [paymentReason(answer.code), `Credits and plans are at ${pricingPage}`];
		case 403:
			return [
				'The API key may not do this',
				`Use a key of the account that owns the ${subject.name}. ${makeKey}`,
			];
		case 404:
			if (!answer.saysNotFound) {
				return ['The Base URL leads to something that does not know this request', checkBaseUrl];
			}
			return [
				`The ${subject.name} "${id}" was not found`,
				`The ID may be wrong, belong to another account, or be of ${withArticle(subject.name)} that is already gone. To count one that is gone as ${verb.participle}, switch on ${missing.ignoredByDisplayName} under Options.`,
			];
		case 429:
			return [
				'Magic Hour is receiving too many requests',
				'Lower Max Parallel Requests or raise Max Retries under Options, or send fewer items at a time.',
			];
		default:
			return [`Magic Hour refused the request with status ${statusCode}`, checkBaseUrl];
	}
}

function wordsOfFault(fault: ConnectionFault, host: string): Words {
	const detail = excerpt(fault.detail);
	switch (fault.kind) {
		case 'badAddress':
			return [
				'The Base URL in the credential is not a web address',
				'Set it to an address that starts with https://',
			];
		case 'canceled':
			return [`The execution was canceled while ${host} was being asked`, ''];
		case 'refused':
			return [`The connection to ${host} was refused`, checkBaseUrl];
		case 'nameNotFound':
			return [`The host name ${host} was not found`, checkBaseUrl];
		case 'unreachable':
			return [`The network has no way to ${host}`, checkBaseUrl];
		case 'timedOut':
			return [
				`The request to ${host} timed out`,
				'If this happens often, raise Timeout under Request Options.',
			];
		case 'tls':
			return [`The TLS certificate of ${host} was not accepted (${detail})`, checkBaseUrl];
		case 'closed':
			return [`The connection to ${host} was closed before an answer came`, checkBaseUrl];
		case 'other':
			return [`The request to ${host} failed (${detail})`, checkBaseUrl];
	}
}

function consequence(mayBeDone: boolean, { profile, id }: Target): string {
	const project = `the ${profile.subject.name} "${id}" was`;
	return mayBeDone
		? `so it is not known whether ${project} ${profile.verb.participle}`
		: `so ${project} not ${profile.verb.participle}`;
}

function makeSure({ profile }: Target): string {
	const { subject, verb, missing } = profile;
	return `The ${subject.name} may have been ${verb.participle}: to make sure, run the node again with ${missing.ignoredByDisplayName} switched on.`;
}

function repeated({ retries }: Attempts): string {
	if (retries === 0) return '';
	return ` after ${retries} ${retries === 1 ? 'retry' : 'retries'}`;
}

function paymentReason(code: string | undefined): string {
	switch (code) {
		case 'insufficient_credits':
			return 'The Magic Hour account has too few credits';
		case 'subscription_required':
			return 'Magic Hour asks for a subscription';
		case 'plan_upgrade_required':
			return 'Magic Hour asks for a higher plan';
		default:
			return 'Magic Hour asks for payment';
	}
}

function locationOf(answer: Answer): string {
	const { location } = answer.headers;
	if (typeof location !== 'string' || !URL.canParse(location)) return '';
	const { origin, pathname } = new URL(location);
	return ` The redirect points to ${excerpt(origin + pathname)}`;
}
