import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** What was measured while something was at work in this process. */
export interface Measurement {
	milliseconds: number;
	/** Milliseconds for which it kept a processor busy. */
	processorTime: number;
	/** The longest time in milliseconds for which the event loop did not come round. */
	eventLoopDelay: number;
	/** By how many bytes the process grew at most, as resident in memory. */
	peakMemory: number;
	/** The most requests at the same time that had been begun, and whose answer was not read. */
	highestInFlight: number;
}

const memoryEvery = 5;
const eventLoopEvery = 1;
const settlingTime = 50;

/**
 * Measures what a work costs this process.
 *
 * @param work is done once
 */
export async function measure<Result>(
	work: () => Promise<Result>,
): Promise<{ measurement: Measurement; result: Result }> {
	globalThis.gc?.();
	const memoryBefore = process.memoryUsage.rss();
	let highestMemory = memoryBefore;
	const lookAtMemory = () => {
		highestMemory = Math.max(highestMemory, process.memoryUsage.rss());
	};
	const looking = setInterval(lookAtMemory, memoryEvery);
	const inFlight = new InFlightCount();
	const histogram = monitorEventLoopDelay({ resolution: eventLoopEvery });
	histogram.enable();
	// The histogram begins to count at its second tick, and has its last one after the work.
	await sleep(settlingTime);
	const startedAt = performance.now();
	const busyBefore = process.cpuUsage();
	const result = await work();
	const milliseconds = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(busyBefore);
	lookAtMemory();
	await sleep(settlingTime);
	histogram.disable();
	clearInterval(looking);
	inFlight.end();
	return {
		measurement: {
			milliseconds,
			processorTime: (user + system) / 1000,
			eventLoopDelay: Math.max(0, histogram.max / 1e6 - eventLoopEvery),
			peakMemory: highestMemory - memoryBefore,
			highestInFlight: inFlight.highest,
		},
		result,
	};
}

/** Counts the HTTP requests of this process, whatever library sends them. */
class InFlightCount {
	highest = 0;

	private current = 0;

	constructor() {
		subscribe('http.client.request.start', this.begin);
	}

	end(): void {
		unsubscribe('http.client.request.start', this.begin);
	}

	private readonly begin = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		this.current++;
		this.highest = Math.max(this.highest, this.current);
		let isOver = false;
		const end = () => {
			if (!isOver) this.current--;
			isOver = true;
		};
		request.once('response', (response) => response.once('end', end));
		request.once('close', end);
	};
}
