import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { INodeParameters } from 'n8n-workflow';
import { RateLimiter } from '../../nodes/MagicHour/http/rateLimiter';
import type { ProjectKind } from '../sandbox/projects';
import { loadPackedNode } from './contestants';
import { makeIds } from './run';
import { VirtualTime } from './virtualTime';
import { WaitedApi } from './waitedApi';

/** Projects that are waited for at the same time. */
export interface WaitCase {
	kind: ProjectKind;
	/** How many milliseconds each takes. */
	durations: number[];
	/** Who waits for them, one after the other. */
	waiters: Waiter[];
}

/** How they are waited for. */
export interface Waiter {
	/** Milliseconds between two looks at a project; without it, the node decides. */
	pace?: number;
	parallelRequests: number;
}

/** What the process is told. */
export interface WaitsSetting {
	/** The folder that the packed package was unpacked into. */
	packageFolder: string;
	/** Milliseconds that the API takes for each answer. */
	latency: number;
	cases: WaitCase[];
}

/** What the process answers: what one waiter after the other has come to. */
export interface WaitFigures {
	/** How often each project was looked at. */
	looks: number[];
	/** From the end of each project to when it was known, in milliseconds. */
	delays: number[];
}

const apiKey = 'key-of-a-bench';

type Wait = (kind: ProjectKind, ids: string[]) => Promise<void>;

/** Waits for projects by a time that passes at once, in this process, which has been started for it. */
async function main({ packageFolder, latency, cases }: WaitsSetting): Promise<void> {
	const { prepareOnEngine } = await import('./onEngine');
	const time = new VirtualTime();
	const api = new WaitedApi(time, latency);
	await api.start();

	const run = prepareOnEngine(loadPackedNode(packageFolder), { apiKey, url: api.url });
	const waitByNode = (options: INodeParameters): Wait => {
		return async (kind, ids) => {
			const { data } = await run(
				{ resource: `${kind}Project`, operation: 'get', id: '={{ $json.id }}', options },
				ids.map((id) => ({ json: { id } })),
			);
			if (data.resultData.error !== undefined) throw data.resultData.error;
		};
	};
	const waitAtPace = (pace: number, parallelRequests: number): Wait => {
		const agent = new Agent({ keepAlive: true });
		const slots = new RateLimiter(parallelRequests);
		return async (kind, ids) => {
			const waitFor = async (id: string) => {
				const url = `${api.url}/v1/${kind}-projects/${id}`;
				while (!(await slots.run(async () => await isComplete(url, agent)))) {
					await time.sleep(pace);
				}
			};
			await Promise.all(ids.map(waitFor));
			agent.destroy();
		};
	};

	try {
		for (const { kind, durations, waiters } of cases) {
			for (const { pace, parallelRequests } of waiters) {
				const wait =
					pace === undefined
						? waitByNode({ waitForCompletion: true, maxParallelRequests: parallelRequests })
						: waitAtPace(pace, parallelRequests);
				const ids = makeIds(durations.length);
				api.begin(kind, ids, durations);
				await wait(kind, ids);
				const figures: WaitFigures = api.end(kind, ids);
				process.send?.(figures);
			}
		}
	} finally {
		api.close();
	}
}

/** Looks at a project once. */
async function isComplete(url: string, agent: Agent): Promise<boolean> {
	const body = await new Promise<string>((resolve, reject) => {
		get(url, { agent }, (response) => void text(response).then(resolve, reject)).once(
			'error',
			reject,
		);
	});
	return (JSON.parse(body) as { status: string }).status === 'complete';
}

const [setting] = process.argv.slice(2).map((argument) => JSON.parse(argument) as unknown);
main(setting as WaitsSetting).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
