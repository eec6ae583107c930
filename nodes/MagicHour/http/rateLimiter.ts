import { waitUnlessStopped, type Stoppable } from './sleep';

/** Lets a bounded number of requests through at a time, in the order in which they came. */
export class Gate {
	private inFlight = 0;

	private readonly waiting: Array<() => void> = [];

	private pausedUntil = 0;

	/** Milliseconds that the server last asked to wait: the time in which it takes `quota` requests. */
	private period = 0;

	private quota = Infinity;

	/** What is known to be too little by one, or was before the server refused more. */
	private quotaBefore = 0;

	private window = newWindow();

	constructor(private readonly limit: number) {}

	/**
	 * Runs the work when a place is free.
	 *
	 * @param work what to do while holding the place
	 * @returns what the work returns; the place is free again when it ends, also by an exception
	 */
	async pass<T>(work: () => Promise<T>): Promise<T> {
		if (this.inFlight < this.limit) this.inFlight++;
		else await new Promise<void>((enter) => this.waiting.push(enter));

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
	 * @param milliseconds for how long, from now
	 */
	pause(milliseconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + milliseconds);
		this.period = milliseconds;
		this.window.refusedAt ??= Date.now();
	}

	/** Notes that the server has taken a request, however it answered. */
	noteTaken(): void {
		this.window.taken++;
	}

	/**
	 * Waits until a request may leave: until no pause is in force, and until the server is likely to
	 * take one more. What it takes is learnt from what it took before it asked for a pause; after a
	 * while without a refusal, one more is tried.
	 */
	async waitForTurn(stoppable: Stoppable): Promise<void> {
		while (!stoppable.stopped) {
			const wait = Math.max(this.pausedUntil - Date.now(), this.waitForQuota());
			if (wait <= 0) {
				// n8n may have taken long to prepare the items: the time counts from the first request.
				if (this.window.left === 0) this.window.startedAt = Date.now();
				this.window.left++;
				return;
			}
			await waitUnlessStopped(wait, stoppable);
		}
	}

	/** @returns milliseconds */
	private waitForQuota(): number {
		if (this.period === 0) return 0;
		const { startedAt, refusedAt, left } = this.window;
		const now = Date.now();
		const end = startedAt + this.period * margin;
		if (now < end && (refusedAt === undefined || now < this.pausedUntil)) {
			return left < this.quota ? 0 : end - now;
		}
		if (refusedAt === undefined) this.raiseQuota();
		else this.lowerQuota(refusedAt);
		this.window = newWindow();
		return 0;
	}

	private raiseQuota(): void {
		this.quota =
			this.quota < this.quotaBefore ? Math.min(this.quota * 2, this.quotaBefore) : this.quota + 1;
	}

	/** Half of it is the least: a window that began a little early is refused, but no less was meant. */
	private lowerQuota(refusedAt: number): void {
		const { startedAt, taken } = this.window;
		const learnt = taken * Math.min(1, this.period / (refusedAt - startedAt));
		if (this.quota === Infinity) {
			this.quota = Math.ceil(Math.max(1, learnt));
			return;
		}
		this.quotaBefore = Math.max(1, this.quota - 1);
		this.quota = Math.ceil(Math.max(1, this.quota / 2, Math.min(learnt, this.quotaBefore)));
	}
}

/** The server's clock runs a little behind: its time begins when the first request arrives. */
const margin = 1.05;

/** A time in which a server takes a number of requests. */
interface Window {
	startedAt: number;
	left: number;
	taken: number;
	/** When the server first refused one, if it did. */
	refusedAt?: number;
}

function newWindow(): Window {
	return { startedAt: Date.now(), left: 0, taken: 0 };
}
