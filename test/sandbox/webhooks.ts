import axios from 'axios';
import type { FastifyInstance } from 'fastify';
import { createHmac, randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Project, Projects } from './projects';
import type { Storage } from './storage';

/** Where events go, and what they are signed with. */
export interface WebhookTarget {
	url: string;
	secret: string;
}

/** What goes wrong with an event on its way. */
export interface EventFault {
	/** How many copies are sent after one that arrived, one after the other. */
	repeats?: number;
	/** How many copies are sent at the same time. */
	together?: number;
	/** Milliseconds, by the sandbox's clock, before it is sent. */
	delay?: number;
	/** Whether it is sent only after the next event of its project. */
	afterNext?: boolean;
	/** What is wrong with its signature. */
	signature?: 'absent' | 'other secret' | 'other body' | 'other timestamp';
	/** Seconds by which its timestamp differs from the time at which it is sent. */
	timestampOffset?: number;
}

/** Which events a fault is for. */
export interface EventFaultRule {
	/** ID of a project; without it, any. */
	id?: string;
	/** For example `image.completed`; without it, any. */
	event?: string;
	/** For how many events; without it, for all. */
	times?: number;
	fault: EventFault;
}

/** One attempt to deliver an event. */
export interface Delivery {
	event: string;
	id: string;
	/** The status that was answered; absent where there was no answer. */
	status?: number;
	/** What the answer said. */
	answer?: unknown;
}

interface PendingEvent {
	event: string;
	id: string;
	body: string;
	fault: EventFault;
	/** When it is sent, and from when on it is given up, by the sandbox's clock. */
	dueAt: number;
	givenUpAt: number;
	attempts: number;
	/** What is sent after it. */
	next: PendingEvent[];
}

export const sandboxWebhookSecret = 'mhws_sandbox_0123456789abcdef';

const firstRetry = 1_000;
const longestRetry = 60 * 60 * 1000;
const repeatedFor = 24 * 60 * 60 * 1000;
const answerPatience = 120_000;

/** What an event tells of a project, by the project's status at that time. */
const eventKinds = {
	rendering: { name: 'started', status: 'rendering' },
	complete: { name: 'completed', status: 'complete' },
	error: { name: 'errored', status: 'error' },
} as const;

type EventKind = (typeof eventKinds)[keyof typeof eventKinds];

/**
 * Sends events as the projects advance by the sandbox's clock, whether anybody looks at them or not.
 * One that is not answered with 2xx is sent again, for 24 hours of that clock. Each is signed when it
 * is sent, with the real time, since the receiver knows no other.
 */
export class Webhooks {
	/** Every attempt that has ended, in the order of their ends. */
	readonly deliveries: Delivery[] = [];

	private target: WebhookTarget | undefined;

	private rules: EventFaultRule[] = [];

	/** What was announced of each project. */
	private readonly announced = new WeakMap<Project, Set<EventKind>>();

	private queue: PendingEvent[] = [];

	private readonly held = new Map<Project, PendingEvent>();

	private readonly underWay = new Set<Promise<void>>();

	private timer: NodeJS.Timeout | undefined;

	private readonly end = new AbortController();

	constructor(
		private readonly projects: Projects,
		private readonly storage: Storage,
		private readonly ownUrl: () => string,
	) {
		projects.onChange = () => this.advance();
		setMaxListeners(0, this.end.signal);
	}

	/**
	 * Sets where events go from now on. What has happened before is not announced.
	 *
	 * @param url the webhook's address; an empty one ends it
	 */
	register(url: string, secret = sandboxWebhookSecret): void {
		for (const project of this.projects.all()) this.newEventsOf(project);
		this.target = url === '' ? undefined : { url, secret };
		this.queue = [];
		this.held.clear();
		this.advance();
	}

	addFaults(...rules: EventFaultRule[]): void {
		this.rules.push(...rules.map((rule) => ({ ...rule })));
	}

	clear(): void {
		this.target = undefined;
		this.rules = [];
		this.queue = [];
		this.held.clear();
		this.deliveries.length = 0;
		clearTimeout(this.timer);
	}

	/** Waits until nothing is being sent or due. */
	async settled(): Promise<void> {
		this.advance();
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Ends it, with what is under way. */
	async close(): Promise<void> {
		this.clear();
		this.end.abort();
		await this.settled();
	}

	/** Sends what is due, and sees to it that the next is sent when it is. */
	private advance(): void {
		clearTimeout(this.timer);
		if (this.target === undefined) return;
		for (const project of this.projects.all()) {
			const news = this.newEventsOf(project).map((eventKind) =>
				this.toPendingEvent(project, eventKind),
			);
			for (const pending of news) this.enqueue(project, pending);
		}
		const now = this.projects.now();
		const due = this.queue.filter(({ dueAt }) => dueAt <= now);
		this.queue = this.queue.filter(({ dueAt }) => dueAt > now);
		for (const pending of due) this.start(pending, this.target);

		const moments = [
			...this.queue.map(({ dueAt }) => dueAt),
			...this.projects.all().flatMap((project) => {
				const { startsAt, endsAt } = this.projects.momentsOf(project);
				return [startsAt, endsAt].filter((moment) => moment > now);
			}),
		];
		if (moments.length === 0) return;
		const wait = moments.reduce((first, second) => Math.min(first, second)) - now;
		this.timer = setTimeout(() => this.advance(), Math.min(wait, longestRetry));
		this.timer.unref();
	}

	/** @returns what has happened to a project, and was not announced before; a cancellation is never announced */
	private newEventsOf(project: Project): EventKind[] {
		const now = this.projects.now();
		const { startsAt, endsAt } = this.projects.momentsOf(project);
		const happened: EventKind[] = [
			...(startsAt <= now ? [eventKinds.rendering] : []),
			...(endsAt <= now && project.outcome !== 'canceled' ? [eventKinds[project.outcome]] : []),
		];
		const announced = this.announced.get(project) ?? new Set();
		this.announced.set(project, announced);
		const news = happened.filter((eventKind) => !announced.has(eventKind));
		for (const eventKind of news) announced.add(eventKind);
		return news;
	}

	private toPendingEvent({ kind, id }: Project, { name, status }: EventKind): PendingEvent {
		const event = `${kind}.${name}`;
		const linksTo = (project: Project) => this.storage.linksTo(project, this.ownUrl());
		const payload: Record<string, unknown> = {
			...this.projects.describe(id, kind, linksTo, status),
		};
		delete payload.total_frame_cost;
		const fault = this.takeFault(event, id);
		const dueAt = this.projects.now() + (fault.delay ?? 0);
		return {
			event,
			id,
			body: JSON.stringify({ type: event, payload }),
			fault,
			dueAt,
			givenUpAt: dueAt + repeatedFor,
			attempts: 0,
			next: [],
		};
	}

	/** Events of a project that are due at the same time are sent one after the other. */
	private enqueue(project: Project, pending: PendingEvent): void {
		const held = this.held.get(project);
		if (held !== undefined) {
			this.held.delete(project);
			pending.next.push(held);
		}
		const before = this.queue.find(
			({ id, event, dueAt }) =>
				id === project.id && event.startsWith(project.kind) && dueAt === pending.dueAt,
		);
		if (pending.fault.afterNext === true) this.held.set(project, pending);
		else if (before === undefined) this.queue.push(pending);
		else before.next.push(pending);
	}

	private takeFault(event: string, id: string): EventFault {
		const rule = this.rules.find(
			(candidate) =>
				candidate.times !== 0 &&
				(candidate.id ?? id) === id &&
				(candidate.event ?? event) === event,
		);
		if (rule?.times !== undefined) rule.times--;
		return rule?.fault ?? {};
	}

	private start(pending: PendingEvent, target: WebhookTarget): void {
		const work = this.deliver(pending, target).finally(() => {
			this.underWay.delete(work);
			this.advance();
		});
		this.underWay.add(work);
	}

	private async deliver(pending: PendingEvent, target: WebhookTarget): Promise<void> {
		const { together = 1, repeats = 0 } = pending.fault;
		const copies = Array.from({ length: together }, async () => await this.send(pending, target));
		const isDelivered = (await Promise.all(copies)).some((arrived) => arrived);
		if (!isDelivered) this.repeatLater(pending, target);
		for (let copy = 0; isDelivered && copy < repeats; copy++) await this.send(pending, target);
		for (const next of pending.next.splice(0)) await this.deliver(next, target);
	}

	private repeatLater(pending: PendingEvent, target: WebhookTarget): void {
		// Whoever cannot sign does not wait for an answer either.
		if (isForged(pending) || this.target !== target) return;
		const wait = Math.min(firstRetry * 2 ** pending.attempts++, longestRetry);
		pending.dueAt = this.projects.now() + wait;
		if (pending.dueAt < pending.givenUpAt) this.queue.push(pending);
	}

	/** @returns whether the event was taken */
	private async send(
		{ event, id, body, fault }: PendingEvent,
		{ url, secret }: WebhookTarget,
	): Promise<boolean> {
		const delivery: Delivery = { event, id };
		try {
			const { status, data } = await axios.post<unknown>(url, body, {
				headers: { 'content-type': 'application/json', ...signatureHeaders(body, secret, fault) },
				timeout: answerPatience,
				signal: this.end.signal,
				proxy: false,
				maxRedirects: 0,
				validateStatus: null,
			});
			Object.assign(delivery, { status, answer: data });
			return status >= 200 && status < 300;
		} catch {
			return false;
		} finally {
			this.deliveries.push(delivery);
		}
	}
}

function isForged({ fault }: PendingEvent): boolean {
	return fault.signature !== undefined || fault.timestampOffset !== undefined;
}

/**
 * Signs an event as Magic Hour does.
 *
 * @returns the headers that vouch for it
 */
export function signatureHeaders(
	body: string | Buffer,
	secret: string,
	{ signature, timestampOffset = 0 }: EventFault = {},
): Record<string, string> {
	const timestamp = Math.floor(Date.now() / 1000) + timestampOffset;
	const signed = signature === 'other timestamp' ? timestamp - 1 : timestamp;
	const key = signature === 'other secret' ? randomBytes(16).toString('hex') : secret;
	const hmac = createHmac('sha256', key).update(`${signed}.`).update(body);
	if (signature === 'other body') hmac.update(' ');
	return {
		'magic-hour-event-timestamp': String(timestamp),
		...(signature === 'absent' ? {} : { 'magic-hour-event-signature': hmac.digest('hex') }),
	};
}

/** Adds the control routes of the webhook. */
export function addWebhookControl(server: FastifyInstance, webhooks: Webhooks): void {
	server.get('/sandbox/webhook', async () => webhooks.deliveries);

	server.post<{ Body: { url: string; secret?: string } }>('/sandbox/webhook', async (request) => {
		const { url, secret } = request.body;
		webhooks.register(url, secret);
		return { url };
	});

	server.post<{ Body: EventFaultRule[] }>('/sandbox/webhook/faults', async (request) => {
		webhooks.addFaults(...request.body);
		return { added: request.body.length };
	});
}
