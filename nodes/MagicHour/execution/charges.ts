import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { isObject, propertiesOf } from '../http/json';
import { nodeContextOf } from './nodeContext';

/** Where n8n keeps the charges of a tool, in its context of the node. */
const recordName = 'magicHourCredits';

/** An item that may have been charged, although no response tells how much. */
interface AmbiguousCharge extends IDataObject {
	/** The item's key. */
	item: string;
	/** What was created, where that is known: a look at it may tell its charge. */
	id?: string;
}

/** Charges in credits, as plain JSON, since n8n may store them. */
interface ChargeRecord extends IDataObject {
	/** The execution that they are of. */
	executionId: string;
	/** What each project is charged, by a key of its ID. */
	byProject: Record<string, number>;
	total: number;
	/** The highest charge that was seen, which a refund does not lower; null before the first. */
	highest: number | null;
	ambiguous: AmbiguousCharge[];
}

/** Whether a response tells a charge, in credits. */
export function isCharge(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
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

	/** The key of an item that may have been charged, although nothing tells how much. */
	get ambiguousItem(): string | undefined {
		return this.record.ambiguous[0]?.item;
	}

	/** @returns what a project is charged; undefined where it is not known */
	get(id: string): number | undefined {
		return this.record.byProject[keyOf(id)];
	}

	/** Records what was charged for a project when it was created, also if its ID is not a new one. */
	add(id: string, credits: number): void {
		const { record } = this;
		record.byProject[keyOf(id)] ??= credits;
		this.count(credits, 0);
	}

	/** Records what a project is charged now, which is less than before where it was refunded. */
	update(id: string, credits: number): void {
		const { record } = this;
		const before = this.get(id) ?? 0;
		record.byProject[keyOf(id)] = credits;
		record.ambiguous = record.ambiguous.filter((charge) => charge.id !== id);
		this.count(credits, before);
	}

	/**
	 * Records that an item may have been charged, although nothing tells how much.
	 *
	 * @param id of what was created, where that is known
	 */
	addAmbiguous(item: string, id?: string): void {
		this.record.ambiguous.push(id === undefined ? { item } : { item, id });
	}

	private count(credits: number, before: number): void {
		const { record } = this;
		record.total += credits - before;
		record.highest = Math.max(record.highest ?? 0, credits);
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

/** @returns a name that no object has from the start, as it has `constructor` */
function keyOf(id: string): string {
	return `project ${id}`;
}

function createRecord(executionId = ''): ChargeRecord {
	return { executionId, byProject: {}, total: 0, highest: null, ambiguous: [] };
}

function isChargeRecord(value: unknown): value is ChargeRecord {
	const { executionId, byProject, total, highest, ambiguous } = propertiesOf(value);
	return (
		typeof executionId === 'string' &&
		isObject(byProject) &&
		isCharge(total) &&
		(highest === null || isCharge(highest)) &&
		Array.isArray(ambiguous)
	);
}
