import {
	NodeApiError,
	NodeOperationError,
	type GenericValue,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { cutText, sanitize } from '../http/foreignData';
import { createRedactor, type Redactor } from '../http/redaction';
import type { ErrorMessage } from '../messages/errorMessage';
import { withItem } from '../messages/execution';
import { joinSentences } from '../messages/text';
import { readCredential } from './credential';
import type { CreatedResource } from './itemError';
import type { KeptFiles } from './keptFiles';

const maxMessageLength = 1_000;
const maxDescriptionLength = 2_000;

/** What an item gives; n8n's link to the input item is added later. */
export interface Output {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** What the item of a failure tells beside the error. */
interface FailureDetails {
	/** Fields of its operation, with On Error = Continue. */
	fields?: IDataObject;
	/** What was created for the item before it failed. */
	created?: CreatedResource;
	/** The ID that the item names, if it is valid. */
	resolvedId?: string;
	/** The parameter that has the ID, if there is one: it tells failures apart, with On Error = Continue. */
	identifiedBy?: string;
}

/**
 * n8n runs the node again if the first item has an `error` (with Retry On Fail; n8n 1.x even where it
 * is null), although it is the item of a success.
 *
 * @param keptFiles of the run
 * @returns the items of a success, linked to their input item, whose files they keep unless they have
 * some of their own; what Magic Hour says of a failed project is in `failureReason`
 */
export function toSuccessItems(
	context: IExecutePaginationFunctions,
	outputs: Output[],
	keptFiles: KeptFiles,
): INodeExecutionData[] {
	const itemIndex = context.getItemIndex();
	return outputs.map(({ json, binary }) => ({
		json: withoutError(json),
		...(binary === undefined ? keptFiles(context.getInputData()) : { binary }),
		pairedItem: { item: itemIndex },
	}));
}

/**
 * Creates the item of a failure, for On Error = Continue and Continue (using error output).
 *
 * @param redact of the item
 * @param keptFiles of the run
 */
export function toFailureItem(
	context: IExecutePaginationFunctions,
	redact: Redactor,
	errorMessage: ErrorMessage,
	{ fields, created, resolvedId, identifiedBy }: FailureDetails,
	keptFiles: KeptFiles,
): INodeExecutionData {
	const itemIndex = context.getItemIndex();
	const { error, description } = toTexts(errorMessage, itemIndex, redact);
	if (context.getNode().onError === 'continueErrorOutput') {
		const message = joinSentences(`${error}.`, description);
		return toErrorOutputItem(context, { error, message }, created);
	}
	const givenId = identifiedBy && givenValue(context, identifiedBy, redact);
	const validId = resolvedId && redact(resolvedId);
	const json: IDataObject = {
		id: created?.id ?? validId ?? givenId ?? null,
		...fields,
		error,
		description,
		httpCode: errorMessage.httpCode ?? null,
		magicHour: created ?? null,
	};
	return { json, ...keptFiles(context.getInputData()), pairedItem: { item: itemIndex } };
}

/**
 * Creates an item that n8n sends to the error output, where it merges the input's fields into it.
 *
 * n8n takes an item for a failure if its JSON has no keys but `error` and `message` (n8n 1.x), or if
 * it has an `error` of its own. Later it replaces the JSON of an item that has one by the message of
 * that error. One that cannot be enumerated is seen by the first step, and is gone with the second,
 * since the item with the merged JSON is a copy. Where n8n has no input to merge, it copies nothing:
 * there the JSON stays, since it cannot be set.
 */
function toErrorOutputItem(
	context: IExecutePaginationFunctions,
	failure: { error: string; message: string },
	created: CreatedResource | undefined,
): INodeExecutionData {
	const { binary } = context.getInputData();
	const item: INodeExecutionData = {
		json: failure,
		...(binary === undefined ? {} : { binary }),
		pairedItem: { item: context.getItemIndex() },
	};
	if (created === undefined) return item;
	const json = { ...failure, magicHour: created };
	return Object.defineProperties(item, {
		error: { value: new NodeOperationError(context.getNode(), failure.error) },
		json: { enumerable: true, get: () => json, set: () => {} },
	});
}

/**
 * Creates the error that stops the workflow.
 *
 * @param redact of the item
 * @param summary what became of the other items
 */
export function toNodeError(
	context: IExecutePaginationFunctions,
	redact: Redactor,
	errorMessage: ErrorMessage,
	summary: string,
): NodeApiError {
	const itemIndex = context.getItemIndex();
	const { error: message, description: ofItem } = toTexts(errorMessage, itemIndex, redact);
	const description = joinSentences(ofItem, redact(summary));
	const response: JsonObject = { message };
	const error = new NodeApiError(context.getNode(), response, {
		message,
		description,
		httpCode: errorMessage.httpCode,
		itemIndex,
	});
	// n8n replaces messages that contain a word such as ECONNREFUSED, even within an ID.
	error.message = message;
	const data = toDetails(errorMessage, redact);
	if (data !== undefined) error.context.data = data;
	return withStatus(error);
}

/** @returns what the editor shows as the data of an error: Magic Hour's own answer */
function toDetails({ answer }: ErrorMessage, redact: Redactor): IDataObject | undefined {
	if (answer === undefined) return undefined;
	const cut = (text: string | undefined) => text && cutText(redact(text), maxDescriptionLength);
	return { message: cut(answer.message), code: cut(answer.code) };
}

/**
 * Where the package has a copy of n8n-workflow of its own, as one that is linked into n8n has, n8n does
 * not know its errors again. Of the one that it makes then, it says that the code is "none", unless the
 * status is where Axios's errors have it.
 */
function withStatus(error: NodeApiError): NodeApiError {
	return Object.defineProperties(error, {
		isAxiosError: { value: true },
		response: { value: { status: error.httpCode ?? '' } },
	});
}

/**
 * Reads the credential, which takes n8n some time.
 *
 * @param known those that were created before, by key
 * @returns what takes the API key of the node's credential out of a text
 */
export async function redactorFor(
	context: Pick<IExecuteFunctions | IExecutePaginationFunctions, 'getCredentials'>,
	known = new Map<string, Redactor>(),
): Promise<Redactor> {
	const { apiKey } = await readCredential(context);
	return redactorOf(apiKey, known);
}

/**
 * @param apiKey as the credential has it; a credential without a key that can be sent has no secret,
 * and where one cannot be read, nothing was sent
 * @param known those that were created before, by key
 */
export function redactorOf(apiKey: unknown, known: Map<string, Redactor>): Redactor {
	const key = apiKey === undefined || apiKey === null ? '' : String(apiKey);
	const redact = known.get(key) ?? createRedactor(key);
	known.set(key, redact);
	return redact;
}

/** @returns the same JSON without an `error`: one that says anything has another name */
function withoutError(json: IDataObject): IDataObject {
	if (!('error' in json)) return json;
	const { error, ...others } = json;
	return (error ?? undefined) === undefined ? others : { ...others, failureReason: error };
}

/** The last net: whatever a message quotes, the key is not in it, and it is not endless. */
function toTexts(
	{ message, description }: ErrorMessage,
	itemIndex: number,
	redact: Redactor,
): { error: string; description: string } {
	return {
		error: withItem(cutText(redact(message), maxMessageLength), itemIndex),
		description: cutText(redact(description), maxDescriptionLength),
	};
}

/** @returns what a parameter holds, as the user gave it, but for its length; null where it cannot be read */
function givenValue(
	context: IExecutePaginationFunctions,
	parameter: string,
	redact: Redactor,
): GenericValue {
	try {
		const given = sanitize(context.getNodeParameter(parameter, ''), redact);
		return isGeneric(given) ? given : null;
	} catch {
		return null;
	}
}

function isGeneric(value: unknown): value is GenericValue {
	return value !== null && value !== undefined;
}
