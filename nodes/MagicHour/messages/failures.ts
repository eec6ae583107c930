import { excerpt, leavesUnclear } from '../http/answer';
import { messageOf } from '../http/networkError';
import { isRetriedFault, isRetriedStatusCode } from '../http/retryPolicy';
import type {
	Answer,
	Attempts,
	ConnectionFault,
	Failure,
	Outcome,
	Refusal,
	Target,
} from '../execution/types';
import { Unfinished } from '../execution/itemError';
import { joinSentences, upperFirst } from './text';

const keyPage = 'https://magichour.ai/developer?tab=api-keys';
const libraryPage = 'https://magichour.ai/my-library';
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
	const mayBeDone = hasEffect(target) && (attempts.mayHaveBeenDone || leavesUnclear(answer));
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
	const mayBeDone = hasEffect(target) && (fault.mayHaveArrived || attempts.mayHaveBeenDone);
	const [what, advice] = wordsOfFault(fault, target);
	return {
		message: `${what}, ${consequence(mayBeDone, target)}`,
		description: joinSentences(
			`No answer came${repeated(attempts)}.`,
			attempts.waitCeiling,
			mayBeDone ? makeSure(target) : nothingDone(target),
			advice,
		),
	};
}

/**
 * Refuses a parameter, before anything was sent for its item.
 *
 * @param reason what is wrong with its value, to follow its name
 * @param advice what to give instead
 */
export function refusalOf({ displayName, reason, advice }: Refusal): Unfinished {
	const failure = {
		message: `The parameter "${displayName}" ${reason}`,
		description: `Nothing was sent for this item. ${advice}`,
	};
	return new Unfinished(failure, { wasAttempted: false });
}

/**
 * Makes what ends an item from anything that was thrown, also from what nobody has foreseen, for
 * example a full disk.
 *
 * @param wasAttempted whether anything may have been sent for the item
 */
export function asUnfinished(error: unknown, wasAttempted: boolean): Unfinished {
	if (error instanceof Unfinished) return error;
	const failure = {
		message: `The item could not be finished: ${excerpt(messageOf(error))}`,
		description: 'Look at the logs of n8n, and run the workflow again.',
	};
	return new Unfinished(failure, { wasAttempted });
}

/** Words an answer of 2xx that is not what the API answers. */
export function failureOfStrangeAnswer(target: Target): Failure {
	return {
		message: `${target.host} gave an answer that is not one of Magic Hour, ${consequence(hasEffect(target), target)}`,
		description: joinSentences(hasEffect(target) ? makeSure(target) : undefined, checkBaseUrl),
	};
}

/** @returns what ends an item whose request ended without a success */
export function unfinishedOf(
	outcome: Exclude<Outcome, { kind: 'success' }>,
	target: Target,
): Unfinished {
	switch (outcome.kind) {
		case 'notAttempted':
			return new Unfinished(undefined, { wasAttempted: false });
		case 'canceled': {
			const { wasAttempted, mayHaveBeenDone } = outcome;
			return new Unfinished(failureOfCancel(mayHaveBeenDone, target), { wasAttempted });
		}
		case 'sentBefore':
			return new Unfinished({
				message: `An earlier try got no answer, ${consequence(true, target)}`,
				description: makeSure(target),
			});
		case 'unanswered':
			return new Unfinished(failureOfFault(outcome.fault, outcome.attempts, target), {
				mayPass: isRetriedFault(outcome.fault, true),
			});
		case 'answered':
			return new Unfinished(failureOfAnswer(outcome.answer, outcome.attempts, target), {
				mayPass: isRetriedStatusCode(outcome.answer.statusCode, true),
			});
	}
}

/**
 * Words an item that was not finished when the execution was stopped. n8n files an execution under
 * "canceled" if its error has that word.
 *
 * @param mayBeDone whether an attempt before may have done its work
 */
export function failureOfCancel(mayHaveBeenDone: boolean, target: Target): Failure {
	const mayBeDone = hasEffect(target) && mayHaveBeenDone;
	return {
		message: `The execution was canceled, ${consequence(mayBeDone, target)}`,
		description: mayBeDone ? makeSure(target) : 'Run the workflow again to go on.',
	};
}

type Words = [what: string, advice: string, quotesAnswer?: boolean];

function wordsOfAnswer(answer: Answer, target: Target, said: string): Words {
	const { statusCode } = answer;
	const { name, check, profile } = target;
	if (target.isStorage === true) {
		const what = statusCode < 300 ? 'without the file' : String(statusCode);
		return [`The storage of Magic Hour answered ${what}`, 'Run this item again.', false];
	}
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
				check,
				false,
			];
		case 401:
			return ['The API key was not accepted', `Check the API key in the credential. ${makeKey}`];
		case 402:
			return [
				paymentReason(answer.code),
				`Account → Get tells how many credits are left. Credits and plans are at ${pricingPage}`,
			];
		case 403:
			return [
				'The API key may not do this',
				`Use a key of the account that owns the ${profile.countedAs}. ${makeKey}`,
			];
		case 404:
			if (!answer.saysNotFound || target.missing === undefined) {
				return ['The Base URL leads to something that does not know this request', checkBaseUrl];
			}
			return [
				`${upperFirst(name)} was not found`,
				joinSentences(
					target.missing,
					profile.missing === undefined
						? undefined
						: `To count one that is gone as ${profile.verb.participle}, switch on ${profile.missing.ignoredByDisplayName} under Options.`,
				),
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

function wordsOfFault(fault: ConnectionFault, { host, isStorage = false }: Target): Words {
	const checkAddress = isStorage
		? 'Run this item again and, if a proxy is set under Request Options, check it.'
		: checkBaseUrl;
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
			return [`The connection to ${host} was refused`, checkAddress];
		case 'nameNotFound':
			return [`The host name ${host} was not found`, checkAddress];
		case 'unreachable':
			return [`The network has no way to ${host}`, checkAddress];
		case 'timedOut':
			return [
				`The request to ${host} timed out`,
				'If this happens often, raise Timeout under Request Options.',
			];
		case 'tls':
			return [`The TLS certificate of ${host} was not accepted (${detail})`, checkAddress];
		case 'closed':
			return [`The connection to ${host} was closed before an answer came`, checkAddress];
		case 'other':
			return [`The request to ${host} failed (${detail})`, checkAddress];
	}
}

/** Whether a request without an answer may have changed anything. */
function hasEffect({ profile }: Target): boolean {
	return profile.effect !== 'none';
}

function consequence(mayBeDone: boolean, { profile, name }: Target): string {
	const { participle } = profile.verb;
	return mayBeDone
		? `so it is not known whether ${name} was ${participle}`
		: `so ${name} was not ${participle}`;
}

function nothingDone(target: Target): string | undefined {
	return hasEffect(target) ? `Nothing was ${target.profile.verb.participle}.` : undefined;
}

function makeSure({ profile, name }: Target): string {
	const { countedAs, verb, missing } = profile;
	if (missing !== undefined) {
		return `The ${countedAs} may have been ${verb.participle}: to make sure, run the node again with ${missing.ignoredByDisplayName} switched on.`;
	}
	return `${upperFirst(name)} may have been ${verb.participle}, and is not asked for again by itself, since it may cost credits: look into your library (${libraryPage}) for one of ${nowInWords()} before you run this item again.`;
}

/** @returns the time, to the minute, as the library of anybody can be searched for it */
function nowInWords(): string {
	return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
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
