import { asUnfinished, failureOfCancel } from '../messages/failures';
import type { Item } from '../execution/itemContext';
import type { Failure, Pace, Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';
import { waitUnlessStopped } from '../http/sleep';

const growth = 1.5;

/** Something to wait for, by looking at it again and again. */
export interface Watch<Thing> {
	target: Target;
	pace: Pace;
	/** Seconds to wait at most. */
	maximumWait: number;
	/** @throws Unfinished; a failure that may pass does not end the wait */
	look: () => Promise<Thing>;
	isFinished: (thing: Thing) => boolean;
	/** Words what is said when the time is over; `last` is what was seen last, if anything was. */
	wordTimeOut: (last: Thing | undefined) => Failure;
}

/**
 * Waits until something is finished. Between two looks the item holds no place among the parallel
 * requests of its run.
 *
 * @throws Unfinished when the time is over, when the run stops, and for a failure that does not pass
 */
export async function waitFor<Thing>(item: Item, watch: Watch<Thing>): Promise<Thing> {
	const { target, pace, maximumWait, look, isFinished, wordTimeOut } = watch;
	const end = Date.now() + maximumWait * 1000;
	let last: Thing | undefined;
	for (let pause = pace.first; ; pause = Math.min(pause * growth, pace.longest)) {
		try {
			last = await look();
			if (isFinished(last)) return last;
		} catch (error) {
			const unfinished = asUnfinished(error, true);
			if (!unfinished.mayPass) throw unfinished;
		}
		const left = end - Date.now();
		if (left <= 0) throw new Unfinished(wordTimeOut(last));
		await waitUnlessStopped(Math.min(pause, left), item.run);
		if (item.run.canceled) throw new Unfinished(failureOfCancel(false, target));
		if (item.run.stopped) throw new Unfinished(undefined);
	}
}
