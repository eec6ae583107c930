import { randomUUID } from 'node:crypto';
import { errorResponse } from './errors';
import { isFileAddress } from './fileAddresses';
import type { Subject } from './media/media';
import type { Projects } from './projects';
import type { Storage } from './storage';

interface FaceDetection {
	startedAt: number;
	confidenceScore: number;
}

type FaceAnswer = { status: number; body: object };

const queuedFor = 500;
const renderingFor = 1_500;

/** The part of the API that finds faces in files. */
export class Faces {
	/** How many faces there are in every file. */
	count = 2;

	outcome: 'complete' | 'error' = 'complete';

	private readonly detections = new Map<string, FaceDetection>();

	constructor(
		readonly projects: Projects,
		readonly storage: Storage,
	) {}

	clear(): void {
		this.detections.clear();
		this.count = 2;
		this.outcome = 'complete';
	}

	start(body: unknown): FaceAnswer {
		const { confidence_score: confidenceScore = 0.5, assets } = Object(body) as {
			confidence_score?: unknown;
			assets?: { target_file_path?: unknown };
		};
		const path = assets?.target_file_path;
		if (typeof path !== 'string') {
			return errorResponse(400, 'assets.target_file_path: Required');
		}
		if (typeof confidenceScore !== 'number' || confidenceScore < 0 || confidenceScore > 1) {
			return errorResponse(400, 'confidence_score: must be from 0 to 1');
		}
		if (!isFileAddress(path, ['image', 'video'], this)) {
			return errorResponse(422, `There is no file at ${path}`);
		}
		const id = randomUUID();
		this.detections.set(id, { startedAt: this.projects.now(), confidenceScore });
		return { status: 200, body: { id, credits_charged: 0 } };
	}

	/** Whether there is such a face in a file that was looked through. */
	has(path: string): boolean {
		const [, id = '', index] = /^api-assets\/(.+)\/(\d+)-0\.png$/.exec(path) ?? [];
		return this.detections.has(id) && Number(index) < this.count;
	}

	/** @returns what the picture of a face shows; undefined if there is no such face */
	pictureOf(id: string, index: string): Subject | undefined {
		if (!this.has(`api-assets/${id}/${index}-0.png`)) return undefined;
		const number = Number(index);
		const face = Number.parseInt(id.slice(0, 4), 16) + number;
		return { words: id, caption: `Face ${number + 1} · ${id}`, face };
	}

	/** @returns undefined if there is no such detection */
	describe(id: string, baseUrl: string): object | undefined {
		const detection = this.detections.get(id);
		if (detection === undefined) return undefined;
		const age = this.projects.now() - detection.startedAt;
		const isFinished = age >= queuedFor + renderingFor;
		const inWork = age < queuedFor ? 'queued' : 'rendering';
		const found = isFinished && this.outcome === 'complete' ? this.count : 0;
		return {
			id,
			credits_charged: 0,
			status: isFinished ? this.outcome : inWork,
			faces: Array.from({ length: found }, (_, index) => ({
				path: `api-assets/${id}/${index}-0.png`,
				url: `${baseUrl}/faces/${id}/${index}-0.png`,
			})),
		};
	}
}
