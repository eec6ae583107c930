import { repositoryFolder } from '../n8n/folders';
import { startGroup } from '../n8n/processes';
import type { Case } from './cases';
import type { Command, Reply } from './contestant';
import type { ContestantName, ContestantSetting } from './contestants';
import { nextReply } from './nextReply';
import type { SandboxProcess } from './sandboxProcess';

/** What one run of one contestant came to. */
export interface Figures {
	milliseconds: number;
	/** How many projects were to be deleted, or generated. */
	items: number;
	/** How many were, in the end. */
	done: number;
	/** For how many the contestant took that for done. */
	reportedDone: number;
	requests: number;
	/** Requests that were answered with 429. */
	refused: number;
	/** The most requests under way at the same time; undefined where it is not known. */
	highestInFlight?: number;
	/** Milliseconds for which the process kept a processor busy; undefined where it was not measured. */
	processorTime?: number;
	/** Milliseconds; undefined where it was not measured. */
	eventLoopDelay?: number;
	/** Bytes; undefined where it was not measured. */
	peakMemory?: number;
	/** The share of the run's time for which the sandbox kept a processor busy, where known. */
	sandboxBusy?: number;
	/** What stopped the contestant, or what went wrong first. */
	error?: string;
}

/** What all runs share. */
export interface BenchSetup {
	sandbox: SandboxProcess;
	/** The folder that the packed package was unpacked into. */
	packageFolder: string;
	/** Where to leave a CPU profile of each contestant's process, if anywhere. */
	profileFolder?: string;
}

const warmUpItems = 50;

/** @returns so many IDs, the same each time */
export function makeIds(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `cm${String(index).padStart(22, '0')}`);
}

/** Runs one contestant once, in a process of its own. */
export async function runOnce(
	{ sandbox, packageFolder, profileFolder }: BenchSetup,
	contestant: ContestantName,
	{ task = 'delete', items, delay, requestsPerSecond }: Case,
): Promise<Figures> {
	const existing = (ids: string[]) => (task === 'delete' ? ids : []);
	const warmUpIds = makeIds(warmUpItems);
	await sandbox.set({ ids: existing(warmUpIds) });
	const { url, apiKey } = sandbox;
	const setting: ContestantSetting = { contestant, task, url, apiKey, packageFolder };
	const profiling =
		profileFolder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder];
	const group = startGroup(
		process.execPath,
		[
			'--import',
			'tsx',
			'--expose-gc',
			...profiling,
			'test/bench/contestant.ts',
			JSON.stringify(setting),
			JSON.stringify(warmUpIds),
		],
		{ cwd: repositoryFolder, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
	);
	const sendCommand = (command: Command) => void group.leader.send(command);
	try {
		await nextReply(group, contestant);
		const ids = makeIds(items);
		await sandbox.set({ ids: existing(ids), delay, requestsPerSecond });
		const busyBefore = await sandbox.busyTime();
		sendCommand({ kind: 'work', ids });
		const reply = await nextReply<Reply>(group, contestant);
		if (reply.kind !== 'done') throw new Error(`${contestant} did not say what it measured`);
		const busyAfter = await sandbox.busyTime();
		const { measurement, report } = reply;
		const { projectsLeft, ...stats } = await sandbox.readStats();
		if (profileFolder !== undefined) {
			sendCommand({ kind: 'end' });
			await group.ended;
		}
		return {
			...report,
			...stats,
			...measurement,
			items,
			done: task === 'delete' ? items - projectsLeft : projectsLeft,
			sandboxBusy:
				busyBefore === undefined || busyAfter === undefined
					? undefined
					: (busyAfter - busyBefore) / measurement.milliseconds,
		};
	} finally {
		await group.stop();
	}
}

/** What several runs of one contestant came to. */
export interface Runs {
	figures: Figures[];
	/** Why runs came to nothing, one entry each. */
	crashes: string[];
}

/**
 * Runs contestants in turn, several rounds of them, each round beginning with another.
 *
 * @param run runs one of them once
 * @returns what the rounds came to, by contestant
 */
export async function alternate<Name extends string>(
	contestants: readonly Name[],
	rounds: number,
	run: (contestant: Name) => Promise<Figures>,
): Promise<Map<Name, Runs>> {
	const results = new Map<Name, Runs>();
	for (const contestant of contestants) results.set(contestant, { figures: [], crashes: [] });
	for (let round = 0; round < rounds; round++) {
		const first = round % contestants.length;
		for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
			const runs = results.get(contestant);
			try {
				runs?.figures.push(await run(contestant));
			} catch (error) {
				runs?.crashes.push(error instanceof Error ? error.message : String(error));
			}
		}
	}
	return results;
}
