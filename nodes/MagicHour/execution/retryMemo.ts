import type { IDataObject } from 'n8n-workflow';

/** What the tries of one node run (n8n's Retry On Fail) know of each other. */
export class RetryMemo {
	/** The keys of requests that may have done their work: their response was lost, or was a 5xx. */
	readonly ambiguousKeys = new Set<string>();

	private readonly results = new Map<string, IDataObject>();

	/** @returns what work that must not be done again has given, in this try or an earlier one */
	get(key: string): IDataObject | undefined {
		return this.results.get(key);
	}

	/** Keeps what work has given, for this try and for those after it. */
	set(key: string, result: IDataObject): void {
		this.results.set(key, result);
	}
}
