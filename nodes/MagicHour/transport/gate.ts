import { waitUnlessStopped, type Stoppable } from './wait';

/** Lets a bounded number of requests through at a time, in the order in which they came. */
export class Gate {
	private inFlight = 0;

	private readonly waiting: Array<() => void> = [];

	private pausedUntil = 0;

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
	 * Holds back every request that has not left yet.
	 *
	 * @param milliseconds for how long, from now
	 */
	pause(milliseconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + milliseconds);
	}

	/** Waits until no pause is in force, or until it is told to stop. */
	async waitOverPause(stoppable: Stoppable): Promise<void> {
		while (this.pausedUntil > Date.now() && !stoppable.stopped) {
			await waitUnlessStopped(this.pausedUntil - Date.now(), stoppable);
		}
	}
}
