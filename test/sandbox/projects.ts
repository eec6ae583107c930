import { randomBytes } from 'node:crypto';

export type ProjectStatus = 'queued' | 'rendering' | 'complete';

interface ImageProject {
	id: string;
	name: string;
	type: string;
	createdAt: number;
	creditsCharged: number;
}

const queuedFor = 1_000;
const renderingFor = 3_000;
const downloadsLastFor = 24 * 60 * 60 * 1000;

/** The image projects of the sandbox's one account, and the clock by which they advance. */
export class Projects {
	private readonly images = new Map<string, ImageProject>();

	private clockOffset = 0;

	/** @returns milliseconds since 1970, by the sandbox's clock */
	now(): number {
		return Date.now() + this.clockOffset;
	}

	/** Moves the clock on, so that projects get ready without anybody waiting. */
	advanceClock(milliseconds: number): void {
		this.clockOffset += milliseconds;
	}

	/** @returns the ID of the new project */
	create({ id = newId(), name = '', type = 'AI_IMAGE' } = {}): string {
		this.images.set(id, { id, name, type, createdAt: this.now(), creditsCharged: 5 });
		return id;
	}

	has(id: string): boolean {
		return this.images.has(id);
	}

	/** @returns whether there was such a project */
	delete(id: string): boolean {
		return this.images.delete(id);
	}

	ids(): string[] {
		return [...this.images.keys()];
	}

	clear(): void {
		this.images.clear();
		this.clockOffset = 0;
	}

	/** @returns the project in the form in which the API gives it; undefined if there is none */
	describe(id: string, downloadUrl: string) {
		const project = this.images.get(id);
		if (project === undefined) return undefined;
		const status = this.statusOf(project);
		return {
			id,
			name: project.name,
			status,
			image_count: 1,
			type: project.type,
			created_at: new Date(project.createdAt).toISOString(),
			enabled: true,
			credits_charged: project.creditsCharged,
			// Older clients still read this deprecated field.
			total_frame_cost: project.creditsCharged,
			downloads:
				status === 'complete'
					? [
							{
								url: downloadUrl,
								expires_at: new Date(this.now() + downloadsLastFor).toISOString(),
							},
						]
					: [],
			error: null,
		};
	}

	private statusOf({ createdAt }: ImageProject): ProjectStatus {
		const age = this.now() - createdAt;
		if (age < queuedFor) return 'queued';
		return age < queuedFor + renderingFor ? 'rendering' : 'complete';
	}
}

function newId(): string {
	return `cm${randomBytes(12).toString('hex')}`;
}
