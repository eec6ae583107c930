import type { IDataObject } from 'n8n-workflow';
import type { ExecutionRecord } from './executionRecord';

/** What the tries of one node run (n8n's Retry On Fail) know of each other. */
export class RetryMemo {
	/** The keys of requests that may have done their work: their response was lost, or was a 5xx. */
	readonly ambiguousKeys: Set<string>;

	private readonly results = new Map<string, IDataObject>();

	private readonly underWay = new Map<string, Promise<IDataObject>>();

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

	/**
	 * Does work that must not be done again, unless it was done. n8n may begin another try while an
	 * earlier one has not ended: then that is waited for.
	 *
	 * @returns what it has given, also where that is no success: it may have done its work
	 * @throws what the work throws
	 */
	async getOrDo(
		key: string,
		request: string,
		work: () => Promise<IDataObject>,
	): Promise<IDataObject> {
		// How it ends matters to the earlier try alone, unless it gives a result.
		await this.underWay.get(key)?.catch(() => {});
		const known = this.get(key, request);
		if (known !== undefined) return known;
		const working = work().then((result) => {
			this.set(key, result);
			return result;
		});
		this.underWay.set(key, working);
		return await working;
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
