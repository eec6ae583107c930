import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteData,
	type IExecutePaginationFunctions,
} from 'n8n-workflow';
import { AbortGroup } from '../http/abort';
import type { NetworkError } from '../http/errors';
import { propertiesOf } from '../http/json';
import { RateLimiter } from '../http/rateLimiter';
import type { Redactor } from '../http/redaction';
import { requestWithRetry, type RequestPolicy, type SendContext } from '../http/requestWithRetry';
import type { ErrorMessage, OperationWords } from '../messages/errorMessage';
import { describeCreated, describeDryRun, describeRun } from '../messages/execution';
import { addedOptions } from './addedOptions';
import type { BaseUrl } from './baseUrl';
import { CreditBudget } from './creditBudget';
import { createLedger, ledgerOfTool, type CreditLedger } from './creditLedger';
import { readCreditLimits } from './creditLimits';
import { Deferred } from './deferred';
import { ExecutionRecord } from './executionRecord';
import { highlight } from './highlightedData';
import { requireBaseUrl } from './credential';
import { keptFilesOf, type KeptFiles } from './keptFiles';
import { readLimits } from './limits';
import { RetryMemo } from './retryMemo';
import { SingleFlight } from './singleFlight';
import { isToolCall } from './toolCall';

/**
 * Turns a response into a result. What it calls to receive the response throws an `HttpError` or a
 * `NetworkError` where there is no success.
 */
export type ResponseHandler<Received, Result> = (
	receive: () => Promise<Received>,
) => Promise<Result>;

/** What one node run keeps between its tries. */
interface NodeRunState {
	memo: RetryMemo;
	run?: NodeRun;
	ledger?: CreditLedger;
}

/** n8n hands the same object to every try of one node run, and another one to every other run. */
const states = new WeakMap<IExecuteData, Map<string, NodeRunState>>();

/** The runs of nodes that are no tools, by which items find theirs: n8n copies a node to tell its name. */
const runs = new WeakMap<IExecuteData, NodeRun>();

/** n8n hands the same arguments to every try of one call of a tool, and others to every other call. */
const memosOfCalls = new WeakMap<IDataObject, RetryMemo>();

/**
 * Finds the run that an item belongs to: the one of the items before it, or a new one with the first.
 *
 * @param context of the item
 * @param operation which all items of a run share
 */
export function currentRun(
	context: IExecutePaginationFunctions,
	operation: OperationWords,
): NodeRun {
	const executeData = context.getExecuteData();
	const itemIndex = context.getItemIndex();
	const begun = runs.get(executeData);
	if (begun?.hasSeen(itemIndex) === false) {
		begun.markSeen(itemIndex);
		return begun;
	}
	const { name } = context.getNode();
	const state = stateOf(executeData, name, () => recordOf(context));

	// A tool that an agent calls itself is handed the agent's data: each try of a call is a run of its own.
	if (executeData.node.name !== name) {
		// A second call that asks for the same wants another one, unless it deletes.
		const memo = operation.effect === 'creates' ? memoOfCall(context) : state.memo;
		return new NodeRun(context, operation, memo, 1, () => ledgerOf(context, state));
	}

	if (state.run === undefined || state.run.hasSeen(itemIndex)) {
		state.run?.abandon();
		const itemCount = countItems(context, executeData);
		const findLedger = () => ledgerOf(context, state);
		state.run = new NodeRun(context, operation, state.memo, itemCount, findLedger);
		runs.set(executeData, state.run);
	}
	state.run.markSeen(itemIndex);
	return state.run;
}

/** One try of one run of the node: the items that share a rate limiter, a stop and a memo. */
export class NodeRun implements SendContext {
	readonly rateLimiter: RateLimiter;

	readonly maxRetries: number;

	/** Aborted when the execution is over, since the user or n8n has stopped it. */
	readonly signal: AbortSignal;

	/** What is under way, and ends with the execution. */
	readonly underWay: AbortGroup;

	/** Whether an AI agent or an MCP client has called the node as its tool. */
	readonly isToolCall: boolean;

	/** Finds the files of an input item. */
	readonly keptFiles: KeptFiles;

	/** Why no item of this run can be sent, if so. */
	readonly issue: ErrorMessage | undefined;

	/** Files that were uploaded, by what tells them apart: the paths that Magic Hour knows them by. */
	readonly uploads = new SingleFlight<string>();

	/** What takes an API key out of a text, by the key: nothing keeps it beyond the run. */
	readonly redactors = new Map<string, Redactor>();

	/**
	 * The Base URL of the credential, or why that cannot be read. n8n takes a while to evaluate an
	 * expression of it for each item.
	 */
	readonly baseUrl: Promise<BaseUrl | NetworkError>;

	/** What keeps the run within its credit limits; absent where none is on. */
	readonly budget: CreditBudget | undefined;

	/** Whether the first failure ends the run (On Error = Stop Workflow). */
	readonly stopsAtFirstFailure: boolean;

	private readonly batchSize: number;

	private readonly responses = new Map<string, Promise<unknown>>();

	private readonly doneKeys = new Set<string>();

	private readonly deleted = new Set<string>();

	/** What was to be deleted and was gone before. */
	private readonly gone = new Set<string>();

	/** What was only checked, by the keys of what would be done. */
	private readonly checkedKeys = new Set<string>();

	private dryRunCount = 0;

	private readonly addedOptions: object;

	private readonly created: string[] = [];

	private readonly failedItems: number[] = [];

	private firstFailedItem: number | undefined;

	private abandoned = false;

	private lastItemIndex = -1;

	private enteredItems = 0;

	private settledItems = 0;

	private succeededItems = 0;

	private batch = new Deferred();

	private readonly end = new Deferred();

	constructor(
		private readonly context: IExecutePaginationFunctions,
		private readonly operation: OperationWords,
		readonly memo: RetryMemo,
		private readonly itemCount: number | undefined,
		findLedger: () => CreditLedger,
	) {
		this.isToolCall = isToolCall(context);
		this.keptFiles = keptFilesOf(context);
		this.addedOptions = addedOptions(context);
		const { limits, issue } = readLimits(context);
		this.maxRetries = limits.maxRetries;
		const chargesCredits = operation.effect === 'creates' && operation.isFree !== true;
		const { creditLimits, issue: creditIssue } = chargesCredits
			? readCreditLimits(context, this.addedOptions)
			: {};
		this.issue = issue ?? creditIssue;
		this.budget =
			creditLimits === undefined
				? undefined
				: new CreditBudget(creditLimits, findLedger(), this.isToolCall);
		this.rateLimiter = new RateLimiter(limits.maxParallelRequests);
		this.stopsAtFirstFailure = !context.continueOnFail();
		this.signal = signalOf(context);
		this.underWay = new AbortGroup(this.signal);
		this.batchSize = batchSizeOf(context);
		this.baseUrl = requireBaseUrl(context);
	}

	get ambiguousKeys(): Set<string> {
		return this.memo.ambiguousKeys;
	}

	/** Whether no further request may leave. */
	get canceled(): boolean {
		return (
			this.abandoned ||
			this.isExecutionOver ||
			(this.stopsAtFirstFailure && this.firstFailedItem !== undefined)
		);
	}

	/** Whether the execution is over, since the user or n8n has stopped it. */
	get isExecutionOver(): boolean {
		return this.signal.aborted;
	}

	/** Whether the user has added an option, which holds for all items. */
	hasOption(name: string): boolean {
		return Object.hasOwn(this.addedOptions, name);
	}

	/** Whether an item comes a second time, so that this try of the node is over. */
	hasSeen(itemIndex: number): boolean {
		return itemIndex <= this.lastItemIndex;
	}

	/** Records that an item has come, which n8n hands over in their order. */
	markSeen(itemIndex: number): void {
		this.lastItemIndex = itemIndex;
	}

	/** Ends this try, since n8n has begun another one. */
	abandon(): void {
		this.abandoned = true;
	}

	/**
	 * Counts an item in, and waits until it may be sent. n8n prepares the items of a batch one after
	 * the other, and an expression that fails for one of them ends the node without a word to the ones
	 * before it. So where the first failure ends the run, no item may be sent before all items of its
	 * batch are in. The wait never ends if n8n ends the node before.
	 */
	async waitForBatch(): Promise<void> {
		const { batch } = this;
		this.enteredItems++;
		if (this.isBatchComplete()) {
			this.batch = new Deferred();
			batch.resolve();
		}
		await batch.promise;
	}

	/**
	 * Sends a request when a slot is free. The slot is held until the response is handled, so that the
	 * first failure is known before the next request leaves.
	 *
	 * @param attempt makes one attempt
	 * @param handle receives the response, or what `requestWithRetry` throws
	 * @param signal cancels the request before the run is canceled
	 */
	async send<Received, Result>(
		attempt: () => Promise<Received>,
		policy: RequestPolicy,
		handle: ResponseHandler<Received | undefined, Result>,
		signal?: AbortSignal,
	): Promise<Result> {
		const context = signal === undefined ? this : this.canceledBy(signal);
		const receive = async () => await requestWithRetry(attempt, policy, context);
		return await this.rateLimiter.run(async () => await handle(receive));
	}

	/**
	 * The same, once for all items that request what the key stands for.
	 *
	 * @param handle is called for each of them
	 */
	async sendOnce<Result>(
		key: string,
		attempt: () => Promise<unknown>,
		policy: RequestPolicy,
		handle: ResponseHandler<unknown, Result>,
	): Promise<Result> {
		const running = this.responses.get(key);
		if (running !== undefined) return await handle(async () => await running);

		const slot = new Deferred();
		const response = slot.promise.then(async () => await requestWithRetry(attempt, policy, this));
		this.responses.set(key, response);
		return await this.rateLimiter.run(async () => {
			slot.resolve();
			return await handle(async () => await response);
		});
	}

	/** Records that an item failed; with On Error = Stop Workflow, no further request leaves. */
	recordFirstFailure(itemIndex: number): void {
		this.firstFailedItem ??= itemIndex;
	}

	/** Whether an item is the one whose failure n8n reports. */
	isFirstFailure(itemIndex: number): boolean {
		return this.firstFailedItem === itemIndex;
	}

	/** Records what was created, which costs credits also if its item then fails or never ends. */
	recordCreated(id: string): void {
		this.created.push(id);
		highlight(this.context, this.operation.noun, id);
	}

	/**
	 * Records what was deleted in this run, also by an earlier try.
	 *
	 * @param wasGone whether it was deleted before
	 */
	recordDeleted(id: string, wasGone: boolean): void {
		(wasGone ? this.gone : this.deleted).add(id);
	}

	/** Records that an item is only checked. */
	recordDryRun(): void {
		this.dryRunCount++;
	}

	/** Records that an item succeeded, and what was done for it, or only checked. */
	markSucceeded(key: string, isDryRun: boolean): void {
		(isDryRun ? this.checkedKeys : this.doneKeys).add(key);
		this.succeededItems++;
		this.settle();
	}

	/** Records that an item failed, or that its turn did not come. */
	markFailed(itemIndex: number, wasAttempted: boolean): void {
		if (wasAttempted && !this.isFirstFailure(itemIndex)) this.failedItems.push(itemIndex);
		this.settle();
	}

	/** Resolves when every item of the run has succeeded or failed. */
	async waitForEnd(): Promise<void> {
		await this.end.promise;
	}

	/** Tells what was created, and what became of the items beside the one that failed first. */
	summary(): string {
		const { created, failedItems } = this;
		if (this.expectedItems === 1) {
			return this.dryRunCount > 0
				? describeDryRun(this.operation)
				: describeCreated(created, this.operation, this.isToolCall);
		}
		const isUnclear = (index: number): boolean => this.ambiguousKeys.has(itemKey(index));
		return describeRun(
			{
				doneCount: this.doneCount,
				deleted: [...this.deleted],
				goneCount: this.gone.size,
				openCount: this.expectedItems - this.succeededItems - 1 - failedItems.length,
				dryRun:
					this.dryRunCount === 0
						? undefined
						: { checkedCount: this.checkedKeys.size, isEntire: this.isEntirelyDryRun },
				created,
				failedItems,
				unclearItems: failedItems.filter(isUnclear),
				isToolCall: this.isToolCall,
			},
			this.operation,
		);
	}

	private canceledBy(signal: AbortSignal): SendContext {
		const { rateLimiter, maxRetries, ambiguousKeys } = this;
		const isCanceled = (): boolean => this.canceled || signal.aborted;
		return {
			rateLimiter,
			maxRetries,
			ambiguousKeys,
			get canceled() {
				return isCanceled();
			},
		};
	}

	/** How many different things were done. */
	private get doneCount(): number {
		switch (this.operation.effect) {
			case 'creates':
				return this.created.length;
			case 'deletes':
				return this.deleted.size;
			default:
				return this.doneKeys.size;
		}
	}

	/** Whether all items that have come so far are only checked. */
	private get isEntirelyDryRun(): boolean {
		return this.dryRunCount === this.enteredItems;
	}

	private get expectedItems(): number {
		return this.itemCount ?? this.enteredItems;
	}

	private settle(): void {
		this.settledItems++;
		if (this.settledItems !== this.expectedItems) return;
		this.settleRecord();
		this.end.resolve();
	}

	/** Lets n8n keep what a retry of the execution must not do again, and no more than that. */
	private settleRecord(): void {
		const { record } = this.memo;
		const fails = this.stopsAtFirstFailure && this.firstFailedItem !== undefined;
		if (fails && this.operation.effect === 'deletes' && !this.isEntirelyDryRun)
			this.memo.recordAll();
		if (!fails && !this.isExecutionOver) record?.clear();
	}

	private isBatchComplete(): boolean {
		return (
			!this.stopsAtFirstFailure ||
			this.enteredItems === this.expectedItems ||
			this.enteredItems % this.batchSize === 0
		);
	}
}

/** @returns a signal that is aborted when the execution is over */
function signalOf(context: IExecutePaginationFunctions): AbortSignal {
	const end = new AbortController();
	const cancelSignal = context.getExecutionCancelSignal();
	// n8n 2 also tells the end of an execution that failed, or that has no signal; n8n 1 does not.
	context.onExecutionFinish?.(() => end.abort());
	const { signal } = end;
	return cancelSignal === undefined ? signal : AbortSignal.any([cancelSignal, signal]);
}

/** @returns what tells an item from the others of its run */
export function itemKey(index: number): string {
	return `item ${index}`;
}

function stateOf(
	executeData: IExecuteData,
	nodeName: string,
	createRecord: () => ExecutionRecord | undefined,
): NodeRunState {
	const ofNodes = states.get(executeData) ?? new Map<string, NodeRunState>();
	states.set(executeData, ofNodes);
	const state = ofNodes.get(nodeName) ?? { memo: new RetryMemo(createRecord()) };
	ofNodes.set(nodeName, state);
	return state;
}

/** @returns nothing for a tool: Retry runs the agent again, whose calls are new ones */
function recordOf(context: IExecutePaginationFunctions): ExecutionRecord | undefined {
	return isToolCall(context) ? undefined : new ExecutionRecord(context);
}

function memoOfCall(context: IExecutePaginationFunctions): RetryMemo {
	const { json: args } = context.getInputData(0, NodeConnectionTypes.AiTool);
	const memo = memosOfCalls.get(args) ?? new RetryMemo();
	memosOfCalls.set(args, memo);
	return memo;
}

/** @returns what the tries of a node share, and all calls of a tool in one execution */
function ledgerOf(context: IExecutePaginationFunctions, state: NodeRunState): CreditLedger {
	if (isToolCall(context)) return ledgerOfTool(context);
	state.ledger ??= createLedger(context, state.memo.record?.results);
	return state.ledger;
}

/** @returns how many items n8n will hand to the hook; undefined where n8n does not tell */
function countItems(
	context: IExecutePaginationFunctions,
	executeData: IExecuteData,
): number | undefined {
	const { main, ai_tool: tool } = executeData.data;
	const items = (main ?? tool)?.[0];
	if (!items) return undefined;
	return context.getNode().executeOnce === true ? Math.min(items.length, 1) : items.length;
}

/** @returns how many items n8n prepares before it pauses; infinite where n8n's batching is off */
function batchSizeOf(context: IExecutePaginationFunctions): number {
	const { batching } = propertiesOf(context.getNodeParameter('requestOptions', {}));
	const { batchSize, batchInterval } = propertiesOf(propertiesOf(batching).batch);
	if (!isPositive(batchInterval)) return Infinity;
	return isPositive(batchSize) ? batchSize : 1;
}

function isPositive(value: unknown): value is number {
	return typeof value === 'number' && value > 0;
}
