import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { isObject, propertiesOf } from '../http/json';
import { nodeContextOf } from './nodeContext';

/** Where n8n keeps the charges of a tool, in its context of the node. */
const recordName = 'magicHourCredits';

/** Charges in credits, as plain JSON, since n8n may store them. */
interface ChargeRecord extends IDataObject {
	/** The execution that they are of. */
	executionId: string;
	/** What each project is charged, by its ID. */
	byId: Record<string, number>;
	total: number;
	/** The highest charge that was seen, which a refund does not lower; null before the first. */
	highest: number | null;
	/** The items of which nobody knows what they were charged. */
	unclearItems: number[];
}

/** What projects were charged, in credits. */
export class Charges {
	constructor(private readonly record = createRecord()) {}

	get total(): number {
		return this.record.total;
	}

	/** The highest charge so far, which the next project may cost; undefined before the first. */
	get highest(): number | undefined {
		return this.record.highest ?? undefined;
	}

	/** An item of which nobody knows what it was charged, if there is one. */
	get unclearItem(): number | undefined {
		return this.record.unclearItems[0];
	}

	has(id: string): boolean {
		return Object.hasOwn(this.record.byId, id);
	}

	/** Records what a project is charged, which is less than before where it was refunded. */
	set(id: string, credits: number): void {
		const { record } = this;
		record.total += credits - (record.byId[id] ?? 0);
		record.byId[id] = credits;
		record.highest = Math.max(record.highest ?? 0, credits);
	}

	/** Records that an item may have been charged, and that nobody knows how much. */
	addUnclear(itemIndex: number): void {
		this.record.unclearItems.push(itemIndex);
	}
}

/**
 * Finds the charges of a tool in n8n's context of the node. Retry hands that context to another
 * execution, for which they do not count.
 *
 * @returns the same object for all calls in one execution, until that waits for a person
 */
export function findStoredCharges(context: IExecutePaginationFunctions): ChargeRecord {
	const executionId = String(context.getExecutionId());
	const nodeContext = nodeContextOf(context);
	const stored: unknown = nodeContext[recordName];
	if (isChargeRecord(stored) && stored.executionId === executionId) return stored;
	const record = createRecord(executionId);
	Object.assign(nodeContext, { [recordName]: record });
	return record;
}

function createRecord(executionId = ''): ChargeRecord {
	return { executionId, byId: {}, total: 0, highest: null, unclearItems: [] };
}

function isChargeRecord(value: unknown): value is ChargeRecord {
	const { byId, total, unclearItems } = propertiesOf(value);
	return isObject(byId) && typeof total === 'number' && Array.isArray(unclearItems);
}
