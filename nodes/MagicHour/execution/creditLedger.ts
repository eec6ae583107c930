import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { RateLimiter } from '../http/rateLimiter';
import { Charges, findStoredCharges, isCharge } from './charges';
import { Deferred } from './deferred';
import { nodeContextOf } from './nodeContext';

/** The charges of all runs of a node in one execution, by n8n's context of the node. */
const chargesOfExecutions = new WeakMap<object, Charges>();

/** By the stored charges of a tool. */
const ledgersOfTools = new WeakMap<object, CreditLedger>();

/** What all runs that count together share: the charges so far, and the turns of their items. */
export class CreditLedger {
	/** Lets items be admitted one after the other. */
	readonly admission = new RateLimiter(1);

	/** Lets items be charged one after the other, so that each knows the charge of the one before. */
	readonly charging = new RateLimiter(1);

	/** How many items have a reservation: they are going to be charged. */
	reserved = 0;

	private nextRelease = new Deferred();

	/**
	 * @param charges that count for 'Max Credits per Run'
	 * @param chargesOfExecution those of all runs of the node: they tell what a project costs
	 */
	constructor(
		readonly charges: Charges,
		readonly chargesOfExecution: Charges,
	) {}

	/** The highest charge in the execution, earlier runs included; undefined before the first. */
	get highestOfExecution(): number | undefined {
		const { highest: ofRun } = this.charges;
		const { highest: ofExecution } = this.chargesOfExecution;
		return ofRun === undefined ? ofExecution : Math.max(ofRun, ofExecution ?? 0);
	}

	reserve(): void {
		this.reserved++;
	}

	release(): void {
		this.reserved--;
		this.nextRelease.resolve();
		this.nextRelease = new Deferred();
	}

	/** Resolves when an item that had a reservation is charged, or is not going to be. */
	async waitForRelease(): Promise<void> {
		await this.nextRelease.promise;
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
 * @param results of the execution that n8n retries, by the items' keys: this one continues its charges
 */
export function createLedger(
	context: IExecutePaginationFunctions,
	results: Array<[item: string, result: IDataObject]> = [],
): CreditLedger {
	const charges = new Charges();
	for (const [item, { id, credits_charged: credits }] of results) {
		if (typeof id !== 'string') continue;
		if (isCharge(credits)) charges.add(id, credits);
		else charges.addAmbiguous(item, id);
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
