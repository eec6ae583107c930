import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, manualTrigger, node, credentialReference, workflow } from '../e2e/workflows';
import type { StoredCredential, WorkflowFile, WorkflowNode } from '../n8n/client';
import { repositoryFolder } from '../n8n/folders';
import { startGroup } from '../n8n/processes';
import { defaultVersion } from '../n8n/versions';
import { atMost, type AimResult } from './aims';
import {
	nodeParameters,
	pictureFormat,
	type BinariesContestant,
	type BinariesReply,
	type BinariesSetting,
	type BinariesTask,
} from './binariesTask';
import { parallelRequests } from './contestants';
import { spanOf, startFilesServer, type FilesServer } from './filesServer';
import { spread } from './markdown';
import { httpRequestNode } from './n8nServer';
import { nextReply } from './nextReply';
import { startSandboxProcess, type SandboxProcess } from './sandboxProcess';
import { spreadOf } from './statistics';
import type { Topic, TopicSetup, TopicTable } from './topic';

const projects = 1000;
const warmUpProjects = 20;
const pictureSize = 250_000;
const bytesPerMiB = 1024 * 1024;
const generator = '/v1/image-background-remover';

/** Whether all projects are made of one picture, or each of its own. */
type Variety = 'same' | 'different';

const varieties: Record<Variety, string> = {
	same: 'the same file',
	different: 'a file each',
};

const titles = {
	node: `This node, ${parallelRequests} parallel`,
	axios: `axios pool, ${parallelRequests} parallel`,
	nodeInN8n: `n8n ${defaultVersion}: this node, ${parallelRequests} parallel`,
	httpRequestInN8n: `n8n ${defaultVersion}: HTTP Request nodes`,
} as const;

type Contestant = keyof typeof titles;

/** What one contestant came to in one round. */
interface Figures {
	milliseconds: number;
	uploads: number;
	requests: number;
	created: number;
	/** Projects beyond one for each item. */
	createdTwice: number;
	/** Bytes; undefined where it was not measured. */
	peakMemory?: number;
}

/** A contestant in one round. */
interface Run {
	contestant: Contestant;
	variety: Variety;
	/** Undefined where it came to nothing. */
	figures?: Figures;
	/** What stopped it, or what went wrong first. */
	error?: string;
}

interface Bench {
	sandbox: SandboxProcess;
	n8n: FilesServer;
	packageFolder: string;
}

/** 1,000 projects, each made of a picture that n8n has stored. */
export const binaries: Topic = {
	title: '1,000 generations with a file from n8n',
	measure: async (setup) => {
		const sandbox = await startSandboxProcess();
		try {
			const n8n = await startFilesServer(setup, sandbox);
			try {
				return await measureAll({ sandbox, n8n, packageFolder: setup.packed.folder }, setup);
			} finally {
				await n8n.stop();
			}
		} finally {
			await sandbox.stop();
		}
	},
};

async function measureAll(
	bench: Bench,
	{ rounds, onProgress }: Pick<TopicSetup, 'rounds' | 'onProgress'>,
): Promise<TopicTable> {
	const { folder } = bench.n8n;
	await makePictures(picturesOf(folder, 'same'), 1);
	await makePictures(picturesOf(folder, 'different'), projects);
	await makePictures(warmUpPictures(folder), 1);
	const contestants = Object.keys(titles) as Contestant[];
	for (const contestant of ['nodeInN8n', 'httpRequestInN8n'] as const) {
		const file = workflowFor[contestant](bench, warmUpPictures(folder), 'same', warmUpProjects);
		await bench.sandbox.set({ ids: [] });
		await bench.n8n.run(file);
	}
	const runs: Run[] = [];
	for (let round = 0; round < rounds; round++) {
		const first = round % contestants.length;
		const order = [...contestants.slice(first), ...contestants.slice(0, first)];
		for (const variety of Object.keys(varieties) as Variety[]) {
			for (const contestant of order) {
				onProgress(`  ${titles[contestant]}, ${varieties[variety]}, round ${round + 1}`);
				const outcome = await runOnce(bench, contestant, variety).catch((error: unknown) => ({
					error: error instanceof Error ? error.message : String(error),
				}));
				runs.push({ contestant, variety, ...outcome });
			}
		}
	}
	return tableOf(runs);
}

async function runOnce(
	bench: Bench,
	contestant: Contestant,
	variety: Variety,
): Promise<Pick<Run, 'figures' | 'error'>> {
	await bench.sandbox.set({ ids: [] });
	const { error, ...measured } = await run[contestant](bench, variety);
	return { figures: { ...measured, ...(await countRequests(bench.sandbox)) }, error };
}

function picturesOf(folder: string, variety: Variety): string {
	return join(folder, variety);
}

function warmUpPictures(folder: string): string {
	return join(folder, 'warm-up');
}

/** Nobody looks at the pictures, so they need not be any. */
async function makePictures(folder: string, count: number): Promise<void> {
	await mkdir(folder);
	for (let index = 0; index < count; index++) {
		await writeFile(join(folder, `${index}.png`), randomBytes(pictureSize));
	}
}

/** @returns what the sandbox saw of the last run */
async function countRequests(
	sandbox: SandboxProcess,
): Promise<Pick<Figures, 'uploads' | 'requests' | 'created' | 'createdTwice'>> {
	const requests = await sandbox.readRequests();
	const creations = requests.filter(({ url, status }) => url === generator && status === 200);
	const names = creations.map(({ body }) => String(Object(body).name));
	return {
		requests: requests.length,
		uploads: requests.filter(({ method }) => method === 'PUT').length,
		created: creations.length,
		createdTwice: creations.length - new Set(names).size,
	};
}

type Measured = Pick<Figures, 'milliseconds' | 'peakMemory'> & Pick<Run, 'error'>;

/** Runs a contestant once. */
const run: Record<Contestant, (bench: Bench, variety: Variety) => Promise<Measured>> = {
	node: async (bench, variety) => await runAlone(bench, 'node', variety),
	axios: async (bench, variety) => await runAlone(bench, 'axios', variety),
	nodeInN8n: async (bench, variety) => await runInN8n(bench, 'nodeInN8n', variety),
	httpRequestInN8n: async (bench, variety) => await runInN8n(bench, 'httpRequestInN8n', variety),
};

async function runAlone(
	{ sandbox, n8n, packageFolder }: Bench,
	contestant: BinariesContestant,
	variety: Variety,
): Promise<Measured> {
	const storage = await mkdtemp(join(tmpdir(), 'n8n-nodes-magic-hour-bench-'));
	const { url, apiKey } = sandbox;
	const setting: BinariesSetting = { contestant, url, apiKey, packageFolder };
	const group = startGroup(
		process.execPath,
		[
			...['--import', 'tsx', '--expose-gc', 'test/bench/binariesContestant.ts'],
			JSON.stringify(setting),
		],
		{
			cwd: repositoryFolder,
			env: {
				...process.env,
				N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
				N8N_BINARY_DATA_STORAGE_PATH: storage,
			},
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		},
	);
	const send = (task: BinariesTask) => void group.leader.send(task);
	try {
		send({ pictures: warmUpPictures(n8n.folder), projects: warmUpProjects });
		await nextReply(group, contestant);
		await sandbox.set({ ids: [] });
		send({ pictures: picturesOf(n8n.folder, variety), projects });
		const { measurement, error } = await nextReply<BinariesReply>(group, contestant);
		const { milliseconds, peakMemory } = measurement;
		return { milliseconds, peakMemory, error };
	} finally {
		await group.stop();
		await rm(storage, { recursive: true, force: true });
	}
}

async function runInN8n(
	bench: Bench,
	contestant: keyof typeof workflowFor,
	variety: Variety,
): Promise<Measured> {
	const { n8n } = bench;
	const pictures = picturesOf(n8n.folder, variety);
	const execution = await n8n.run(workflowFor[contestant](bench, pictures, variety, projects));
	const { from } = spanOf(execution, contestant === 'nodeInN8n' ? 'Create' : 'Get upload URL');
	return { milliseconds: spanOf(execution, 'Create').to - from };
}

/** The workflows that give so many projects their pictures. */
const workflowFor = {
	nodeInN8n: ({ n8n }: Bench, pictures: string, variety: Variety, count: number) => {
		const credentials = credentialReference(n8n.credential);
		const type = 'n8n-nodes-magic-hour.magicHour';
		const create = node('Create', type, 1, nodeParameters, { credentials });
		return pictureWorkflow(titles.nodeInN8n, pictures, variety, count, [create]);
	},
	httpRequestInN8n: ({ n8n, sandbox }: Bench, pictures: string, variety: Variety, count: number) =>
		pictureWorkflow(
			titles.httpRequestInN8n,
			pictures,
			variety,
			count,
			requestNodes(`${sandbox.url}/v1`, n8n.credential),
		),
};

/** A request for each item, and between them a node that brings the item's picture back. */
function requestNodes(api: string, credential: StoredCredential): WorkflowNode[] {
	const json = (jsonBody: string) => ({ sendBody: true, specifyBody: 'json', jsonBody });
	const picture = {
		id: 'picture',
		name: 'data',
		type: 'binary',
		value: "={{ $('Pictures').item.binary.data }}",
	};
	return [
		httpRequestNode(
			'Get upload URL',
			{
				method: 'POST',
				url: `${api}/files/upload-urls`,
				...json(JSON.stringify({ items: [pictureFormat] })),
			},
			credential,
		),
		node('Picture', 'n8n-nodes-base.set', 3.4, {
			assignments: { assignments: [picture] },
			includeOtherFields: true,
			options: {},
		}),
		httpRequestNode('Upload', {
			method: 'PUT',
			url: '={{ $json.items[0].upload_url }}',
			sendBody: true,
			contentType: 'binaryData',
			inputDataFieldName: 'data',
		}),
		httpRequestNode(
			'Create',
			{
				method: 'POST',
				url: `${api}${generator.replace('/v1', '')}`,
				...json(
					'={{ { name: String($itemIndex), assets: { image_file_path: $("Get upload URL").item.json.items[0].file_path } } }}',
				),
			},
			credential,
		),
	];
}

/** @param last what the items with the pictures go to */
function pictureWorkflow(
	name: string,
	pictures: string,
	variety: Variety,
	count: number,
	last: WorkflowNode[],
): WorkflowFile {
	const read = (readName: string) =>
		node(readName, 'n8n-nodes-base.readWriteFile', 1, {
			operation: 'read',
			fileSelector: join(pictures, '*.png'),
			options: { dataPropertyName: 'data' },
		});
	const numbers = Array.from({ length: count }, (_, index) => index);
	const nodes = {
		same: [
			read('Picture for all'),
			node('Numbers', 'n8n-nodes-base.set', 3.4, {
				mode: 'raw',
				jsonOutput: JSON.stringify({ numbers }),
				includeOtherFields: true,
				options: { stripBinary: false },
			}),
			node('Pictures', 'n8n-nodes-base.splitOut', 1, {
				fieldToSplitOut: 'numbers',
				options: { includeBinary: true },
			}),
		],
		different: [read('Pictures')],
	}[variety];
	const all = [manualTrigger(), ...nodes, ...last];
	return workflow(name, all, chain(...all.map((one) => one.name)));
}

function tableOf(runs: Run[]): TopicTable {
	const figuresOf: FiguresOf = (contestant, variety) =>
		runs
			.filter((one) => one.contestant === contestant && one.variety === variety)
			.flatMap(({ figures }) => figures ?? []);
	const columns: Array<
		[string, (figures: Figures) => number | undefined, (value: number) => string]
	> = [
		['Uploads', ({ uploads }) => uploads, String],
		[
			'Requests per project',
			({ requests, created }) => (created === 0 ? undefined : requests / created),
			(value) => value.toFixed(2),
		],
		['Created', ({ created }) => created, String],
		['Time, s', ({ milliseconds }) => milliseconds / 1000, (value) => value.toFixed(2)],
		[
			'Peak memory, MiB',
			({ peakMemory }) => peakMemory,
			(value) => (value / bytesPerMiB).toFixed(0),
		],
	];
	const rows = (Object.keys(varieties) as Variety[]).flatMap((variety) =>
		(Object.keys(titles) as Contestant[]).map((contestant) => [
			`1,000 projects of ${varieties[variety]}`,
			titles[contestant],
			...columns.map(([, read, write]) =>
				spread(
					spreadOf(
						figuresOf(contestant, variety)
							.map(read)
							.filter((value) => value !== undefined),
					),
					write,
				),
			),
		]),
	);
	const errors = runs.flatMap(({ contestant, variety, error }) =>
		error === undefined
			? []
			: [`Error: ${titles[contestant]}, ${varieties[variety]}: ${error.slice(0, 200)}`],
	);
	return {
		title: '1,000 generations with a file from n8n',
		notes: [
			'Remove Background makes 1,000 projects of pictures of 250,000 bytes, with Output set to Project ID Only. n8n keeps binary data in files. The axios script and the HTTP Request nodes (one for the upload URL, one for the upload, one for the project) do the same for each project. Peak memory is what the process grows by.',
			...new Set(errors),
		].join('\n\n'),
		headings: ['Case', 'Contestant', ...columns.map(([heading]) => heading)],
		rows,
		aims: aimsOf(figuresOf),
	};
}

type FiguresOf = (contestant: Contestant, variety: Variety) => Figures[];

/** Holds the worst round of the node, on the engine and in n8n, against what it aims at. */
function aimsOf(figuresOf: FiguresOf): AimResult[] {
	const ofNode = (variety: Variety) => [
		...figuresOf('node', variety),
		...figuresOf('nodeInN8n', variety),
	];
	const same = ofNode('same');
	const all = [...same, ...ofNode('different')];
	return [
		atMost(
			'1,000 generations with the same file: one upload',
			highest(same, ({ uploads }) => uploads),
			{
				limit: 1,
				words: String,
			},
		),
		atMost(
			'1,000 generations with the same file: at most 1.01 requests per project',
			highest(same, ({ requests, created }) => requests / created),
			{ limit: 1.01, words: (ratio) => ratio.toFixed(3) },
		),
		atMost(
			'1,000 generations with files: none lost, and none twice',
			highest(all, ({ created, createdTwice }) => Math.abs(projects - created) + createdTwice),
			{ limit: 0, words: String },
		),
	];
}

function highest(rounds: Figures[], read: (figures: Figures) => number): number | undefined {
	return rounds.length === 0 ? undefined : Math.max(...rounds.map(read));
}
