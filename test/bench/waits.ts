import { join } from 'node:path';
import { repositoryFolder } from '../n8n/folders';
import { startGroup } from '../n8n/processes';
import { parallelRequests } from './contestants';
import { median } from './statistics';
import type { Topic, TopicSetup, TopicTable } from './topic';
import type { WaitCase, Waiter, WaitFigures, WaitsSetting } from './waitsProcess';

const projectCount = 200;
/** Of the node. */
const defaultParallelRequests = 5;
const latency = 100;
const minute = 60_000;
/** How far the durations of videos are from their median, at most. */
const spread = 0.25;

interface NamedWaiter extends Waiter {
	title: string;
}

interface NamedCase extends WaitCase {
	title: string;
	waiters: NamedWaiter[];
}

const node: NamedWaiter = {
	title: 'This node, default (5 parallel)',
	parallelRequests: defaultParallelRequests,
};
const nodeWithMore: NamedWaiter = {
	title: `This node, ${parallelRequests} parallel`,
	parallelRequests,
};
const fixedPaces = [2, 10].map(
	(pace): NamedWaiter => ({
		title: `Every ${pace} s, ${defaultParallelRequests} parallel`,
		pace: pace * 1000,
		parallelRequests: defaultParallelRequests,
	}),
);

const cases: NamedCase[] = [
	{
		title: 'Images, 4–20 s',
		kind: 'image',
		durations: durationsBetween(4_000, 20_000),
		// The looks at videos are so rare that they never wait for each other.
		waiters: [node, nodeWithMore, ...fixedPaces],
	},
	videos('Talking photos', 3 * minute),
	videos('Animations', 10 * minute),
	videos('Video to video', 13 * minute),
];

const notes = `One run of the node (Image or Video Project → Get, **Wait for Completion** on) on n8n's engine waits for ${projectCount} projects that all begin when it begins. Their durations are Magic Hour's published medians, evenly spread around them, and for images the seconds that these take. The fixed paces are a plain script that looks at each project, waits, and looks again, as a loop with a Wait node does. Both send real HTTP requests to the sandbox's projects. Time is virtual: it passes only where somebody waits, so hours take a minute, the machine's speed plays no part, and every round comes to the same figures. An answer takes ${latency} ms of that time. What counts is from the moment that a project completes to the moment that the answer which says so has arrived.`;

/** Waiting for many projects at the same time. */
export const waits: Topic = {
	title: `${projectCount} projects waited for at the same time`,
	measure,
};

async function measure({ packed, profileFolder, onProgress }: TopicSetup): Promise<TopicTable> {
	const setting: WaitsSetting = { packageFolder: packed.folder, latency, cases };
	const combinations = cases.flatMap((oneCase) =>
		oneCase.waiters.map((waiter) => ({ oneCase, waiter })),
	);
	const rows: string[][] = [];
	await runProcess(setting, profileFolder, ({ looks, delays }) => {
		const combination = combinations[rows.length];
		if (combination === undefined) throw new Error('The process sent more than was asked for');
		const { oneCase, waiter } = combination;
		onProgress(`  ${oneCase.title}: ${waiter.title} is done`);
		rows.push([
			oneCase.title,
			waiter.title,
			mean(looks).toFixed(1),
			seconds(median(delays)),
			seconds(quantile(delays, 0.95)),
			seconds(Math.max(...delays)),
		]);
	});
	if (rows.length < combinations.length)
		throw new Error('The process of the waits ended too early');
	return {
		title: waits.title,
		notes,
		headings: [
			'Projects',
			'Contestant',
			'Looks per project',
			'From completion to the item, s: median',
			'95th percentile',
			'Longest',
		],
		rows,
		aims: [],
	};
}

/** @param onFigures is called with what each waiter came to in each case, in order */
async function runProcess(
	setting: WaitsSetting,
	profileFolder: string | undefined,
	onFigures: (figures: WaitFigures) => void,
): Promise<void> {
	const profiling =
		profileFolder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder];
	const script = join('test', 'bench', 'waitsProcess.ts');
	const group = startGroup(
		process.execPath,
		['--import', 'tsx', ...profiling, script, JSON.stringify(setting)],
		{ cwd: repositoryFolder, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
	);
	group.leader.on('message', (message) => onFigures(message as WaitFigures));
	try {
		await group.ended;
	} finally {
		await group.stop();
	}
}

function videos(title: string, medianDuration: number): NamedCase {
	const [shortest, longest] = [medianDuration * (1 - spread), medianDuration * (1 + spread)];
	return {
		title: `${title}, ${medianDuration / minute} min ±${spread * 100}%`,
		kind: 'video',
		durations: durationsBetween(shortest, longest),
		waiters: [node, ...fixedPaces],
	};
}

/** @returns as many durations as there are projects, evenly spread, but not in order */
function durationsBetween(shortest: number, longest: number): number[] {
	const step = (longest - shortest) / (projectCount - 1);
	const stride = 77;
	return Array.from(
		{ length: projectCount },
		(_, index) => shortest + ((index * stride) % projectCount) * step,
	);
}

function mean(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1000).toFixed(1);
}
