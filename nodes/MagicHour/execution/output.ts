import {
	NodeApiError,
	type GenericValue,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { cutText } from '../http/foreignData';
import { createRedactor, type Redactor } from '../http/redaction';
import type { ErrorMessage } from '../messages/errorMessage';
import { withItem } from '../messages/execution';
import { joinSentences } from '../messages/text';
import { readCredential } from './credential';

const maxMessageLength = 1_000;
const maxDescriptionLength = 2_000;

/** What an item gives; n8n's link to the input item is added later. */
export interface Output {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** @returns the items of a success, linked to their input item */
export function toSuccessItems(outputs: Output[], itemIndex: number): INodeExecutionData[] {
	return outputs.map((output) => ({ ...output, pairedItem: { item: itemIndex } }));
}

/**
 * Creates the item of a failure, for On Error = Continue and Continue (using error output).
 *
 * n8n sends an item to the error output, and merges the input's fields into it, only if its JSON
 * has no keys but `error` and `message` (n8n 1.x) and it has no `error` property of its own.
 *
 * @param redact of the item
 * @param fields what the item tells beside the error, where n8n lets it
 * @param identifiedBy the parameter whose value tells the items of failures apart
 */
export function toFailureItem(
	context: IExecutePaginationFunctions,
	redact: Redactor,
	errorMessage: ErrorMessage,
	fields: IDataObject,
	identifiedBy: string | undefined,
): INodeExecutionData {
	const itemIndex = context.getItemIndex();
	const { error, description } = toTexts(errorMessage, itemIndex, redact);
	const { httpCode } = errorMessage;
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const json: IDataObject = usesErrorOutput
		? { error, message: joinSentences(`${error}.`, description) }
		: {
				...(identifiedBy === undefined
					? {}
					: { [identifiedBy]: givenValue(context, identifiedBy, redact) }),
				...fields,
				error,
				description,
				...(httpCode === undefined ? {} : { httpCode }),
			};
	return { json, pairedItem: { item: itemIndex } };
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
	return error;
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
	if (apiKey === undefined) return createRedactor(undefined);
	const key = String(apiKey);
	const redact = known.get(key) ?? createRedactor(key);
	known.set(key, redact);
	return redact;
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

/** @returns what a parameter holds, as the user gave it; null where it cannot be read */
function givenValue(
	context: IExecutePaginationFunctions,
	parameter: string,
	redact: Redactor,
): GenericValue {
	try {
		const given = context.getNodeParameter(parameter, '');
		return typeof given === 'string' ? redact(given) : (given ?? null);
	} catch {
		return null;
	}
}
