import { abortError } from './abort';
import { NetworkError } from './errors';
import { sleepUnlessCanceled, type Cancelable } from './sleep';

const checkIntervalMs = 100;
/** How slowly the network may empty its buffers, which may hold the whole of a small file. */
const minBytesPerMs = 10;
const maxBufferMs = 10_000;

export const bytesPerMegabyte = 1_000_000;

/** What ends a transfer of a file, beside its own end. */
interface TransferLimits {
	/** How long it may last that no byte moves, in milliseconds. */
	idleMs: number;
	/** How many bytes may come. */
	maxBytes?: number;
	/** Aborted when the execution is over. */
	cancelSignal?: AbortSignal;
}

/** @returns how many bytes have moved; undefined when all have, and no more is to be watched */
type Progress = () => number | undefined;

/**
 * @param maxBytes how many bytes the file may have
 * @returns the error of one that has more
 */
export function fileTooLarge(maxBytes: number): NetworkError {
	return new NetworkError('fileTooLarge', `${maxBytes / bytesPerMegabyte}`);
}

/** One transfer of a file on its way. */
export class Transfer implements Cancelable {
	/** Aborted when the transfer must end. */
	readonly signal: AbortSignal;

	/** Whether the transfer has ended by itself. */
	canceled = false;

	private readonly controller = new AbortController();

	private progress: Progress = () => 0;

	private isOutgoing = false;

	private idleMs = 0;

	constructor(private readonly limits: TransferLimits) {
		const { signal } = this.controller;
		const { cancelSignal } = limits;
		// A listener of each transfer would make Node.js warn of a leak.
		this.signal = cancelSignal === undefined ? signal : AbortSignal.any([cancelSignal, signal]);
	}

	/**
	 * Watches from now on that bytes move.
	 *
	 * @param isOutgoing whether they go: then the network may hold what seems to have arrived
	 */
	watch(progress: Progress, isOutgoing = false): void {
		this.progress = progress;
		this.isOutgoing = isOutgoing;
		this.idleMs = 0;
	}

	/** Ends the transfer where it goes beyond its limits. Returns when it has ended. */
	async enforceLimits(): Promise<void> {
		const { idleMs, maxBytes = Infinity } = this.limits;
		// The bytes on the wire are somewhat more than those of the file, which are counted at the end.
		const maxBytesOnWire = maxBytes * 1.1 + 100_000;
		let before = 0;
		while (!this.canceled && !this.signal.aborted) {
			await sleepUnlessCanceled(checkIntervalMs, this);
			const bytes = this.progress();
			this.idleMs = bytes === before ? this.idleMs + checkIntervalMs : 0;
			if (bytes === undefined) return;
			before = bytes;
			if (this.canceled) return;
			if (bytes > maxBytesOnWire) {
				this.abort(fileTooLarge(maxBytes));
			} else if (this.idleMs >= idleMs + this.bufferMs(bytes)) {
				this.abort(new NetworkError('timedOut', '', true));
			}
		}
	}

	/** Ends the transfer, since it is beyond its limits or something else than the connection has failed. */
	abort(failure: NetworkError): void {
		this.controller.abort(failure);
	}

	/** @throws why the transfer was ended; what was caught, where it ended by itself */
	rethrow(error: unknown): never {
		throw this.signal.aborted ? abortError(this.signal) : error;
	}

	/**
	 * What goes out is taken by buffers of megabytes, of which nobody sees how they empty: ten seconds
	 * are the most that is granted for them.
	 */
	private bufferMs(bytes: number): number {
		return this.isOutgoing ? Math.min(bytes / minBytesPerMs, maxBufferMs) : 0;
	}
}

/**
 * Transfers a file. It may take as long as it likes, as long as bytes move.
 *
 * @param work does it, and hands on the signal that ends it
 * @throws NetworkError where it goes beyond its limits, or the execution is over
 */
export async function runTransfer<T>(
	limits: TransferLimits,
	work: (transfer: Transfer) => Promise<T>,
): Promise<T> {
	const transfer = new Transfer(limits);
	void transfer.enforceLimits();
	try {
		return await work(transfer);
	} catch (error) {
		return transfer.rethrow(error);
	} finally {
		transfer.canceled = true;
	}
}
