import {
	NodeApiError,
	type IDataObject,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { makeRedactor, type Redactor } from '../http/redaction';
import type { Failure, OperationProfile, Output } from './types';
import { joinSentences } from '../messages/text';

/** @returns the items of a success, linked to their input item */
export function itemsOfSuccess(outputs: Output[], itemIndex: number): INodeExecutionData[] {
	return outputs.map((output) => ({ ...output, pairedItem: { item: itemIndex } }));
}

/**
 * Makes the item of a failure, for On Error = Continue and Continue (using error output).
 *
 * n8n sends an item to the error output, and merges the input's fields into it, only if its JSON
 * has no keys but `error` and `message` (n8n 1.x) and it has no `error` property of its own.
 */
export async function itemOfFailure(
	context: IExecutePaginationFunctions,
	failure: Failure,
	{ identifiedBy, failureFields }: OperationProfile,
): Promise<INodeExecutionData[]> {
	const redact = await makeRedactor(context);
	const itemIndex = context.getItemIndex();
	const error = redact(messageFor(failure, itemIndex));
	const description = redact(failure.description);
	const usesErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const json: IDataObject = usesErrorOutput
		? { error, message: joinSentences(`${error}.`, description) }
		: {
				...(identifiedBy === undefined
					? {}
					: { [identifiedBy]: givenValue(context, identifiedBy, redact) }),
				...failureFields,
				...failure.fields,
				error,
				description,
				...(failure.httpCode === undefined ? {} : { httpCode: failure.httpCode }),
			};
	return [{ json, pairedItem: { item: itemIndex } }];
}

/** @returns what a parameter holds, as the user gave it; null where it cannot be read */
function givenValue(
	context: IExecutePaginationFunctions,
	parameter: string,
	redact: Redactor,
): IDataObject | string | null {
	try {
		const given = context.getNodeParameter(parameter, '');
		return typeof given === 'string' ? redact(given) : ((given ?? null) as IDataObject | null);
	} catch {
		return null;
	}
}

/**
 * Makes the error that stops the workflow.
 *
 * @param summary what became of the other items
 */
export async function errorOfFailure(
	context: IExecutePaginationFunctions,
	failure: Failure,
	summary: string,
): Promise<NodeApiError> {
	const redact = await makeRedactor(context);
	const itemIndex = context.getItemIndex();
	const message = redact(messageFor(failure, itemIndex));
	const description = redact(joinSentences(failure.description, summary));
	const response: JsonObject = { message };
	const error = new NodeApiError(context.getNode(), response, {
		message,
		description,
		httpCode: failure.httpCode,
		itemIndex,
	});
	// n8n replaces messages that contain a word such as ECONNREFUSED, even within an ID.
	error.message = message;
	return error;
}

function messageFor(failure: Failure, itemIndex: number): string {
	return `${failure.message} [item ${itemIndex}]`;
}
