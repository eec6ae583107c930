import { now } from './clock';
import { sleepUnlessCanceled, type Cancelable } from './sleep';

/** The server's clock runs a little behind: its time begins when the first request arrives. */
const clockSkewFactor = 1.05;

/** A time in which a server accepts a number of requests. */
interface RateWindow {
	startedAt: number;
	sent: number;
	accepted: number;
	/** When the server first refused a request, if it did. */
	refusedAt?: number;
}

/**
 * Bounds how many requests are in flight, in the order in which they came, and how many leave in a
 * time, as far as the server's refusals tell.
 */
export class RateLimiter {
	private inFlight = 0;

	private readonly waiting: Array<() => void> = [];

	private pausedUntil = 0;

	/** The wait that the server last asked for: the time in which it accepts `limit` requests. */
	private periodMs = 0;

	private limit = Infinity;

	/** Below it the limit is doubled, from it on raised one by one. */
	private slowStartThreshold = 0;

	private window = newWindow();

	/** @param maxInFlight how many requests may be in flight at the same time */
	constructor(private readonly maxInFlight: number) {}

	/**
	 * Runs work when a slot is free.
	 *
	 * @param work what to do while it holds the slot
	 * @returns what the work returns; the slot is free again when the work ends or throws
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.inFlight < this.maxInFlight) this.inFlight++;
		else await new Promise<void>((start) => this.waiting.push(start));

		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.inFlight--;
			else next();
		}
	}

	/**
	 * Holds back every request that has not left yet, since the server has refused one.
	 *
	 * @param ms for how long from now, in milliseconds
	 */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, now() + ms);
		this.periodMs = ms;
		this.window.refusedAt ??= now();
	}

	/** Records that the server has accepted a request, however it responded. */
	recordAccepted(): void {
		this.window.accepted++;
	}

	/**
	 * Waits until a request may leave: until no pause is in force, and until the server is likely to
	 * accept one more. Its limit is learned from what it accepted before it asked for a pause; after a
	 * period without a refusal, a higher limit is tried.
	 */
	async acquire(cancelable: Cancelable): Promise<void> {
		while (!cancelable.canceled) {
			const waitMs = Math.max(this.pausedUntil - now(), this.untilWithinLimit());
			if (waitMs <= 0) {
				// n8n may have taken long to prepare the items: the time counts from the first request.
				if (this.window.sent === 0) this.window.startedAt = now();
				this.window.sent++;
				return;
			}
			await sleepUnlessCanceled(waitMs, cancelable);
		}
	}

	/** @returns milliseconds */
	private untilWithinLimit(): number {
		if (this.periodMs === 0) return 0;
		const { startedAt, refusedAt, sent } = this.window;
		const moment = now();
		const end = startedAt + this.periodMs * clockSkewFactor;
		if (moment < end && (refusedAt === undefined || moment < this.pausedUntil)) {
			return sent < this.limit ? 0 : end - moment;
		}
		if (refusedAt === undefined) this.raiseLimit();
		else this.lowerLimit(refusedAt);
		this.window = newWindow();
		return 0;
	}

	private raiseLimit(): void {
		this.limit =
			this.limit < this.slowStartThreshold
				? Math.min(this.limit * 2, this.slowStartThreshold)
				: this.limit + 1;
	}

	/** Half of it is the least: a window that began a little early is refused, but no less was meant. */
	private lowerLimit(refusedAt: number): void {
		const { startedAt, accepted } = this.window;
		const learned = accepted * Math.min(1, this.periodMs / (refusedAt - startedAt));
		if (this.limit === Infinity) {
			this.limit = Math.ceil(Math.max(1, learned));
			return;
		}
		this.slowStartThreshold = Math.max(1, this.limit - 1);
		this.limit = Math.ceil(Math.max(1, this.limit / 2, Math.min(learned, this.slowStartThreshold)));
	}
}

function newWindow(): RateWindow {
	return { startedAt: now(), sent: 0, accepted: 0 };
}
