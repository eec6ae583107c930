import { propertiesOf } from '../http/json';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeAccountLimitReached, describeRunLimitReached } from '../messages/credits';
import { Charges, isCharge } from './charges';
import type { CreditLedger } from './creditLedger';
import type { CreditLimits } from './creditLimits';
import { ItemError } from './itemError';

/** How an item creates something that charges credits. */
interface Spending<Body, Response> {
	/** The key of the item. */
	item: string;
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
	/** What the account had when this try of the run first looked. */
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
			ledger.reserve();
		});
		try {
			const body = await spending.completeBody();
			return await ledger.charging.run(async () => {
				// What was charged since the reservation may be more than was expected.
				this.requireRoomFor(1);
				return await this.charge(spending, body);
			});
		} finally {
			ledger.release();
		}
	}

	/**
	 * Records what Magic Hour last told of a project's charge.
	 *
	 * @param credits ignored where it is no charge
	 */
	record(id: string, credits: unknown): void {
		if (!isCharge(credits)) return;
		const { charges, chargesOfExecution } = this.ledger;
		// What was charged before the account was read is in what it had.
		if (!charges.has(id) || this.chargesSince.has(id)) this.chargesSince.set(id, credits);
		charges.set(id, credits);
		chargesOfExecution.set(id, credits);
	}

	private async waitForRoom(readCredits: () => Promise<number>): Promise<void> {
		const { ledger, limits } = this;
		for (;;) {
			const isAlone = ledger.reserved === 0;
			if (isAlone && limits.minCreditsToKeep !== undefined) {
				this.account ??= readCredits();
				this.credits = await this.account;
			}
			if (isAlone) return this.requireRoomFor(1);
			if (this.knowsPrice && this.findIssue(ledger.reserved + 1) === undefined) return;
			await ledger.waitForRelease();
		}
	}

	private get knowsPrice(): boolean {
		const { limits, ledger, credits } = this;
		const { maxCreditsPerRun, minCreditsToKeep } = limits;
		return (
			(maxCreditsPerRun === undefined || ledger.charges.highest !== undefined) &&
			(minCreditsToKeep === undefined ||
				(credits !== undefined && ledger.highestOfExecution !== undefined))
		);
	}

	/** @throws ItemError where so many more projects could exceed a limit */
	private requireRoomFor(count: number): void {
		const issue = this.findIssue(count);
		if (issue !== undefined) throw new ItemError(issue, { wasAttempted: false });
	}

	private findIssue(count: number): ErrorMessage | undefined {
		const { limits, ledger, isToolCall } = this;
		const { maxCreditsPerRun: limit, minCreditsToKeep: minimum } = limits;
		const { total: charged, highest, ambiguousItem } = ledger.charges;
		const isUnsure = ambiguousItem !== undefined;
		if (limit !== undefined && (isUnsure || exceeds(limit - charged, count, highest))) {
			return describeRunLimitReached({
				charged,
				limit,
				price: highest,
				ambiguousItem,
				isToolCall,
			});
		}
		if (minimum === undefined) return undefined;
		const available = (this.credits ?? 0) - this.chargesSince.total;
		const price = ledger.highestOfExecution;
		if (!isUnsure && !exceeds(available - minimum, count, price)) return undefined;
		return describeAccountLimitReached({ available, minimum, price, ambiguousItem, isToolCall });
	}

	private async charge<Body, Response>(
		{ item, create, isAmbiguous }: Spending<Body, Response>,
		body: Body,
	): Promise<Response> {
		const { charges } = this.ledger;
		const creating = create(body);
		creating.catch(() => {
			if (isAmbiguous()) charges.addAmbiguous(item);
		});
		const response = await creating;
		const { id, credits_charged: credits } = propertiesOf(response);
		if (typeof id !== 'string') charges.addAmbiguous(item);
		else if (!isCharge(credits)) charges.addAmbiguous(item, id);
		else this.record(id, credits);
		return response;
	}
}

/**
 * Whether so many more projects would exceed what is left.
 *
 * @param room how many credits are left
 * @param price of each; where nothing tells it, they would if nothing is left
 */
function exceeds(room: number, count: number, price: number | undefined): boolean {
	return price === undefined ? room <= 0 : count * price > room;
}
