import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { secondsSince } from '../n8n/processes';
import { makeCases, type CaseName } from './cases';
import { compareWithRevision } from './compareRevisions';
import { check } from './check';
import { contestantTitles } from './contestants';
import { n8nContestantTitles, startN8nBench } from './n8n';
import { measureLoading, unpackPackage, type PackedPackage } from './packed';
import { toMarkdown } from './markdown';
import { summarize, type CaseResult, type Results } from './results';
import { alternate, runOnce, type BenchSetup } from './run';
import { startSandboxProcess } from './sandboxProcess';
import { topics } from './topics';

const help = `npm run bench -- [options]

  --json [file]      print JSON instead of the table, or write it to a file as well
  --check            run a short comparison that fails if the node got worse; no table
  --against <commit> compare with the package at that commit; no table
  --without-n8n      skip the contestants that run in an n8n server
  --rounds <number>  number of rounds (default 5)
  --items <number>   projects per case (default 1000)
  --case <name>      run only this case: ${allNames().join(', ')}; can be repeated
  --profile <folder> save a CPU profile of each contestant's process there`;

function allNames(): string[] {
	return [...Object.keys(makeCases(1)), ...Object.keys(topics)];
}

const casesInN8n: CaseName[] = ['at0', 'at20', 'at100'];
const loadings = 11;

interface Settings {
	rounds: number;
	items: number;
	caseNames: CaseName[];
	topicNames: string[];
	withN8n: boolean;
}

async function main(): Promise<void> {
	const { positionals, values } = parseArgs({
		allowPositionals: true,
		options: {
			json: { type: 'boolean', default: false },
			check: { type: 'boolean', default: false },
			against: { type: 'string' },
			'without-n8n': { type: 'boolean', default: false },
			rounds: { type: 'string', default: '5' },
			items: { type: 'string', default: '1000' },
			case: { type: 'string', multiple: true },
			profile: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	const [jsonFile] = positionals;
	if (values.help || positionals.length > (values.json ? 1 : 0)) {
		console.log(help);
		process.exitCode = values.help ? 0 : 1;
		return;
	}
	const settings: Settings = {
		rounds: wholeNumber(values.rounds, '--rounds'),
		items: wholeNumber(values.items, '--items'),
		...namesFrom(values.case),
		withN8n: !values['without-n8n'],
	};
	// Without a listener, a signal would end this process before it can end those that it started.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(1));
	}
	const profileFolder = values.profile === undefined ? undefined : resolve(values.profile);
	if (profileFolder !== undefined) await mkdir(profileFolder, { recursive: true });

	const packed = await unpackPackage();
	const sandbox = await startSandboxProcess();
	try {
		const setup: BenchSetup = { sandbox, packageFolder: packed.folder, profileFolder };
		if (values.check) {
			if (!(await check(setup, console.log))) process.exitCode = 1;
			return;
		}
		if (values.against !== undefined) {
			return await compareWithRevision(setup, packed, values.against, settings, console.log);
		}
		const results = await measureAll(setup, packed, settings);
		const json = JSON.stringify(results, null, '\t');
		if (jsonFile !== undefined) await writeFile(jsonFile, `${json}\n`);
		console.log(values.json && jsonFile === undefined ? json : toMarkdown(results));
	} finally {
		await sandbox.stop();
		await packed.remove();
	}
}

async function measureAll(
	setup: BenchSetup,
	packed: PackedPackage,
	{ rounds, items, caseNames, topicNames, withN8n }: Settings,
): Promise<Results> {
	const startedAt = new Date();
	const processors = cpus();
	const results: Results = {
		startedAt: startedAt.toISOString(),
		machine: {
			node: process.versions.node,
			platform: `${process.platform} ${process.arch}`,
			processor: processors[0]?.model ?? 'unknown',
			processors: processors.length,
		},
		rounds,
		cases: {},
		topics: [],
		loading: await measureLoading(packed, loadings),
		tarballSize: packed.tarballSize,
	};
	const cases = makeCases(items);
	for (const name of caseNames) {
		const oneCase = cases[name];
		printProgress(`${oneCase.title} (${secondsSince(startedAt.getTime())} s so far)`);
		const runs = await alternate(oneCase.contestants, rounds, async (contestant) => {
			printProgress(`  ${contestantTitles[contestant]}`);
			return await runOnce(setup, contestant, oneCase);
		});
		const result: CaseResult = { title: oneCase.title, items: oneCase.items, contestants: {} };
		for (const [contestant, ofContestant] of runs) {
			result.contestants[contestant] = summarize(contestantTitles[contestant], ofContestant);
		}
		results.cases[name] = result;
	}
	const needsN8n = withN8n && casesInN8n.some((name) => caseNames.includes(name));
	if (needsN8n) await addFiguresOfN8n(results, setup, packed.tarball, rounds, items);
	for (const [name, { title, measure }] of Object.entries(topics)) {
		if (!topicNames.includes(name)) continue;
		printProgress(`${title} (${secondsSince(startedAt.getTime())} s so far)`);
		const { profileFolder } = setup;
		results.topics.push(
			await measure({ packed, rounds, profileFolder, onProgress: printProgress }),
		);
	}
	return results;
}

async function addFiguresOfN8n(
	results: Results,
	{ sandbox }: BenchSetup,
	tarball: string,
	rounds: number,
	items: number,
): Promise<void> {
	printProgress('n8n server');
	const n8n = await startN8nBench(sandbox, tarball, printProgress);
	try {
		for (const name of casesInN8n) {
			const result = results.cases[name];
			if (result === undefined) continue;
			printProgress(`  ${result.title}`);
			for (const [contestant, runs] of await n8n.run(makeCases(items)[name], rounds)) {
				result.contestants[contestant] = summarize(n8nContestantTitles[contestant], runs);
			}
		}
	} finally {
		await n8n.stop();
	}
}

function wholeNumber(text: string, option: string): number {
	const number = Number(text);
	if (Number.isInteger(number) && number > 0) return number;
	throw new Error(`${option} must be a whole number above 0, but is "${text}"`);
}

/** Tells cases and topics apart. */
function namesFrom(wanted: string[] = allNames()): Pick<Settings, 'caseNames' | 'topicNames'> {
	const known = allNames();
	const unknown = wanted.find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new Error(`--case must be one of ${known.join(', ')}, but is "${unknown}"`);
	}
	const caseNames = Object.keys(makeCases(1)) as CaseName[];
	return {
		caseNames: caseNames.filter((name) => wanted.includes(name)),
		topicNames: Object.keys(topics).filter((name) => wanted.includes(name)),
	};
}

/** Progress goes where it is not in the way of the figures. */
function printProgress(line: string): void {
	process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
