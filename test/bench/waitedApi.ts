import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { projectKinds, Projects, type ProjectKind } from '../sandbox/projects';
import type { VirtualTime } from './virtualTime';

/** How long the sandbox's projects take by themselves. */
const ownDuration = 4_000;

/** An API with the sandbox's projects that counts the looks at them, and notes when their end is known. */
export class WaitedApi {
	url = '';

	private readonly projects = new Projects();

	/** By the projects' clock, when the time of this process began. */
	private readonly timeBeganAt: number;

	private readonly looks = new Map<string, number>();

	/** When the answer that tells its end has arrived, by project. */
	private readonly knownAt = new Map<string, number>();

	private readonly server = createServer((request, response) => {
		const [, kind, id] = /^\/v1\/(\w+)-projects\/(\w+)$/.exec(request.url ?? '') ?? [];
		const known = projectKinds.find((one) => one === kind);
		if (known === undefined || id === undefined) response.writeHead(404).end();
		else void this.answer(known, id, response);
	});

	/** @param latency milliseconds of that time that each answer takes */
	constructor(
		private readonly time: VirtualTime,
		private readonly latency: number,
	) {
		this.projects.holdClock();
		this.timeBeganAt = this.projects.now() - time.now();
	}

	/** Starts it on a free port. The caller closes it. */
	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	close(): void {
		this.server.close();
		this.server.closeAllConnections();
	}

	/**
	 * Begins projects, all now.
	 *
	 * @param durations how many milliseconds each of them takes
	 */
	begin(kind: ProjectKind, ids: string[], durations: number[]): void {
		this.keepTime();
		for (const [index, id] of ids.entries()) {
			this.projects.create({ kind, id });
			const project = this.projects.get(kind, id);
			if (project !== undefined) project.createdAt += (durations[index] ?? NaN) - ownDuration;
		}
	}

	/**
	 * Ends projects.
	 *
	 * @returns how often each was looked at, and how many milliseconds its end was not known; NaN where
	 * it never was
	 */
	end(kind: ProjectKind, ids: string[]): { looks: number[]; delays: number[] } {
		const endsAt = (id: string) => {
			const project = this.projects.get(kind, id);
			return project === undefined ? NaN : this.projects.momentsOf(project).endsAt;
		};
		const figures = {
			looks: ids.map((id) => this.looks.get(id) ?? 0),
			delays: ids.map((id) => (this.knownAt.get(id) ?? NaN) - endsAt(id)),
		};
		for (const id of ids) this.projects.delete(id, kind);
		this.looks.clear();
		this.knownAt.clear();
		return figures;
	}

	/** An answer tells what is so half-way between the request and its arrival. */
	private async answer(kind: ProjectKind, id: string, response: ServerResponse): Promise<void> {
		this.looks.set(id, (this.looks.get(id) ?? 0) + 1);
		await this.time.hold(this.latency / 2);
		this.keepTime();
		const links = [{ url: `${this.url}/file`, expires_at: new Date(0).toISOString() }];
		const project = this.projects.describe(id, kind, () => links);
		await this.time.hold(this.latency / 2);
		this.keepTime();
		if (project?.status === 'complete') this.knownAt.set(id, this.projects.now());
		response
			.writeHead(project === undefined ? 404 : 200, { 'content-type': 'application/json' })
			.end(JSON.stringify(project ?? {}));
	}

	/** Sets the projects' clock by the time of this process. */
	private keepTime(): void {
		this.projects.advanceClock(this.timeBeganAt + this.time.now() - this.projects.now());
	}
}
