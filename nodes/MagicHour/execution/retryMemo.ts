import type { IDataObject } from 'n8n-workflow';
import type { ExecutionRecord } from './executionRecord';

/** What the tries of one node run (n8n's Retry On Fail) know of each other. */
export class RetryMemo {
	/** The keys of requests that may have done their work: their response was lost, or was a 5xx. */
	readonly ambiguousKeys: Set<string>;

	private readonly results = new Map<string, IDataObject>();

	/** @param record what the tries of one execution know of another; absent where n8n keeps nothing */
	constructor(readonly record?: ExecutionRecord) {
		this.ambiguousKeys = new Set(record?.ambiguousKeys);
	}

	/**
	 * @param request what the work was done for, where its key does not say it
	 * @returns what work that must not be done again has given, in this try or an earlier one, or in
	 * the execution that n8n retries
	 */
	get(key: string, request = ''): IDataObject | undefined {
		return this.results.get(key) ?? this.record?.find(key, request);
	}

	/** Keeps what work has given, for this try and for those after it. */
	set(key: string, result: IDataObject): void {
		this.results.set(key, result);
	}

	/** Hands all of it to a retry of the execution. */
	recordAll(): void {
		for (const [key, result] of this.results) this.record?.keep(key, { request: '', result });
		this.record?.keepAmbiguous(this.ambiguousKeys);
	}
}
