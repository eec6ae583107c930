import { propertiesOf } from '../http/json';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeAccountLimitReached, describeRunLimitReached } from '../messages/credits';
import { Charges } from './charges';
import type { CreditLedger } from './creditLedger';
import type { CreditLimits } from './creditLimits';
import { ItemError } from './itemError';

/** How an item creates something that charges credits. */
interface Spending<Body, Response> {
	itemIndex: number;
	/** Reads how many credits the account has. */
	readCredits(): Promise<number>;
	/** Makes the body of the request, for example by uploading files. */
	completeBody(): Promise<Body>;
	/** Sends the request. */
	create(body: Body): Promise<Response>;
	/** Whether a request that failed may have been charged all the same. */
	isAmbiguous(): boolean;
}

/**
 * Keeps one run of the node within its credit limits. What a project costs is known only when it is
 * created, so the most expensive one so far stands for the next.
 */
export class CreditBudget {
	/** What the account had when this run first looked. */
	private account: Promise<number> | undefined;

	private credits: number | undefined;

	/** What was charged since. */
	private readonly chargesSince = new Charges();

	constructor(
		private readonly limits: CreditLimits,
		private readonly ledger: CreditLedger,
		private readonly isToolCall: boolean,
	) {}

	/**
	 * Creates something as soon as that cannot exceed a limit, as far as is known.
	 *
	 * @throws ItemError where it could; whatever `readCredits`, `completeBody`, and `create` throw
	 */
	async spend<Body, Response>(spending: Spending<Body, Response>): Promise<Response> {
		const { ledger } = this;
		await ledger.admission.run(async () => {
			await this.waitForRoom(spending.readCredits);
			ledger.enter();
		});
		try {
			const body = await spending.completeBody();
			return await ledger.charging.run(async () => {
				// What was charged since the item was admitted may be more than was expected.
				this.requireRoomFor(1);
				return await this.charge(spending, body);
			});
		} finally {
			ledger.leave();
		}
	}

	/** Records what a project is charged, as Magic Hour last told it. */
	record(id: string, credits: number): void {
		const { charges, chargesOfExecution } = this.ledger;
		// What was charged before the account was read is in what it had.
		if (!charges.has(id) || this.chargesSince.has(id)) this.chargesSince.set(id, credits);
		charges.set(id, credits);
		chargesOfExecution.set(id, credits);
	}

	private async waitForRoom(readCredits: () => Promise<number>): Promise<void> {
		const { ledger, limits } = this;
		for (;;) {
			const isAlone = ledger.admitted === 0;
			if (isAlone && limits.minCreditsToKeep !== undefined) {
				this.account ??= readCredits();
				this.credits = await this.account;
			}
			if (isAlone) return this.requireRoomFor(1);
			if (this.knowsPrice && this.findIssue(ledger.admitted + 1) === undefined) return;
			await ledger.waitForDeparture();
		}
	}

	private get knowsPrice(): boolean {
		const { limits, ledger, credits } = this;
		const { maxCreditsPerRun, minCreditsToKeep } = limits;
		return (
			(maxCreditsPerRun === undefined || ledger.charges.highest !== undefined) &&
			(minCreditsToKeep === undefined ||
				(credits !== undefined && ledger.chargesOfExecution.highest !== undefined))
		);
	}

	/** @throws ItemError where so many more projects could exceed a limit */
	private requireRoomFor(count: number): void {
		const issue = this.findIssue(count);
		if (issue !== undefined) throw new ItemError(issue, { wasAttempted: false });
	}

	private findIssue(count: number): ErrorMessage | undefined {
		const { limits, ledger, chargesSince, credits = 0, isToolCall } = this;
		const { maxCreditsPerRun: limit, minCreditsToKeep: minimum } = limits;
		if (limit !== undefined) {
			const { total: used, highest: price, unclearItem } = ledger.charges;
			if (unclearItem !== undefined || exceeds(used, count, price, limit)) {
				return describeRunLimitReached({ used, limit, price, unclearItem, isToolCall });
			}
		}
		if (minimum !== undefined) {
			const { total: spent, unclearItem } = chargesSince;
			const { highest: price } = ledger.chargesOfExecution;
			const available = credits - spent;
			if (unclearItem !== undefined || exceeds(spent, count, price, credits - minimum)) {
				return describeAccountLimitReached({ available, minimum, price, unclearItem, isToolCall });
			}
		}
		return undefined;
	}

	private async charge<Body, Response>(
		{ itemIndex, create, isAmbiguous }: Spending<Body, Response>,
		body: Body,
	): Promise<Response> {
		const creating = create(body);
		creating.catch(() => {
			if (isAmbiguous()) this.recordUnclear(itemIndex);
		});
		const response = await creating;
		const { id, credits_charged: credits } = propertiesOf(response);
		if (typeof id === 'string' && typeof credits === 'number' && credits >= 0) {
			this.record(id, credits);
		} else {
			this.recordUnclear(itemIndex);
		}
		return response;
	}

	private recordUnclear(itemIndex: number): void {
		this.ledger.charges.addUnclear(itemIndex);
		this.chargesSince.addUnclear(itemIndex);
	}
}

/** Whether projects at a price would exceed a limit; one of an unknown price, where nothing is left. */
function exceeds(used: number, count: number, price: number | undefined, limit: number): boolean {
	return price === undefined ? used >= limit : used + count * price > limit;
}
