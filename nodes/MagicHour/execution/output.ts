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
import { createRedactor, type Redactor } from '../http/redaction';
import type { ErrorMessage } from '../messages/errorMessage';
import { withItem } from '../messages/execution';
import { joinSentences } from '../messages/text';

/** The name of the credential's type. */
export const credentialType = 'magicHourApi';

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
 * @param fields what the item tells beside the error, where n8n lets it
 * @param identifiedBy the parameter whose value tells the items of failures apart
 */
export async function toFailureItem(
	context: IExecutePaginationFunctions,
	errorMessage: ErrorMessage,
	fields: IDataObject,
	identifiedBy: string | undefined,
): Promise<INodeExecutionData> {
	const redact = await redactorFor(context);
	const itemIndex = context.getItemIndex();
	const error = redact(withItem(errorMessage.message, itemIndex));
	const description = redact(errorMessage.description);
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
 * @param summary what became of the other items
 */
export async function toNodeError(
	context: IExecutePaginationFunctions,
	errorMessage: ErrorMessage,
	summary: string,
): Promise<NodeApiError> {
	const redact = await redactorFor(context);
	const itemIndex = context.getItemIndex();
	const message = redact(withItem(errorMessage.message, itemIndex));
	const description = redact(joinSentences(errorMessage.description, summary));
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

/** @returns what takes the API key of the node's credential out of a text */
export async function redactorFor(
	context: Pick<IExecuteFunctions | IExecutePaginationFunctions, 'getCredentials'>,
): Promise<Redactor> {
	const apiKey = await context.getCredentials(credentialType).then(
		(credential) => credential.apiKey,
		() => undefined,
	);
	return createRedactor(apiKey);
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
