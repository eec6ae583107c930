import { randomBytes } from 'node:crypto';
import { videoFormat } from './media/media';

export const projectKinds = ['image', 'video', 'audio'] as const;

export type ProjectKind = (typeof projectKinds)[number];

type ProjectStatus = 'draft' | 'queued' | 'rendering' | 'complete' | 'error' | 'canceled';

/** How a project comes to be, where it is not like most. */
export interface ProjectSetting {
	id?: string;
	kind?: ProjectKind;
	name?: string;
	type?: string;
	/** How many files it has when it is complete. */
	files?: number;
	/** Bytes of each file, of a pattern; without it, the files are real ones. */
	fileSize?: number;
	/** What its files show. */
	words?: string;
	/** The extension of its files. */
	extension?: string;
	creditsCharged?: number;
	/** Whether the account has paid for it, and is refunded if it fails. */
	isPaid?: boolean;
	/** What becomes of it in the end. */
	outcome?: 'complete' | 'error' | 'canceled';
	/** Why it failed, if it does. */
	reason?: { code: string; message: string };
	/** A project that is switched off was deleted. */
	enabled?: boolean;
	/** Whether it is finished at once. */
	isFinished?: boolean;
	/** Whether it is never begun. */
	isDraft?: boolean;
}

export interface Project extends Required<Omit<ProjectSetting, 'fileSize' | 'isFinished'>> {
	fileSize?: number;
	createdAt: number;
}

/** What the account has paid for a project. */
export interface Charge {
	/** The project's. */
	id: string;
	/** The project's, as the request for it has given it. */
	name: string;
	credits: number;
	/** By the sandbox's clock. */
	chargedAt: number;
	/** When the account got it back, since the project had failed. */
	refundedAt?: number;
}

const queuedFor = 1_000;
const renderingFor = 3_000;
const typeOfKind = { image: 'AI_IMAGE', video: 'TEXT_TO_VIDEO', audio: 'VOICE_GENERATOR' };
const extensionOfKind = { image: 'png', video: 'mp4', audio: 'mp3' };

/** The projects of the sandbox's one account, and the clock by which they advance. */
export class Projects {
	private readonly projects = new Map<string, Project>();

	/** Those that the account has paid for, deleted ones as well. */
	private readonly paid: Project[] = [];

	/** The projects that were deleted before they could fail. */
	private readonly endedByDeletion = new Set<Project>();

	private clockOffset = 0;

	private heldAt: number | undefined;

	/** What becomes of projects that do not say it. */
	outcome: Project['outcome'] = 'complete';

	/** Is called when there is another project, and when the clock was moved. */
	onChange: () => void = () => {};

	/** @returns milliseconds since 1970, by the sandbox's clock */
	now(): number {
		return (this.heldAt ?? Date.now()) + this.clockOffset;
	}

	/** Stops the clock until it is set anew, for those who must see a project before it is ready. */
	holdClock(): void {
		this.heldAt = Date.now();
	}

	/** Moves the clock on, so that projects get ready without anybody waiting. */
	advanceClock(milliseconds: number): void {
		this.clockOffset += milliseconds;
		this.onChange();
	}

	/** @returns the ID of the new project */
	create({ isFinished = false, ...setting }: ProjectSetting = {}): string {
		const { kind = 'image', id = newId() } = setting;
		const project: Project = {
			name: '',
			type: typeOfKind[kind],
			files: 1,
			words: '',
			extension: extensionOfKind[kind],
			creditsCharged: 5,
			isPaid: false,
			outcome: this.outcome,
			reason: { code: 'no_source_face', message: 'Please use an image with a detectable face' },
			enabled: true,
			isDraft: false,
			...definedOf(setting),
			id,
			kind,
			createdAt: this.now() - (isFinished ? queuedFor + renderingFor : 0),
		};
		this.projects.set(keyOf(kind, id), project);
		if (project.isPaid) this.paid.push(project);
		this.onChange();
		return id;
	}

	get(kind: ProjectKind, id: string): Project | undefined {
		return this.projects.get(keyOf(kind, id));
	}

	has(id: string, kind: ProjectKind = 'image'): boolean {
		return this.projects.has(keyOf(kind, id));
	}

	/** @returns whether there was such a project */
	delete(id: string, kind: ProjectKind = 'image'): boolean {
		const project = this.get(kind, id);
		if (project !== undefined && this.statusOf(project) !== 'error') {
			this.endedByDeletion.add(project);
		}
		return this.projects.delete(keyOf(kind, id));
	}

	/** @returns how many credits the account has got back for projects that failed */
	refunds(): number {
		return this.ledger()
			.filter(({ refundedAt }) => refundedAt !== undefined)
			.reduce((sum, { credits }) => sum + credits, 0);
	}

	/** @returns all that the account was charged, in order */
	ledger(): Charge[] {
		return this.paid.map((project) => {
			const { id, name, creditsCharged: credits, createdAt: chargedAt } = project;
			const isRefunded = !this.endedByDeletion.has(project) && this.statusOf(project) === 'error';
			const { endsAt: refundedAt } = this.momentsOf(project);
			return { id, name, credits, chargedAt, ...(isRefunded ? { refundedAt } : {}) };
		});
	}

	all(): Project[] {
		return [...this.projects.values()];
	}

	/** @returns when a project begins to render and when it ends; never for a draft */
	momentsOf({ createdAt, isDraft }: Project): { startsAt: number; endsAt: number } {
		const startsAt = isDraft ? Infinity : createdAt + queuedFor;
		return { startsAt, endsAt: startsAt + renderingFor };
	}

	/** @returns the IDs of the projects of all kinds, or of one */
	ids(ofKind?: ProjectKind): string[] {
		return [...this.projects.values()]
			.filter(({ kind }) => ofKind === undefined || kind === ofKind)
			.map(({ id }) => id);
	}

	clear(): void {
		this.projects.clear();
		this.paid.length = 0;
		this.endedByDeletion.clear();
		this.clockOffset = 0;
		this.heldAt = undefined;
		this.outcome = 'complete';
	}

	statusOf({ createdAt, outcome, isDraft }: Project): ProjectStatus {
		if (isDraft) return 'draft';
		const age = this.now() - createdAt;
		if (age < queuedFor) return 'queued';
		return age < queuedFor + renderingFor ? 'rendering' : outcome;
	}

	/**
	 * @param downloads makes the links of a finished project's files
	 * @param statusThen its status at another time
	 * @returns the project in the form in which the API gives it; undefined if there is none
	 */
	describe(
		id: string,
		kind: ProjectKind,
		downloads: (project: Project) => Array<{ url: string; expires_at: string }>,
		statusThen?: ProjectStatus,
	) {
		const project = this.get(kind, id);
		if (project === undefined) return undefined;
		const status = statusThen ?? this.statusOf(project);
		const { name, type, createdAt, enabled, reason } = project;
		// A failure is refunded, and then the charge tells so.
		const charge = status === 'error' ? 0 : project.creditsCharged;
		return {
			id,
			name,
			status,
			...ofKind[kind](project),
			type,
			created_at: new Date(createdAt).toISOString(),
			enabled,
			credits_charged: charge,
			// Older clients still read this deprecated field.
			total_frame_cost: charge,
			downloads: status === 'complete' && enabled ? downloads(project) : [],
			error: status === 'error' ? reason : null,
		};
	}
}

/** What only one kind of project has, in the API's own form. */
const ofKind = {
	image: ({ files }: Project) => ({ image_count: files }),
	video: () => ({
		width: videoFormat.width,
		height: videoFormat.height,
		start_seconds: 0,
		end_seconds: videoFormat.seconds,
		fps: videoFormat.framesPerSecond,
		download: null,
	}),
	audio: () => ({}),
};

function keyOf(kind: ProjectKind, id: string): string {
	return `${kind} ${id}`;
}

function newId(): string {
	return `cm${randomBytes(12).toString('hex')}`;
}

function definedOf(setting: ProjectSetting): ProjectSetting {
	return Object.fromEntries(Object.entries(setting).filter(([, value]) => value !== undefined));
}
