import { propertiesOf } from '../http/json';
import type { ErrorMessage } from '../messages/errorMessage';
import { describeAccountLimitReached, describeRunLimitReached } from '../messages/credits';
import { Charges, isCharge } from './charges';
import type { CreditLedger } from './creditLedger';
import type { CreditLimits } from './creditLimits';
import { ItemError } from './itemError';

/** Reads the account that pays for an item. */
interface AccountReader {
	/** Tells the account from others. */
	readAccountKey(): Promise<string>;
	/** Reads how many credits it has. */
	readCredits(): Promise<number>;
}

/** How an item creates something that charges credits. */
interface Spending<Body, Response> extends AccountReader {
	/** The key of the item. */
	item: string;
	/** Makes the body of the request, for example by uploading files. */
	completeBody(): Promise<Body>;
	/** Sends the request. */
	create(body: Body): Promise<Response>;
	/** @returns the ID of what was created; undefined where the response has none */
	idOf(response: Response): string | undefined;
	/** Whether a request that failed may have been charged all the same. */
	isAmbiguous(): boolean;
}

/** An account, as it was when this try of the run first looked. */
interface Account {
	credits: number;
	/** What was charged since. */
	charges: Charges;
}

/**
 * Keeps one run of the node within its credit limits. What a project costs is known only when it is
 * created, so the most expensive one so far stands for the next.
 */
export class CreditBudget {
	/** By the API key, which an expression may choose for each item. */
	private readonly accounts = new Map<string, Promise<Account>>();

	private readonly readAccounts: Account[] = [];

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
		const account = await ledger.admission.run(async () => {
			const admittedTo = await this.waitForRoom(spending);
			ledger.reserve();
			return admittedTo;
		});
		try {
			const body = await spending.completeBody();
			return await ledger.charging.run(async () => {
				// What was charged since the reservation may be more than was expected.
				this.requireRoom(account);
				return await this.charge(spending, body, account);
			});
		} finally {
			ledger.release();
		}
	}

	/**
	 * Records what a look has told of a project's charge.
	 *
	 * @param credits ignored where it is no charge
	 * @param isFinal whether it is the charge in the end: only then a lower one is a refund
	 */
	record(id: string, credits: unknown, isFinal: boolean): void {
		const { charges, chargesOfExecution } = this.ledger;
		if (!isCharge(credits) || (!isFinal && credits < (charges.get(id) ?? 0))) return;
		// What was charged before an account was read is in what it had.
		const accounts = this.readAccounts.filter((account) => account.charges.get(id) !== undefined);
		for (const each of [charges, chargesOfExecution, ...accounts.map((one) => one.charges)]) {
			each.update(id, credits);
		}
	}

	/** @returns the account that pays; undefined where it need not keep anything */
	private async waitForRoom(spending: AccountReader): Promise<Account | undefined> {
		const { ledger, limits } = this;
		const accountKey =
			limits.minCreditsToKeep === undefined ? undefined : await spending.readAccountKey();
		for (;;) {
			const isAlone = ledger.reserved === 0;
			if (isAlone && accountKey !== undefined && !this.accounts.has(accountKey)) {
				this.accounts.set(accountKey, this.readAccount(spending));
			}
			const account = accountKey === undefined ? undefined : await this.accounts.get(accountKey);
			if (isAlone) {
				this.requireRoom(account);
				return account;
			}
			const isKnown = (accountKey === undefined || account !== undefined) && this.knowsPrice;
			if (isKnown && this.findIssue(account, ledger.reserved + 1) === undefined) return account;
			await ledger.waitForRelease();
		}
	}

	private async readAccount({ readCredits }: AccountReader): Promise<Account> {
		const account = { credits: await readCredits(), charges: new Charges() };
		this.readAccounts.push(account);
		return account;
	}

	private get knowsPrice(): boolean {
		const { charges, highestOfExecution } = this.ledger;
		const isKnown = this.limits.maxCreditsPerRun === undefined || charges.highest !== undefined;
		return isKnown && highestOfExecution !== undefined;
	}

	/** @throws ItemError where one more project could exceed a limit */
	private requireRoom(account: Account | undefined): void {
		const issue = this.findIssue(account, 1);
		if (issue !== undefined) throw new ItemError(issue, { wasAttempted: false });
	}

	/** @returns why so many more projects could exceed a limit, if so */
	private findIssue(account: Account | undefined, count: number): ErrorMessage | undefined {
		const { limits, ledger, isToolCall } = this;
		const { maxCreditsPerRun: limit, minCreditsToKeep: minimum = 0 } = limits;
		const { total: charged, highest, ambiguousItem } = ledger.charges;
		const isUnsure = ambiguousItem !== undefined;
		if (limit !== undefined && (isUnsure || exceeds(limit - charged, count, highest))) {
			const reached = { price: highest, ambiguousItem, isToolCall };
			return describeRunLimitReached({ charged, limit, ...reached });
		}
		if (account === undefined) return undefined;
		const price = ledger.highestOfExecution;
		const available = account.credits - account.charges.total;
		if (!isUnsure && !exceeds(available - minimum, count, price)) return undefined;
		return describeAccountLimitReached({ available, minimum, price, ambiguousItem, isToolCall });
	}

	private async charge<Body, Response>(
		{ item, create, idOf, isAmbiguous }: Spending<Body, Response>,
		body: Body,
		account: Account | undefined,
	): Promise<Response> {
		const { charges, chargesOfExecution } = this.ledger;
		const creating = create(body);
		creating.catch(() => {
			if (isAmbiguous()) charges.addAmbiguous(item);
		});
		const response = await creating;
		const id = idOf(response);
		const { credits_charged: credits } = propertiesOf(response);
		if (id !== undefined && isCharge(credits)) {
			charges.add(id, credits);
			if (chargesOfExecution !== charges) chargesOfExecution.add(id, credits);
			account?.charges.add(id, credits);
		} else {
			charges.addAmbiguous(item, id);
			// A look may tell it.
			if (id !== undefined) account?.charges.add(id, 0);
		}
		return response;
	}
}

/**
 * Whether so many more projects would exceed what is left.
 *
 * @param room how many credits are left: with none, nothing may be charged, whatever it costs
 * @param price of each; undefined where nothing tells
 */
function exceeds(room: number, count: number, price = 0): boolean {
	return !(room > 0 && count * price <= room);
}
