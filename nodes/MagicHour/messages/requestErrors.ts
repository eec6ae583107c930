import { HttpError, type NetworkError, type RequestError, type RetryState } from '../http/errors';
import { isAmbiguous } from '../http/retryPolicy';
import { baseUrlIssues, type BaseUrlIssue } from './baseUrl';
import type { ErrorContext, ErrorMessage, OperationWords } from './errorMessage';
import {
	readErrorAnswer,
	readErrorResponse,
	saysNotFound,
	type HttpErrorResponse,
} from './errorResponse';
import { accountNoun, savedItemsNoun, uploading } from './operations';
import { excerpt, joinSentences, upperFirst } from './text';

const keyPage = 'https://magichour.ai/developer?tab=api-keys';
const libraryPage = 'https://magichour.ai/my-library';
const pricingPage = 'https://magichour.ai/pricing';
const secondsPerDay = 86_400;
const makeKey = `Create one at ${keyPage}`;
const checkApiKey = `Nothing was sent. Enter the API key in the credential. If the key comes from an expression, check what it returns for this item. ${makeKey}`;
/** What is looked up without an ID. */
const nounsWithoutId = [accountNoun, savedItemsNoun];
const runAgain = 'Run this item again.';
const checkBaseUrl =
	'Check the Base URL in the credential and, if one is set, the proxy under Request Options.';

/**
 * Describes a request that did not succeed.
 *
 * @param error whose headers and body have been sanitized
 */
export function describeRequestError(error: RequestError, context: ErrorContext): ErrorMessage {
	return error instanceof HttpError
		? describeHttpError(error, context, readErrorResponse(error))
		: describeNetworkError(error, context);
}

/** Describes a 2xx whose body is not what the API responds with. */
export function describeUnexpectedResponse(context: ErrorContext): ErrorMessage {
	return {
		message: `${context.host} gave an answer that is not one of Magic Hour, ${consequence(hasEffect(context), context)}`,
		description: joinSentences(hasEffect(context) ? makeSure(context) : undefined, checkBaseUrl),
	};
}

/** Describes something that can still be looked up although it was deleted, as a 404 would be. */
export function describeGone(context: ErrorContext): ErrorMessage {
	return {
		message: notFound(context),
		description: joinSentences(
			'Magic Hour says that it was deleted.',
			adviseOnIgnoring(context.operation),
		),
		httpCode: '404',
	};
}

/** Describes a list whose pages have no end. */
export function describeRepeatedPage(context: ErrorContext): ErrorMessage {
	return {
		message: `${context.host} returned the same page twice, ${consequence(false, context)}`,
		description: `${runAgain} If it happens again, turn off 'Return All' and enter a lower 'Limit'.`,
	};
}

/**
 * Describes an item that was not finished when the execution was stopped. n8n files an execution
 * under "canceled" if its error has that word.
 *
 * @param ambiguous whether an attempt before may have done its work
 */
export function describeCanceled(ambiguous: boolean, context: ErrorContext): ErrorMessage {
	const mayBeDone = hasEffect(context) && ambiguous;
	return {
		message: `The execution was canceled, ${consequence(mayBeDone, context)}`,
		description: mayBeDone ? makeSure(context) : adviseAfterStop(context.operation),
	};
}

/** Advises after an execution was stopped, of which n8n stores no more than what was highlighted. */
function adviseAfterStop({
	effect,
	noun,
	participle,
	ignoreMissingOption,
	isDryRun = false,
}: OperationWords): string {
	if (isDryRun || participle === uploading.participle || nounsWithoutId.includes(noun))
		return runAgain;
	if (effect === 'none') {
		return 'Magic Hour continues with what it has started. To look at it, use Get with its ID. Generating it again is charged again.';
	}
	if (ignoreMissingOption !== undefined) {
		return `To delete the rest, run the workflow again with '${ignoreMissingOption}' turned on.`;
	}
	return 'If you run the workflow again, projects that it generated before are generated and charged again.';
}

/** Describes a credential whose Base URL is not one of Magic Hour's API, or of a proxy of it. */
export function describeInvalidBaseUrl(
	{ reason, advice }: BaseUrlIssue,
	context: ErrorContext,
): ErrorMessage {
	return {
		message: `The Base URL in the credential ${reason}, ${consequence(false, context)}`,
		description: `Nothing was sent for this item. ${advice}`,
	};
}

function describeHttpError(
	error: HttpError,
	context: ErrorContext,
	{ code, text }: HttpErrorResponse,
): ErrorMessage {
	const { statusCode, retryState } = error;
	const said = excerpt(text);
	const { what, advice, quotes = true } = describeStatus(error, context, { code, text: said });
	const mayBeDone = hasEffect(context) && (retryState.ambiguous || isAmbiguous(error));
	return {
		message: isMissing(error, context) ? what : `${what}, ${consequence(mayBeDone, context)}`,
		description: joinSentences(
			`Magic Hour answered ${statusCode}${describeRetries(retryState)}.`,
			quotes && said !== '' ? `It said: "${said}".` : undefined,
			describeWaitLimit(retryState),
			mayBeDone ? makeSure(context) : undefined,
			advice,
		),
		httpCode: String(statusCode),
		answer: context.isStorage === true ? undefined : readErrorAnswer(error),
	};
}

function describeNetworkError(error: NetworkError, context: ErrorContext): ErrorMessage {
	const { kind, mayHaveArrived, retryState } = error;
	if (kind === 'canceled') return describeCanceled(retryState.ambiguous, context);
	if (kind === 'ambiguous') {
		return {
			message: `An earlier try got no answer, ${consequence(true, context)}`,
			description: makeSure(context),
		};
	}
	const mayBeDone = hasEffect(context) && (mayHaveArrived || retryState.ambiguous);
	const { what, advice, came = 'No answer' } = describeKind(error, context);
	return {
		message: `${what}, ${consequence(mayBeDone, context)}`,
		description: joinSentences(
			came === '' ? undefined : `${came} came${describeRetries(retryState)}.`,
			describeWaitLimit(retryState),
			mayBeDone ? makeSure(context) : describeNothingDone(context),
			advice,
		),
	};
}

/** What happened and what to do about it. */
interface Sentences {
	what: string;
	advice: string;
	/** What came, if that is not "No answer"; empty where the message says it. */
	came?: string;
	/** Whether the response's own words belong into the description. */
	quotes?: boolean;
}

function describeStatus(
	error: HttpError,
	context: ErrorContext,
	{ code, text }: HttpErrorResponse,
): Sentences {
	const { statusCode } = error;
	const { hint, operation, isStorage } = context;
	if (isStorage === true) {
		const what = statusCode < 300 ? 'without the file' : String(statusCode);
		return {
			what: `The storage of Magic Hour answered ${what}`,
			advice: adviseOnTransfer(operation),
			quotes: false,
		};
	}
	if (statusCode >= 200 && statusCode < 300) {
		const what = 'A web page came in the place of an answer from Magic Hour';
		return { what, advice: checkBaseUrl, quotes: false };
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			what: 'The Base URL answers with a redirect, which was not followed',
			advice: `Set Base URL in the credential to the address of the API itself.${describeLocation(error)}`,
			quotes: false,
		};
	}
	if (statusCode >= 500) {
		return { what: 'Magic Hour had a fault of its own', advice: 'Try again later.' };
	}
	switch (statusCode) {
		case 400:
		case 422:
			return {
				what: `Magic Hour refused the request: ${text === '' ? 'it gave no reason' : text}`,
				advice: hint,
				quotes: false,
			};
		case 401:
			return {
				what: 'The API key was not accepted',
				advice: `Check the API key in the credential. ${makeKey}`,
			};
		case 402:
			return {
				what: describePayment(code),
				advice: `Account → Get tells how many credits are left. Credits and plans are at ${pricingPage}`,
			};
		case 403:
			return describeForbidden(operation);
		case 404:
			return describeNotFound(error, context);
		case 429:
			return {
				what: 'Magic Hour is receiving too many requests',
				advice:
					'Lower Max Parallel Requests or raise Max Retries under Options, or send fewer items at a time.',
			};
		default:
			return {
				what: `Magic Hour refused the request with status ${statusCode}`,
				advice: checkBaseUrl,
			};
	}
}

/** Describes a 403: a plan lacks what was requested, and what exists may belong to another account. */
function describeForbidden({ effect, noun, participle }: OperationWords): Sentences {
	if (effect === 'creates' || participle === uploading.participle) {
		return {
			what: "Your Magic Hour plan doesn't include what this request needs",
			advice: `A model, resolution, or feature of the request may need a higher plan. Choose another one, or compare plans at ${pricingPage}`,
		};
	}
	return {
		what: 'The API key may not do this',
		advice: nounsWithoutId.includes(noun)
			? `Check the API key in the credential. ${makeKey}`
			: `Use a key of the account that owns the ${noun}. ${makeKey}`,
	};
}

/** Describes a 404: the thing itself is gone, something that the request names is, or the URL is wrong. */
function describeNotFound(error: HttpError, context: ErrorContext): Sentences {
	const { hint, missingHint } = context;
	if (!saysNotFound(error)) {
		return {
			what: 'The Base URL leads to something that does not know this request',
			advice: checkBaseUrl,
		};
	}
	if (!isMissing(error, context)) {
		return {
			what: "Magic Hour didn't find what this request refers to",
			advice: joinSentences(hint, checkBaseUrl),
		};
	}
	return {
		what: notFound(context),
		advice: joinSentences(missingHint, adviseOnIgnoring(context.operation)),
	};
}

function notFound({ subject }: ErrorContext): string {
	return `${upperFirst(subject)} was not found`;
}

/** Advises on something that is missing. */
function adviseOnIgnoring({ participle, ignoreMissingOption }: OperationWords): string | undefined {
	if (ignoreMissingOption === undefined) return undefined;
	return `To count one that is gone as ${participle}, turn on '${ignoreMissingOption}' under Options.`;
}

/** Whether Magic Hour says that the thing that a request is about is not there. */
function isMissing(error: HttpError, { missingHint }: ErrorContext): boolean {
	return missingHint !== undefined && saysNotFound(error);
}

function describeKind(
	{ kind, detail }: NetworkError,
	{ host, isStorage = false, operation }: ErrorContext,
): Sentences {
	const transferAgain = adviseOnTransfer(operation);
	const checkAddress = isStorage
		? `${transferAgain} If a proxy is set under Request Options, check it.`
		: checkBaseUrl;
	switch (kind) {
		case 'fileTooLarge':
		case 'fileUnreachable':
		case 'fileUnreadable':
		case 'fileUnwritable':
		case 'incomplete':
		case 'insecureUrl':
		case 'unverifiable':
			return { came: '', ...describeFileIssue(kind, host, excerpt(detail), transferAgain) };
		case 'invalidUrl':
			return isStorage
				? {
						what: 'The link of the file is not a web address',
						advice: transferAgain,
						came: '',
					}
				: {
						what: `The Base URL in the credential ${baseUrlIssues.notWebAddress.reason}`,
						advice: baseUrlIssues.notWebAddress.advice,
						came: '',
					};
		case 'aborted':
			return {
				what: `The execution was canceled while ${host} was being asked`,
				advice: adviseAfterStop(operation),
			};
		case 'badApiKey':
			return {
				what: 'The API key in the credential is not text',
				advice: checkApiKey,
				came: '',
			};
		case 'noApiKey':
			return { what: 'The API key in the credential is empty', advice: checkApiKey, came: '' };
		case 'noCredential':
			return {
				what: "The Magic Hour credential couldn't be read",
				advice: `Nothing was sent. n8n says: "${excerpt(detail)}". If the credential has an expression, check what it returns for this item.`,
				came: '',
			};
		case 'refused':
			return { what: `The connection to ${host} was refused`, advice: checkAddress };
		case 'nameNotFound':
			return { what: `The host name ${host} was not found`, advice: checkAddress };
		case 'unreachable':
			return { what: `The network has no way to ${host}`, advice: checkAddress };
		case 'timedOut':
			return {
				what: `The request to ${host} timed out`,
				advice: 'If this happens often, raise Timeout under Request Options.',
			};
		case 'blocked':
			return {
				what: `n8n did not let the request go to ${host}`,
				advice: `${detail.replace(/\.?$/, '.')} An administrator of n8n can allow it.`,
			};
		case 'certificate':
			return {
				what: `The TLS certificate of ${host} was not accepted (${excerpt(detail)})`,
				advice: checkAddress,
			};
		case 'tls':
			return {
				what: `The encrypted connection to ${host} failed (${excerpt(detail)})`,
				advice: checkAddress,
			};
		case 'tooLarge':
			return {
				what: `${host} sent more than ${detail} MB, which no response of Magic Hour has`,
				advice: checkAddress,
				came: '',
			};
		case 'closed':
			return {
				what: `The connection to ${host} was closed before an answer came`,
				advice: checkAddress,
			};
		case 'ambiguous':
		case 'canceled':
		case 'other':
			return { what: `The request to ${host} failed (${excerpt(detail)})`, advice: checkAddress };
	}
}

function describeFileIssue(
	kind:
		| 'fileTooLarge'
		| 'fileUnreachable'
		| 'fileUnreadable'
		| 'fileUnwritable'
		| 'incomplete'
		| 'insecureUrl'
		| 'unverifiable',
	host: string,
	detail: string,
	transferAgain: string,
): Sentences {
	switch (kind) {
		case 'incomplete':
			return {
				what: `The transfer of the file with ${host} was not complete (${detail})`,
				advice: transferAgain,
				came: 'No whole file',
			};
		case 'insecureUrl':
			return {
				what: `The link of the file leads to ${detail} without https, although the Base URL has it`,
				advice: 'If that host is your own, give it https.',
			};
		case 'fileTooLarge':
			return {
				what: `The file is larger than Max File Size (MB) allows (${detail})`,
				advice: 'Raise Max File Size (MB) under Options, or set it to 0 for no limit.',
			};
		case 'fileUnreachable':
		case 'fileUnreadable':
			return {
				what: `n8n couldn't read the file from its storage (${detail})`,
				advice:
					'It may have been pruned, or this n8n process may not share the storage of the one that stored it. Run the node that provided the file again.',
			};
		case 'fileUnwritable':
			return {
				what: `n8n couldn't store the file (${detail})`,
				advice:
					"Check the free space and the permissions of n8n's storage of binary data, then run this item again.",
			};
		case 'unverifiable':
			return {
				what: `${host} sent a file that may not be whole (${detail})`,
				advice: 'If a proxy is set, it must not change what it passes on.',
			};
	}
}

/** Advises on a file that was not transferred. */
function adviseOnTransfer({ participle }: OperationWords): string {
	return participle === uploading.participle
		? runAgain
		: "To download it without generating it again, use Download with the project's ID.";
}

/** Whether a request without a response may have changed anything. */
function hasEffect({ operation }: ErrorContext): boolean {
	return operation.effect !== 'none';
}

function consequence(mayBeDone: boolean, { operation, subject }: ErrorContext): string {
	return mayBeDone
		? `so it is not known whether ${subject} was ${operation.participle}`
		: `so ${subject} was not ${operation.participle}`;
}

function describeNothingDone(context: ErrorContext): string | undefined {
	const { isDryRun = false } = context.operation;
	return hasEffect(context) || isDryRun
		? `Nothing was ${context.operation.participle}.`
		: undefined;
}

function makeSure({ operation, subject }: ErrorContext): string {
	const { noun, participle, ignoreMissingOption } = operation;
	if (ignoreMissingOption !== undefined) {
		return `The ${noun} may have been ${participle}: to make sure, run the node again with ${ignoreMissingOption} switched on.`;
	}
	return `${upperFirst(subject)} may have been ${participle}, and is not asked for again by itself, since it may cost credits: look into your library (${libraryPage}) for one of ${currentTime()} before you run this item again.`;
}

/** @returns the time to the minute, by which anybody can find a project in the library */
function currentTime(): string {
	return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function describeRetries({ retries }: RetryState): string {
	if (retries === 0) return '';
	return ` after ${retries} ${retries === 1 ? 'retry' : 'retries'}`;
}

function describeWaitLimit({ waitLimit }: RetryState): string | undefined {
	if (waitLimit === undefined) return undefined;
	const { maxSeconds, requestedSeconds } = waitLimit;
	return requestedSeconds === undefined
		? `Retries were at most ${maxSeconds} seconds apart.`
		: `It asked to wait ${formatSeconds(requestedSeconds)}, and this node waits at most ${maxSeconds}.`;
}

function formatSeconds(seconds: number): string {
	return seconds > secondsPerDay ? 'more than a day' : `${seconds} seconds`;
}

function describePayment(code: string | undefined): string {
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

function describeLocation({ headers: { location } }: HttpError): string {
	if (typeof location !== 'string' || !URL.canParse(location)) return '';
	const { origin, pathname } = new URL(location);
	return ` The redirect points to ${excerpt(origin + pathname)}`;
}
