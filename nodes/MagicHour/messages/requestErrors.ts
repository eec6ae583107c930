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
import {
	accountNoun,
	faceDetectionNoun,
	getOperationOf,
	savedItemsNoun,
	uploading,
} from './operations';
import { excerpt, joinSentences, upperFirst } from './text';

const keyPage = 'https://magichour.ai/developer?tab=api-keys';
const libraryPage = 'https://magichour.ai/my-library';
const pricingPage = 'https://magichour.ai/pricing';
const secondsPerDay = 86_400;
const enterApiKey = `Enter a key in the credential or, if it comes from an expression, check the result for this item. To create a key, go to ${keyPage}`;
const checkApiKey = `Check the API key in the credential, or create one at ${keyPage}`;
/** What is looked up without an ID. */
const nounsWithoutId = [accountNoun, savedItemsNoun];
const runAgain = 'Run this item again.';
const baseUrlName = "'Base URL' in the credential";
const checkBaseUrl: Advice = {
	advice:
		"Check 'Base URL' in the credential and, if you use one, the proxy under Request Options.",
	alsoCheck: "'Base URL' and the proxy",
};

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
	const mayBeDone = hasEffect(context);
	return {
		message: `The response from ${context.host} isn't in Magic Hour's format, ${consequence(mayBeDone, context)}`,
		description: adviseOn(checkBaseUrl, mayBeDone, context),
	};
}

/** Describes something that can still be looked up although it was deleted, as a 404 would be. */
export function describeGone(context: ErrorContext): ErrorMessage {
	return {
		message: notFound(context),
		description: joinSentences(
			'Magic Hour reports it as deleted.',
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
		description: adviseOn(adviseAfterStop(context.operation), mayBeDone, context),
	};
}

/** Advises after an execution was stopped, of which n8n stores no more than what was highlighted. */
function adviseAfterStop(operation: OperationWords): Advice {
	return { advice: nextAfterStop(operation), isAfterStop: true };
}

function nextAfterStop({
	effect,
	noun,
	participle,
	ignoreMissingOption,
	isDryRun = false,
	isFree = false,
}: OperationWords): string {
	if (isDryRun || participle === uploading.participle || nounsWithoutId.includes(noun))
		return runAgain;
	if (effect === 'none') {
		const advice = `Magic Hour continues with what it has started. To check on it, use ${getOperationOf(noun)} with its ID`;
		return noun === faceDetectionNoun
			? `${advice}.`
			: `${advice}: generating it again charges credits again.`;
	}
	if (ignoreMissingOption !== undefined) {
		return `To delete the rest, run the workflow again with '${ignoreMissingOption}' turned on.`;
	}
	if (isFree) return `If you run the workflow again, each ${noun} starts again, at no cost.`;
	return "If you run the workflow again, it generates earlier projects again, and you're charged again.";
}

/** Describes a credential whose Base URL is not one of Magic Hour's API, or of a proxy of it. */
export function describeInvalidBaseUrl(
	{ reason, advice }: BaseUrlIssue,
	context: ErrorContext,
): ErrorMessage {
	return {
		message: `${baseUrlName} ${reason}, ${consequence(false, context)}`,
		description: advice,
	};
}

function describeHttpError(
	error: HttpError,
	context: ErrorContext,
	{ code, text }: HttpErrorResponse,
): ErrorMessage {
	const { statusCode, retryState } = error;
	const said = excerpt(text);
	const { quotes = true, ...sentences } = describeStatus(error, context, { code, text: said });
	const { what } = sentences;
	const mayBeDone = hasEffect(context) && (retryState.ambiguous || isAmbiguous(error));
	const quoted = quotes && said !== '' ? `: "${said}"` : '';
	return {
		message: isMissing(error, context) ? what : `${what}, ${consequence(mayBeDone, context)}`,
		description: joinSentences(
			describeRequestedWait(retryState),
			adviseOn(sentences, mayBeDone, context, retryState.retries),
			`(HTTP ${statusCode}${describeRetries(retryState)}${quoted})`,
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
			message: `An earlier try got no usable response, ${consequence(true, context)}`,
			description: adviseOn({ advice: '' }, true, context),
		};
	}
	const mayBeDone = hasEffect(context) && (mayHaveArrived || retryState.ambiguous);
	const sentences = describeKind(error, context);
	const retries = describeRetries(retryState);
	const response = kindsWithoutResponse.includes(kind) ? 'No response' : 'Failed';
	return {
		message: `${sentences.what}, ${consequence(mayBeDone, context)}`,
		description: joinSentences(
			describeRequestedWait(retryState),
			adviseOn(sentences, mayBeDone, context, retryState.retries),
			retries === '' ? undefined : `(${response}${retries})`,
		),
	};
}

/** Failures of the connection itself; of the others, something came, or nothing was sent at all. */
const kindsWithoutResponse: Array<NetworkError['kind']> = [
	'aborted',
	'certificate',
	'closed',
	'nameNotFound',
	'other',
	'refused',
	'timedOut',
	'tls',
	'unreachable',
];

/** What to do about what happened. */
interface Advice {
	/** A sentence, or two. */
	advice: string;
	/** The same in the middle of a sentence, for one that says what to check before another attempt. */
	alsoCheck?: string;
	/** Whether it is what to do after a stop, which nothing else may replace. */
	isAfterStop?: boolean;
}

/** What happened and what to do about it. */
interface Sentences extends Advice {
	what: string;
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
		const what = statusCode < 300 ? 'without the file' : `with status ${statusCode}`;
		return {
			what: `Magic Hour's file storage responded ${what}`,
			advice: adviseOnTransfer(operation),
			quotes: false,
		};
	}
	if (statusCode >= 200 && statusCode < 300) {
		const what = 'A web page was returned instead of a response from Magic Hour';
		return { what, ...checkBaseUrl, quotes: false };
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			what: `${baseUrlName} leads to a redirect, which the node doesn't follow`,
			advice: `Enter the URL of the API itself.${describeLocation(error)}`,
			quotes: false,
		};
	}
	if (statusCode >= 500) {
		// What may have been done is to be found out first.
		const advice = hasEffect(context) ? '' : 'Try again later.';
		return { what: 'Magic Hour is temporarily unavailable', advice };
	}
	switch (statusCode) {
		case 400:
		case 422:
			return {
				what: `Magic Hour rejected the request ${text === '' ? 'without a reason' : `("${text}")`}`,
				advice: hint,
				quotes: false,
			};
		case 401:
			return {
				what: 'Magic Hour rejected the API key',
				advice: checkApiKey,
			};
		case 402:
			return {
				what: describePayment(code),
				advice: `To see how many credits are left, use Account → Get. For credits and plans, go to ${pricingPage}`,
			};
		case 403:
			return describeForbidden(operation);
		case 404:
			return describeNotFound(error, context);
		case 429:
			return {
				what: 'Magic Hour received too many requests',
				advice:
					"Lower 'Max Parallel Requests' or raise 'Max Retries' under Options, or send fewer items at a time.",
			};
		default:
			return {
				what: `Magic Hour rejected the request with status ${statusCode}`,
				...checkBaseUrl,
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
		what: "The API key isn't allowed to do this",
		advice: nounsWithoutId.includes(noun)
			? checkApiKey
			: `Use a key from the account that owns the ${noun}, or create one at ${keyPage}`,
	};
}

/** Describes a 404: the thing itself is gone, something that the request names is, or the URL is wrong. */
function describeNotFound(error: HttpError, context: ErrorContext): Sentences {
	const { hint, missingHint } = context;
	if (!saysNotFound(error)) {
		return {
			what: `${baseUrlName} doesn't seem to lead to Magic Hour's API`,
			...checkBaseUrl,
		};
	}
	if (!isMissing(error, context)) {
		return {
			what: "Magic Hour couldn't find what this request refers to",
			advice: joinSentences(hint, checkBaseUrl.advice),
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
	return `To count a missing one as ${participle}, turn on '${ignoreMissingOption}' under Options.`;
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
	const checkConnection: Advice = isStorage
		? { advice: `${transferAgain} If you use a proxy under Request Options, check it.` }
		: checkBaseUrl;
	switch (kind) {
		case 'fileTooLarge':
		case 'fileUnreachable':
		case 'fileUnreadable':
		case 'fileUnwritable':
		case 'incomplete':
		case 'insecureUrl':
		case 'unverifiable':
			return describeFileIssue(kind, host, excerpt(detail), transferAgain);
		case 'invalidUrl':
			return isStorage
				? {
						what: 'The URL of the file is not valid',
						advice: transferAgain,
					}
				: {
						what: `${baseUrlName} ${baseUrlIssues.notUrl.reason}`,
						advice: baseUrlIssues.notUrl.advice,
					};
		case 'aborted':
			return {
				what: `The execution was canceled during the request to ${host}`,
				...adviseAfterStop(operation),
			};
		case 'badApiKey':
			return { what: 'The API key in the credential is not text', advice: enterApiKey };
		case 'noApiKey':
			return { what: 'The API key in the credential is empty', advice: enterApiKey };
		case 'noCredential':
			return {
				what: "The Magic Hour credential couldn't be read",
				advice: `n8n reports: "${excerpt(detail)}". If the credential has an expression, check its result for this item.`,
			};
		case 'refused':
			return { what: `The connection to ${host} was refused`, ...checkConnection };
		case 'nameNotFound':
			return { what: `The host ${host} was not found`, ...checkConnection };
		case 'unreachable':
			return { what: `n8n's network can't reach ${host}`, ...checkConnection };
		case 'timedOut':
			return {
				what: `The request to ${host} timed out`,
				advice: joinSentences(
					"If this happens often, raise 'Timeout' under Request Options.",
					isStorage && operation.participle !== uploading.participle ? transferAgain : undefined,
				),
				alsoCheck: "'Timeout' under Request Options",
			};
		case 'blocked':
			return {
				what: `n8n didn't allow the request to ${host}`,
				advice: `${detail.replace(/\.?$/, '.')} An n8n administrator can allow it.`,
			};
		case 'certificate':
			return {
				what: `n8n doesn't trust the TLS certificate of ${host} (${excerpt(detail)})`,
				...checkConnection,
			};
		case 'tls':
			return {
				what: `The encrypted connection to ${host} failed (${excerpt(detail)})`,
				...checkConnection,
			};
		case 'tooLarge':
			return {
				what: `The response from ${host} is larger than any of Magic Hour's (over ${detail} MB)`,
				...checkConnection,
			};
		case 'closed':
			return {
				what: `The connection to ${host} was closed before a response arrived`,
				...checkConnection,
			};
		case 'ambiguous':
		case 'canceled':
		case 'other':
			return { what: `The request to ${host} failed (${excerpt(detail)})`, ...checkConnection };
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
				what: `The file transfer with ${host} was incomplete (${detail})`,
				advice: transferAgain,
			};
		case 'insecureUrl':
			return {
				what: `The file's URL leads to ${detail} without https, although 'Base URL' uses https`,
				advice: 'If you run that host yourself, enable https on it.',
			};
		case 'fileTooLarge':
			return {
				what: `The file is larger than 'Max File Size (MB)' allows (${detail})`,
				advice: `Raise 'Max File Size (MB)' under Options, or set it to 0 for no limit. ${transferAgain}`,
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
					"Check the free space and the permissions of n8n's binary data storage, then run this item again.",
			};
		case 'unverifiable':
			return {
				what: `${host} sent a file that may be incomplete (${detail})`,
				advice: "If you use a proxy, make sure that it doesn't modify responses.",
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
	const { participle, isDryRun = false } = operation;
	return mayBeDone
		? `so ${subject} may or may not have been ${participle}`
		: `so ${subject} was not ${isDryRun ? 'checked' : participle}`;
}

/**
 * Advises after a failure. Where something may have been created, that comes first, and in two sentences.
 *
 * @param retries how often the request was sent again before
 */
function adviseOn(
	{ advice, alsoCheck, isAfterStop = false }: Advice,
	mayBeDone: boolean,
	context: ErrorContext,
	retries = 0,
): string {
	const { effect, isFree = false } = context.operation;
	if (!mayBeDone || (isFree && isAfterStop)) return advice;
	if (effect !== 'creates' || isFree) return joinSentences(makeSure(context), advice);
	return isAfterStop
		? joinSentences(checkLibrary(), advice)
		: joinSentences(
				`The node didn't retry${retries > 0 ? ' again' : ''}, because that could charge you twice.`,
				checkLibrary(alsoCheck),
			);
}

/** Tells how to find out whether something without a charge was done, or what happens if it was. */
function makeSure({ operation }: ErrorContext): string {
	const { noun, participle, ignoreMissingOption } = operation;
	return ignoreMissingOption === undefined
		? `If you run this item again, a second ${noun} may start, at no cost.`
		: `To make sure that it's ${participle}, run the node again with '${ignoreMissingOption}' turned on.`;
}

/** @param alsoCheck what else may need a look, in the middle of a sentence */
function checkLibrary(alsoCheck?: string): string {
	const others = alsoCheck === undefined ? '' : `, and check ${alsoCheck}`;
	return `Before you run this item again, check your library (${libraryPage}) for a project created around ${currentTime()}${others}.`;
}

/** @returns the time to the minute, by which anybody can find a project in the library */
function currentTime(): string {
	return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** @returns how often a request was sent again, and how far apart, where that reached its limit */
function describeRetries({ retries, waitLimit }: RetryState): string {
	if (retries === 0) return '';
	const isLimited = waitLimit !== undefined && waitLimit.requestedSeconds === undefined;
	const apart = isLimited ? `, up to ${waitLimit.maxSeconds} seconds apart` : '';
	return ` after ${retries} ${retries === 1 ? 'retry' : 'retries'}${apart}`;
}

function describeRequestedWait({ waitLimit }: RetryState): string | undefined {
	if (waitLimit?.requestedSeconds === undefined) return undefined;
	const { maxSeconds, requestedSeconds } = waitLimit;
	return `Magic Hour requires a wait of ${formatSeconds(requestedSeconds)}, but this node waits up to ${maxSeconds}.`;
}

function formatSeconds(seconds: number): string {
	return seconds > secondsPerDay ? 'more than a day' : `${seconds} seconds`;
}

function describePayment(code: string | undefined): string {
	switch (code) {
		case 'insufficient_credits':
			return "The Magic Hour account doesn't have enough credits";
		case 'subscription_required':
			return 'Magic Hour requires a subscription for this';
		case 'plan_upgrade_required':
			return 'Magic Hour requires a higher plan for this';
		default:
			return 'Magic Hour requires payment for this';
	}
}

function describeLocation({ headers: { location } }: HttpError): string {
	if (typeof location !== 'string' || !URL.canParse(location)) return '';
	const { origin, pathname } = new URL(location);
	return ` The redirect points to ${excerpt(origin + pathname)}`;
}
