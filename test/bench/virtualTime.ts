import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { repositoryFolder } from '../n8n/folders';

/** The turns of the event loop in which whatever does not wait surely gets on. */
const turnsToSettle = 20;

/**
 * A time that passes only where somebody waits by it, and then at once. Work takes none of it, however
 * slow the machine is. It takes the place of the clock and of the waits of the node in this process.
 */
export class VirtualTime {
	private milliseconds = 0;

	private waits: Array<{ dueAt: number; end: () => void }> = [];

	private isAdvancing = false;

	private readonly requests = new Set<ClientRequest>();

	/** How many requests of this process a server in it holds back by this time. */
	private held = 0;

	constructor() {
		subscribe('http.client.request.start', (message) => {
			const { request } = message as { request: ClientRequest };
			this.requests.add(request);
			request.once('close', () => this.requests.delete(request));
		});
		const load = createRequire(join(repositoryFolder, 'package.json'));
		const loadForN8n = createRequire(load.resolve('n8n-workflow'));
		// n8n-workflow hands this function on to the node.
		const module = loadForN8n('@n8n/utils/sleep') as { sleep: VirtualTime['sleep'] };
		module.sleep = async (milliseconds) => await this.sleep(milliseconds);
		performance.now = () => this.milliseconds;
	}

	/** @returns milliseconds since the beginning of this time */
	now(): number {
		return this.milliseconds;
	}

	/** Waits so many milliseconds of this time. */
	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((end) => {
			this.waits.push({ dueAt: this.milliseconds + milliseconds, end });
			if (!this.isAdvancing) void this.advance();
		});
	}

	/** Waits as well, for a server that has a request of this process to answer. */
	async hold(milliseconds: number): Promise<void> {
		this.held++;
		await this.sleep(milliseconds);
		this.held--;
	}

	/** Goes on to the end of the next waits whenever nothing else happens. */
	private async advance(): Promise<void> {
		this.isAdvancing = true;
		let asleep = 0;
		while (this.waits.length > 0) {
			if (!this.isAllAsleep(asleep)) await this.settled();
			asleep = this.waits.length;
			let next = Infinity;
			for (const { dueAt } of this.waits) next = Math.min(next, dueAt);
			this.milliseconds = Math.max(this.milliseconds, next);
			const over = this.waits.filter(({ dueAt }) => dueAt <= this.milliseconds);
			this.waits = this.waits.filter(({ dueAt }) => dueAt > this.milliseconds);
			for (const { end } of over) end();
			await nextTurn();
		}
		this.isAdvancing = false;
	}

	/** Whether all who waited wait again, and for nothing else, as between two looks at a project. */
	private isAllAsleep(before: number): boolean {
		return this.waits.length === before && this.requests.size === this.held;
	}

	private async settled(): Promise<void> {
		for (let turns = 0; turns < turnsToSettle; ) {
			await nextTurn();
			turns = this.requests.size === this.held ? turns + 1 : 0;
		}
	}
}
