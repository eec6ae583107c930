import type { IExecuteData, IExecutePaginationFunctions } from 'n8n-workflow';
import { Gate } from '../http/rateLimiter';
import { readLimits, type Limits } from './limits';
import type { Failure, OperationProfile, Outcome } from './types';
import type { Stoppable } from '../http/sleep';
import { countedSubject, joinSentences, listed } from '../messages/text';

/** What the tries of one node run (n8n's Retry On Fail) know of each other. */
interface Memory {
	/** What requests gave that must not be sent a second time. */
	done: Map<string, unknown>;
	/** Requests that may have done their work: their answer was lost, or was a 5xx. */
	uncertain: Set<string>;
	currentRun?: Run;
}

/** n8n hands the same object to every try of one node run, and another one to every other run. */
const memories = new WeakMap<IExecuteData, Map<string, Memory>>();

/**
 * Finds the run that an item belongs to: the one of the items before it, or a new one with the first.
 *
 * @param context the item that enters
 * @param profile the operation, which all items of a run share
 */
export function runOf(context: IExecutePaginationFunctions, profile: OperationProfile): Run {
	const executeData = context.getExecuteData();
	const { name } = context.getNode();
	const memory = memoryOf(executeData, name);

	// A tool that an agent calls itself is handed the agent's data: each call is a run of its own.
	if (executeData.node.name !== name) {
		// A second call that asks for the same wants another one, unless it deletes.
		const own = profile.effect === 'creates' ? newMemory() : memory;
		return new Run(context, profile, own, 1);
	}

	if (memory.currentRun === undefined || memory.currentRun.hasSeen(context.getItemIndex())) {
		memory.currentRun?.abandon();
		memory.currentRun = new Run(context, profile, memory, countItems(context, executeData));
	}
	return memory.currentRun;
}

/** One try of one run of the node: the items that share a gate, a stop and a memory. */
export class Run implements Stoppable {
	readonly limits: Limits;

	/** Why no item of this run can be sent, if so. */
	readonly refusal: Failure | undefined;

	readonly gate: Gate;

	/** Whether the first failure ends the run (On Error = Stop Workflow). */
	readonly stopsAtFirstFailure: boolean;

	private readonly execution: Execution;

	private readonly batchSize: number;

	private readonly requests = new Map<string, Promise<Outcome>>();

	private readonly shared = new Map<unknown, Promise<string>>();

	private readonly doneWork = new Set<string>();

	private readonly created: string[] = [];

	private readonly failedItems: number[] = [];

	private firstFailedItem: number | undefined;

	private abandoned = false;

	private lastItemIndex = -1;

	private enteredItems = 0;

	private settledItems = 0;

	private doneItems = 0;

	private batch = new Milestone();

	private readonly end = new Milestone();

	constructor(
		context: IExecutePaginationFunctions,
		private readonly profile: OperationProfile,
		readonly memory: Memory,
		private readonly itemCount: number | undefined,
	) {
		const { limits, refusal } = readLimits(context);
		this.limits = limits;
		this.refusal = refusal;
		this.gate = new Gate(limits.maxParallelRequests);
		this.stopsAtFirstFailure = !context.continueOnFail();
		this.execution = executionOf(context);
		this.batchSize = batchSizeOf(context);
	}

	/** Whether no further request may leave. */
	get stopped(): boolean {
		return (
			this.abandoned ||
			this.canceled ||
			(this.stopsAtFirstFailure && this.firstFailedItem !== undefined)
		);
	}

	/** Whether the execution is over, since the user or n8n has stopped it. */
	get canceled(): boolean {
		return this.execution.isOver || this.execution.cancelSignal?.aborted === true;
	}

	/** Whether an item comes a second time, so that this try of the node is over. */
	hasSeen(itemIndex: number): boolean {
		return itemIndex <= this.lastItemIndex;
	}

	/** Ends this try, since n8n has begun another one. */
	abandon(): void {
		this.abandoned = true;
	}

	/**
	 * Counts an item in. n8n prepares the items of a batch one after the other, and an expression
	 * that fails for one of them ends the node without a word to the ones before it. So where the
	 * first failure ends the run, no item may be sent before all items of its batch are in.
	 *
	 * @returns a promise for the moment from which the item may be sent; it stays open for ever if
	 * n8n ends the node before
	 */
	async enter(itemIndex: number): Promise<void> {
		const { batch } = this;
		this.lastItemIndex = itemIndex;
		this.enteredItems++;
		if (this.isBatchComplete()) {
			this.batch = new Milestone();
			batch.reach();
		}
		await batch.reached;
	}

	/**
	 * Sends a request when its turn comes, once for all items that ask for the same.
	 *
	 * @param name names what is asked for; absent where every item asks for itself
	 * @param send does the work; resolves with how it ended
	 * @param judge sees how it ended before the next request may leave
	 */
	async request(
		name: string | undefined,
		send: () => Promise<Outcome>,
		judge: (outcome: Outcome) => void,
	): Promise<Outcome> {
		const running = name === undefined ? undefined : this.requests.get(name);
		if (running !== undefined) return await running;

		const outcome = this.gate.pass(async () => {
			const result = await send();
			judge(result);
			return result;
		});
		if (name !== undefined) this.requests.set(name, outcome);
		return await outcome;
	}

	/** Notes that an item failed; with On Error = Stop Workflow, no further request leaves. */
	noteFailure(itemIndex: number): void {
		this.firstFailedItem ??= itemIndex;
	}

	/** Whether an item is the one whose failure n8n shall report. */
	isFirstFailure(itemIndex: number): boolean {
		return this.firstFailedItem === itemIndex;
	}

	/** @returns what a request that must not be sent again gave, in this try or an earlier one */
	recall(name: string): unknown {
		return this.memory.done.get(name);
	}

	/** Keeps what a request gave, for this try and for those after it. */
	remember(name: string, result: unknown): void {
		this.memory.done.set(name, result);
	}

	/**
	 * Does work once for all items of the run that need its result.
	 *
	 * @param key what stands for the work; if it fails, it fails for all of them
	 */
	async share(key: unknown, work: () => Promise<string>): Promise<string> {
		const running = this.shared.get(key) ?? work();
		this.shared.set(key, running);
		return await running;
	}

	/** Notes that something was made for an item, which costs credits also if the item then fails. */
	noteCreated(id: string): void {
		this.created.push(id);
	}

	/** Notes that an item is done, and which work that was. */
	settleDone(work: string): void {
		this.doneWork.add(work);
		this.doneItems++;
		this.settle();
	}

	/** Notes that an item failed, or that its turn did not come. */
	settleUndone(itemIndex: number, wasAttempted: boolean): void {
		if (wasAttempted && !this.isFirstFailure(itemIndex)) this.failedItems.push(itemIndex);
		this.settle();
	}

	/** Resolves when every item of the run is settled. */
	async waitForEnd(): Promise<void> {
		await this.end.reached;
	}

	/** Tells what became of the items beside the one that failed first, if there were any. */
	summary(): string {
		if (this.expectedItems === 1) return '';
		const { countedAs, verb, effect } = this.profile;
		const undone = this.expectedItems - this.doneItems - 1;
		const others = undone - this.failedItems.length;
		const done = effect === 'creates' ? this.created.length : this.doneWork.size;
		return joinSentences(
			`${countedSubject(done, countedAs)} ${verb.participle} before the run stopped, and ${countedSubject(others, 'item')} not ${effect === 'deletes' ? 'attempted' : 'finished'}.`,
			this.created.length > 0 ? `Created: ${listed(this.created)}.` : undefined,
			this.failedItems.length > 0
				? `Failed as well: item ${this.failedItems.join(', item ')}.`
				: undefined,
		);
	}

	private get expectedItems(): number {
		return this.itemCount ?? this.enteredItems;
	}

	private settle(): void {
		this.settledItems++;
		if (this.settledItems === this.expectedItems) this.end.reach();
	}

	private isBatchComplete(): boolean {
		return (
			!this.stopsAtFirstFailure ||
			this.enteredItems === this.expectedItems ||
			this.enteredItems % this.batchSize === 0
		);
	}
}

/** Tells when the execution is over; small, since n8n keeps it until then. */
interface Execution {
	isOver: boolean;
	cancelSignal: AbortSignal | undefined;
}

function executionOf(context: IExecutePaginationFunctions): Execution {
	const execution = { isOver: false, cancelSignal: context.getExecutionCancelSignal() };
	// n8n 2 also tells the end of an execution that failed, or that has no signal; n8n 1 does not.
	context.onExecutionFinish?.(() => {
		execution.isOver = true;
	});
	return execution;
}

/** A moment that can be waited for. */
class Milestone {
	reach: () => void = () => {};

	readonly reached = new Promise<void>((resolve) => {
		this.reach = resolve;
	});
}

function newMemory(): Memory {
	return { done: new Map(), uncertain: new Set() };
}

function memoryOf(executeData: IExecuteData, nodeName: string): Memory {
	const ofNodes = memories.get(executeData) ?? new Map<string, Memory>();
	memories.set(executeData, ofNodes);
	const memory = ofNodes.get(nodeName) ?? newMemory();
	ofNodes.set(nodeName, memory);
	return memory;
}

/** @returns how many items n8n will hand to the transport; undefined where n8n does not tell */
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
	const { batching } = context.getNodeParameter('requestOptions', {}) as {
		batching?: { batch?: { batchSize?: number; batchInterval?: number } };
	};
	const { batchSize = 0, batchInterval = 0 } = batching?.batch ?? {};
	if (batchInterval <= 0) return Infinity;
	return batchSize > 0 ? batchSize : 1;
}
