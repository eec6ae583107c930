import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { isObject, propertiesOf } from '../http/json';
import { credentialType } from './credential';
import { nodeContextOf } from './nodeContext';

/** Where the record stands in n8n's context of the node. */
const recordName = 'magicHour';

/** What was done, and the request that it was done for. */
interface Entry extends IDataObject {
	request: string;
	result: IDataObject;
}

interface RunRecord {
	/** Which run of the node it is of: a loop runs the node several times in one execution. */
	runIndex: unknown;
	/** Which credential the node had: what one account has done says nothing of another. */
	credentialId: unknown;
	/** By key, as a `RetryMemo` has them. */
	entries: Record<string, Entry>;
	/** The keys of requests that may have done their work. */
	ambiguousKeys: string[];
}

/**
 * What n8n stores of a run of the node that has not succeeded, in its context of the node. Retry in
 * n8n's list of executions hands it to the new execution.
 */
export class ExecutionRecord {
	private record: RunRecord | undefined;

	/** @param context of the first item of a run */
	constructor(private readonly context: IExecutePaginationFunctions) {
		if (context.getMode() !== 'retry') return;
		const record: unknown = nodeContextOf(context)[recordName];
		if (!isRunRecord(record) || record.credentialId !== this.credentialId()) return;
		if (record.runIndex === this.runIndex()) this.record = record;
	}

	/** The keys of requests that may have done their work in the execution that is retried. */
	get ambiguousKeys(): string[] {
		return this.record?.ambiguousKeys ?? [];
	}

	/** What the execution that is retried has done, by the keys of the items. */
	get results(): Array<[key: string, result: IDataObject]> {
		const entries = Object.entries(this.record?.entries ?? {});
		return entries.map(([key, { result }]) => [key, result]);
	}

	/** @returns what the same request has given in the execution that is retried */
	find(key: string, request: string): IDataObject | undefined {
		const entry = this.record?.entries[key];
		return entry?.request === request ? entry.result : undefined;
	}

	/** Keeps what was done until the run succeeds. */
	keep(key: string, entry: Entry): void {
		this.started().entries[key] = entry;
	}

	/** Keeps the keys of requests that may have done their work. */
	keepAmbiguous(keys: Iterable<string>): void {
		this.started().ambiguousKeys = [...keys];
	}

	/** Forgets what is of no use any more, so that a retry does it again. */
	forget(key: string): void {
		delete this.record?.entries[key];
	}

	/** Forgets all, since the run has succeeded. */
	clear(): void {
		if (this.record === undefined) return;
		delete nodeContextOf(this.context)[recordName];
		this.record = undefined;
	}

	private started(): RunRecord {
		if (this.record !== undefined) return this.record;
		const record = {
			runIndex: this.runIndex(),
			credentialId: this.credentialId(),
			entries: {},
			ambiguousKeys: [],
		};
		Object.assign(nodeContextOf(this.context), { [recordName]: record });
		this.record = record;
		return record;
	}

	private credentialId(): unknown {
		return this.context.getNode().credentials?.[credentialType]?.id;
	}

	private runIndex(): unknown {
		return this.context.getWorkflowDataProxy(0).$runIndex;
	}
}

function isRunRecord(value: unknown): value is RunRecord {
	const { entries, ambiguousKeys } = propertiesOf(value);
	return isObject(entries) && Object.values(entries).every(isEntry) && Array.isArray(ambiguousKeys);
}

function isEntry(value: unknown): value is Entry {
	const { request, result } = propertiesOf(value);
	return typeof request === 'string' && isObject(result);
}
