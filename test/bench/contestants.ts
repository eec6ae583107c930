import type { INodeParameters, INodeType } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** How many requests those contestants have under way at the same time that can be told. */
export const parallelRequests = 20;

/** Who takes part in this process; the two in the real n8n are in n8n.ts. */
export const contestantTitles = {
	node: `This node, ${parallelRequests} parallel`,
	nodeByDefault: 'This node, default (5 parallel)',
	nodeWithLimits: `This node, ${parallelRequests} parallel, with both credit limits`,
	stock: 'Stock declarative, all fields of this node',
	stockAlone: 'Stock declarative, Delete only',
	axios: `axios pool, ${parallelRequests} parallel`,
	sdk: 'Official SDK, Promise.all',
} as const;

/** What is done with a project. */
export type Task = 'delete' | 'generate';

export type ContestantName = keyof typeof contestantTitles;

/** What a contestant is told before its clock runs. */
export interface ContestantSetting {
	contestant: ContestantName;
	task: Task;
	/** Address of the sandbox. */
	url: string;
	apiKey: string;
	/** The folder that the packed package was unpacked into. */
	packageFolder: string;
}

/** What a contestant says of its own work. */
export interface WorkReport {
	/** How many projects it took for deleted, or generated. */
	reportedDone: number;
	/** What stopped it, if something did. */
	error?: string;
}

/** Deletes the image projects with these IDs, or generates one for each of them. */
export type Work = (ids: string[]) => Promise<WorkReport>;

/** Loads what a contestant needs and nothing else, so that the others' code is not in its memory. */
export async function loadContestant(setting: ContestantSetting): Promise<Work> {
	switch (setting.contestant) {
		case 'node':
			return await engineWork(setting, loadPackedNode(setting.packageFolder), {
				maxParallelRequests: parallelRequests,
			});
		case 'nodeByDefault':
			return await engineWork(setting, loadPackedNode(setting.packageFolder), {});
		case 'nodeWithLimits':
			return await engineWork(setting, loadPackedNode(setting.packageFolder), {
				maxParallelRequests: parallelRequests,
				maxCreditsPerRun: unreached,
				minCreditsToKeep: 0,
			});
		case 'stock': {
			const { withoutTransport } = await import('./stockMagicHour');
			const stock = withoutTransport(loadPackedNode(setting.packageFolder));
			return await engineWork(setting, stock, {});
		}
		case 'stockAlone': {
			const { StockMagicHour } = await import('./stockMagicHour');
			return await engineWork(setting, new StockMagicHour(), {});
		}
		case 'axios':
			return await axiosWork(setting);
		case 'sdk':
			return await sdkWork(setting);
	}
}

/** More credits than anything here costs. */
const unreached = 1_000_000;

/** The node as it is published: the tests' TypeScript loader would add to each of its functions. */
export function loadPackedNode(packageFolder: string): INodeType {
	const load = createRequire(join(packageFolder, 'package.json'));
	const { MagicHour } = load('./dist/nodes/MagicHour/MagicHour.node.js') as {
		MagicHour: new () => INodeType;
	};
	return new MagicHour();
}

async function engineWork(
	{ url, apiKey, task }: ContestantSetting,
	declarativeNode: INodeType,
	options: INodeParameters,
): Promise<Work> {
	const { nodeName, prepareOnEngine } = await import('./onEngine');
	const run = prepareOnEngine(declarativeNode, { url, apiKey });
	const parameters = {
		resource: 'imageProject',
		operation: task,
		...(task === 'delete'
			? { id: '={{ $json.id }}' }
			: { prompt: '={{ $json.id }}', output: 'projectId' }),
		options,
	};
	return async (ids) => {
		const { data } = await run(
			parameters,
			ids.map((id) => ({ json: { id } })),
		);
		const { error, runData } = data.resultData;
		return {
			reportedDone: runData[nodeName]?.at(-1)?.data?.main?.[0]?.length ?? 0,
			error: error?.message,
		};
	};
}

async function axiosWork({ url, apiKey, task }: ContestantSetting): Promise<Work> {
	const { default: axios } = await import('axios');
	const client = axios.create({ baseURL: url, headers: { Authorization: `Bearer ${apiKey}` } });
	return async (ids) => {
		const failures = new Failures();
		const remaining = ids.values();
		const worker = async () => {
			for (const id of remaining) {
				await failures.count(
					task === 'delete'
						? client.delete(`/v1/image-projects/${encodeURIComponent(id)}`)
						: client.post('/v1/ai-image-generator', imageOf(id)),
				);
			}
		};
		await Promise.all(Array.from({ length: parallelRequests }, worker));
		return failures.report(ids.length);
	};
}

/** @returns the body that the node sends for an image */
function imageOf(prompt: string): object {
	return { style: { prompt }, image_count: 1 };
}

async function sdkWork({ url, apiKey }: ContestantSetting): Promise<Work> {
	const { default: MagicHourClient } = await import('magic-hour');
	const client = new MagicHourClient({ baseUrl: url, token: apiKey });
	return async (ids) => {
		const failures = new Failures();
		await Promise.all(
			ids.map(async (id) => await failures.count(client.v1.imageProjects.delete({ id }))),
		);
		return failures.report(ids.length);
	};
}

/** Counts what fails, without ending the rest. */
class Failures {
	private failed = 0;

	private first: string | undefined;

	async count(deletion: Promise<unknown>): Promise<void> {
		try {
			await deletion;
		} catch (error) {
			this.failed++;
			this.first ??= error instanceof Error ? error.message : String(error);
		}
	}

	report(items: number): WorkReport {
		return { reportedDone: items - this.failed, error: this.first };
	}
}
