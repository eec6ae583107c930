import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { RateLimiter } from '../http/rateLimiter';
import { Charges, findStoredCharges } from './charges';
import { Deferred } from './deferred';
import { nodeContextOf } from './nodeContext';

/** n8n keeps one object for each node of an execution. */
const chargesOfExecutions = new WeakMap<object, Charges>();

/** By what all calls of a tool in one execution share. */
const ledgersOfTools = new WeakMap<object, CreditLedger>();

/** What all runs that count together share: the charges so far, and the turns of their items. */
export class CreditLedger {
	/** Lets items be admitted one after the other. */
	readonly admission = new RateLimiter(1);

	/** Lets items be charged one after the other, so that each knows the charge of the one before. */
	readonly charging = new RateLimiter(1);

	private underWay = 0;

	private departure = new Deferred();

	/**
	 * @param charges that count for 'Max Credits per Run'
	 * @param chargesOfExecution those of all runs of the node: they tell what a project costs
	 */
	constructor(
		readonly charges: Charges,
		readonly chargesOfExecution: Charges,
	) {}

	/** How many items are admitted and not charged yet. */
	get admitted(): number {
		return this.underWay;
	}

	enter(): void {
		this.underWay++;
	}

	leave(): void {
		this.underWay--;
		this.departure.resolve();
		this.departure = new Deferred();
	}

	/** Resolves when an admitted item is charged, or is not going to be. */
	async waitForDeparture(): Promise<void> {
		await this.departure.promise;
	}
}

/** @returns what all calls of a tool in one execution share */
export function ledgerOfTool(context: IExecutePaginationFunctions): CreditLedger {
	const stored = findStoredCharges(context);
	const charges = new Charges(stored);
	const ledger = ledgersOfTools.get(stored) ?? new CreditLedger(charges, charges);
	ledgersOfTools.set(stored, ledger);
	return ledger;
}

/**
 * Creates what all tries of one run share.
 *
 * @param results of the execution that n8n retries, whose charges this one continues
 */
export function createLedger(
	context: IExecutePaginationFunctions,
	results: IDataObject[] = [],
): CreditLedger {
	const charges = new Charges();
	for (const { id, credits_charged: credits } of results) {
		if (typeof id === 'string' && typeof credits === 'number') charges.set(id, credits);
	}
	return new CreditLedger(charges, chargesOfExecution(context));
}

/** @returns the charges of all runs of the node in this execution, such as those of a loop */
function chargesOfExecution(context: IExecutePaginationFunctions): Charges {
	const nodeContext = nodeContextOf(context);
	const charges = chargesOfExecutions.get(nodeContext) ?? new Charges();
	chargesOfExecutions.set(nodeContext, charges);
	return charges;
}
