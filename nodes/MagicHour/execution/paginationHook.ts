import type {
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyRouting,
} from 'n8n-workflow';
import type { OperationWords } from '../messages/errorMessage';
import { ItemContext, type RoutingRequest } from './itemContext';
import { asItemError, ItemError } from './itemError';
import { currentRun } from './nodeRun';
import { PendingResult } from './pendingResult';
import { toFailureItem, toNodeError, toSuccessItems, type Output } from './output';

/** What an operation does with each item. */
interface OperationHandler<Input> {
	operation: OperationWords;
	/** The field that has the ID, which tells the items of failures apart. */
	identifiedBy?: INodeProperties;
	/** Tells the fields of a failed item, with On Error set to Continue. */
	failureFields?(item: ItemContext): IDataObject;
	/**
	 * Tells whether an item is only checked. It is read before anything else, so that also what is
	 * said of an item that is not valid tells it.
	 *
	 * @throws ItemError where that is not clear
	 */
	isDryRun?(item: ItemContext): boolean;
	/**
	 * Reads and checks what the user has set, before anything is sent.
	 *
	 * @throws ItemError with the reason why nothing may be sent for the item
	 */
	validate(item: ItemContext): Input;
	/** Names the work, where items that request the same share it. */
	dedupeKey?(input: Input): string;
	/**
	 * @throws ItemError when the item fails, or when its turn does not come
	 * @throws PendingResult when it succeeds before its result is there
	 */
	execute(item: ItemContext, input: Input): Promise<Output[]>;
}

/** What every operation shares, for the routing of the Resource parameter. */
export const sharedRouting: INodePropertyRouting = {
	send: { paginate: true },
};

/**
 * Creates the one way by which an operation's requests leave the node. n8n's declarative engine calls
 * it for each item, in the place of a pagination, with the request that the routing describes.
 *
 * @returns a function that resolves with the item's output, and rejects only with the failure that
 * stops the workflow, a NodeApiError
 */
export function paginationHook<Input>(handler: OperationHandler<Input>) {
	return async function send(
		this: IExecutePaginationFunctions,
		request: RoutingRequest,
	): Promise<INodeExecutionData[]> {
		const run = currentRun(this, handler.operation);
		const item = new ItemContext(this, request, run, handler.operation, await run.baseUrl);
		try {
			const input = await validate(handler, item);
			const outputs = await handler.execute(item, input).catch(outputsOfPending);
			run.markSucceeded(handler.dedupeKey?.(input) ?? item.key, item.isDryRun);
			return toSuccessItems(this, outputs, run.keptFiles);
		} catch (error) {
			return await fail(this, handler, item, asItemError(error, true));
		}
	};
}

/** @throws what was caught, where nothing is pending */
function outputsOfPending(error: unknown): Output[] {
	if (error instanceof PendingResult) return [{ json: error.json }];
	throw error;
}

/** Validates an item, and lets it go on when the other items of its batch are validated, too. */
async function validate<Input>(
	handler: OperationHandler<Input>,
	item: ItemContext,
): Promise<Input> {
	const { run, index } = item;
	try {
		if (handler.isDryRun?.(item) === true) {
			item.isDryRun = true;
			run.recordDryRun();
		}
		if (run.issue !== undefined) throw new ItemError(run.issue, { wasAttempted: false });
		const input = handler.validate(item);
		await run.waitForBatch();
		return input;
	} catch (error) {
		run.recordFirstFailure(index);
		await run.waitForBatch();
		throw asItemError(error, false);
	}
}

async function fail(
	context: IExecutePaginationFunctions,
	{
		failureFields,
		identifiedBy,
	}: Pick<OperationHandler<unknown>, 'failureFields' | 'identifiedBy'>,
	item: ItemContext,
	{ errorMessage, created, wasAttempted }: ItemError,
): Promise<INodeExecutionData[]> {
	const { run, index } = item;
	if (errorMessage !== undefined) run.recordFirstFailure(index);
	run.markFailed(index, wasAttempted);
	if (errorMessage === undefined) return [];
	if (!run.stopsAtFirstFailure) {
		const redact = await item.redactor();
		const details = {
			fields: failureFields?.(item),
			created,
			resolvedId: item.resolvedId,
			identifiedBy: identifiedBy?.name,
		};
		return [toFailureItem(context, redact, errorMessage, details, run.keptFiles)];
	}
	// n8n reports the rejected item with the lowest index, which need not be the first to fail.
	if (!run.isFirstFailure(index)) return [];
	await run.waitForEnd();
	throw toNodeError(context, await item.redactor(), errorMessage, run.summary());
}
