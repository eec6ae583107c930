import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	chain,
	items as itemsOf,
	manualTrigger,
	node,
	credentialReference,
	workflow,
} from '../e2e/workflows';
import type { StoredCredential, WorkflowFile } from '../n8n/client';
import { runCommand } from '../n8n/processes';
import { defaultVersion } from '../n8n/versions';
import { required } from '../required';
import { percent, type AimResult } from './aims';
import { spanOf, startFilesServer, type FilesServer, type Span } from './filesServer';
import { spread } from './markdown';
import { httpRequestNode } from './n8nServer';
import { MemoryWatch } from './processMemory';
import { startSandboxProcess, type SandboxProcess } from './sandboxProcess';
import { spreadOf } from './statistics';
import type { Topic, TopicSetup, TopicTable } from './topic';

const idleTime = 3_000;
const fileSize = 1_000_000_000;
const warmUpSize = 2_000_000;
const bytesPerMB = 1_000_000;
const bytesPerMiB = 1024 * 1024;
const mostMemory = 100 * bytesPerMiB;

/** One way that a file goes, as it was measured. */
interface Transfer {
	/** Bytes in a second. */
	rate: number;
	/** The most bytes of memory that n8n had; undefined where n8n has no part in it, or unknown. */
	memory?: number;
}

/** One file, down from the sandbox and up to it again. */
interface Trip {
	down: Transfer;
	up: Transfer;
}

const titles = {
	node: `n8n ${defaultVersion}: this node`,
	httpRequest: `n8n ${defaultVersion}: HTTP Request node`,
	curl: 'curl',
} as const;

type Carrier = keyof typeof titles;

/** What all trips share. */
interface Bench {
	n8n: FilesServer;
	sandbox: SandboxProcess;
}

/** A file of 1 GB, down and up through a whole n8n, beside curl. */
export const files: Topic = {
	title: 'A file of 1 GB through n8n',
	measure: async (setup) => {
		const sandbox = await startSandboxProcess();
		try {
			const n8n = await startFilesServer(setup, sandbox);
			try {
				return await measureTrips({ n8n, sandbox }, setup);
			} finally {
				await n8n.stop();
			}
		} finally {
			await sandbox.stop();
		}
	},
};

async function measureTrips(
	bench: Bench,
	{ rounds, onProgress }: Pick<TopicSetup, 'rounds' | 'onProgress'>,
): Promise<TopicTable> {
	const inTurns: Carrier[] = (await hasCurl(bench)) ? ['node', 'curl'] : ['node'];
	const carriers: Carrier[] = [...inTurns, 'httpRequest'];
	for (const carrier of carriers) await carry[carrier](bench, warmUpSize);
	const watch = new MemoryWatch(bench.n8n.processIds);
	await sleep(idleTime);
	await watch.stop();

	const trips: Record<Carrier, Trip[]> = { node: [], httpRequest: [], curl: [] };
	const carryOnce = async (carrier: Carrier, round: number) => {
		onProgress(`  ${titles[carrier]}, round ${round + 1}`);
		trips[carrier].push(await carry[carrier](bench, fileSize));
	};
	for (let round = 0; round < rounds; round++) {
		const order = round % 2 === 0 ? inTurns : inTurns.toReversed();
		for (const carrier of order) await carryOnce(carrier, round);
	}
	// It comes last: what it has taken of memory may not all be given back for the next.
	for (let round = 0; round < rounds; round++) await carryOnce('httpRequest', round);
	return tableOf(trips, watch.peak());
}

/** Takes a file of a size down and up again. */
const carry: Record<Carrier, (bench: Bench, size: number) => Promise<Trip>> = {
	node: async (bench, size) => await carryByN8n(bench, size, nodeWorkflow),
	httpRequest: async (bench, size) => await carryByN8n(bench, size, httpRequestWorkflow),
	curl: carryByCurl,
};

async function carryByN8n(
	{ n8n, sandbox }: Bench,
	size: number,
	makeWorkflow: (id: string, credential: StoredCredential, url: string) => WorkflowFile,
): Promise<Trip> {
	const id = await sandbox.setProject('video', size);
	const watch = new MemoryWatch(n8n.processIds);
	const execution = await n8n
		.run(makeWorkflow(id, n8n.credential, sandbox.url))
		.finally(async () => await watch.stop());
	await requireUpload(sandbox, size);
	const transfer = (span: Span): Transfer => ({
		rate: size / ((span.to - span.from) / 1000),
		memory: watch.peak(span),
	});
	return {
		down: transfer(spanOf(execution, 'Download')),
		up: transfer(spanOf(execution, 'Upload')),
	};
}

function nodeWorkflow(id: string, credential: StoredCredential): WorkflowFile {
	const magicHour = (name: string, parameters: object) =>
		node(name, 'n8n-nodes-magic-hour.magicHour', 1, parameters, {
			credentials: credentialReference(credential),
		});
	return workflow(
		titles.node,
		[
			manualTrigger(),
			...itemsOf([{ project: id }]),
			magicHour('Download', {
				resource: 'videoProject',
				operation: 'download',
				id: '={{ $json.project }}',
				binaryPropertyName: 'data',
				options: {},
			}),
			magicHour('Upload', {
				resource: 'file',
				operation: 'upload',
				inputDataFieldName: 'data',
				options: {},
			}),
		],
		chain('Start', 'Objects', 'Items', 'Download', 'Upload'),
	);
}

/** The requests for the addresses come first, so that Upload has the file that Download has got. */
function httpRequestWorkflow(id: string, credential: StoredCredential, url: string): WorkflowFile {
	const api = `${url}/v1`;
	return workflow(
		titles.httpRequest,
		[
			manualTrigger(),
			httpRequestNode(
				'Get upload URL',
				{
					method: 'POST',
					url: `${api}/files/upload-urls`,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: uploadUrlBody,
				},
				credential,
			),
			httpRequestNode('Get project', { method: 'GET', url: projectUrl(api, id) }, credential),
			httpRequestNode('Download', {
				method: 'GET',
				url: '={{ $json.downloads[0].url }}',
				options: { response: { response: { responseFormat: 'file' } } },
			}),
			httpRequestNode('Upload', {
				method: 'PUT',
				url: "={{ $('Get upload URL').first().json.items[0].upload_url }}",
				sendBody: true,
				contentType: 'binaryData',
				inputDataFieldName: 'data',
			}),
		],
		chain('Start', 'Get upload URL', 'Get project', 'Download', 'Upload'),
	);
}

const uploadUrlBody = JSON.stringify({ items: [{ type: 'video', extension: 'mp4' }] });

function projectUrl(api: string, id: string): string {
	return `${api}/video-projects/${encodeURIComponent(id)}`;
}

/** Downloads to the disk that n8n keeps its files on, and uploads from there. */
async function carryByCurl(bench: Bench, size: number): Promise<Trip> {
	const { n8n, sandbox } = bench;
	const api = `${sandbox.url}/v1`;
	const project = await askApi<{ downloads: Address[] }>(
		sandbox,
		projectUrl(api, await sandbox.setProject('video', size)),
	);
	const { items } = await askApi<{ items: Address[] }>(
		sandbox,
		`${api}/files/upload-urls`,
		uploadUrlBody,
	);
	const file = join(n8n.folder, 'file.mp4');
	const [download, upload] = [project.downloads[0]?.url, items[0]?.upload_url];
	const down = await runCurl(bench, ['--output', file, required(download, 'URL to download from')]);
	if ((await stat(file)).size !== size) throw new Error('curl has not got the whole file');
	const up = await runCurl(bench, ['--upload-file', file, required(upload, 'URL to upload to')]);
	await rm(file);
	await requireUpload(sandbox, size);
	return { down: { rate: size / down }, up: { rate: size / up } };
}

interface Address {
	url?: string;
	upload_url?: string;
}

async function askApi<Answer>(
	{ apiKey }: SandboxProcess,
	url: string,
	body?: string,
): Promise<Answer> {
	const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
	const method = body === undefined ? 'GET' : 'POST';
	const response = await fetch(url, { method, headers, body });
	if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`);
	return (await response.json()) as Answer;
}

/** @returns seconds that the transfer took */
async function runCurl({ n8n: { folder } }: Bench, parameters: string[]): Promise<number> {
	const flags = ['--silent', '--show-error', '--fail', '--proxy', ''];
	const output = await runCommand(
		'curl',
		[...flags, '--write-out', '%{time_total}', ...parameters],
		{ folder, logFile: join(folder, 'curl.log'), title: 'curl' },
	);
	return Number(output);
}

async function hasCurl({ n8n: { folder } }: Bench): Promise<boolean> {
	const options = { folder, logFile: join(folder, 'curl.log'), title: 'curl' };
	return await runCommand('curl', ['--version'], options).then(
		() => true,
		() => false,
	);
}

/** @throws if the sandbox has not taken one file of this size */
async function requireUpload(sandbox: SandboxProcess, size: number): Promise<void> {
	const uploads = (await sandbox.readRequests()).filter(({ method }) => method === 'PUT');
	const sizes = uploads.map(({ headers, status }) =>
		status === 200 ? Number(headers['content-length']) : 0,
	);
	if (sizes.length === 1 && sizes[0] === size) return;
	throw new Error(`Uploaded were ${sizes.join(', ')} bytes instead of ${size}`);
}

function tableOf(trips: Record<Carrier, Trip[]>, idle: number | undefined): TopicTable {
	const figure = (of: Carrier, read: (trip: Trip) => number | undefined) =>
		spreadOf(trips[of].map(read).filter((value) => value !== undefined));
	const cellsOf = (of: Carrier, way: keyof Trip) => {
		const rate = figure(of, (trip) => trip[way].rate);
		const curl = figure('curl', (trip) => trip[way].rate);
		return [
			spread(rate, (value) => (value / bytesPerMB).toFixed(0)),
			rate === undefined || curl === undefined ? '–' : percent(rate.median / curl.median),
			spread(
				figure(of, (trip) => trip[way].memory),
				inMiB,
			),
		];
	};
	const idleMemory = idle === undefined ? '–' : inMiB(idle);
	return {
		title: 'A file of 1 GB through n8n',
		notes: [
			'A file of 1 GB (1,000,000,000 bytes) of a video project is downloaded, and then uploaded. n8n keeps binary data in files (`N8N_DEFAULT_BINARY_DATA_MODE=filesystem`), and curl writes to and reads from the same disk. A MB/s is 1,000,000 bytes in a second of the time that n8n shows for the node, or curl for its transfer. Memory is the most that n8n and the processes that it has started have at a time.',
			...(trips.curl.length === 0 ? ['curl is not installed here, so it was not measured.'] : []),
		].join(' '),
		headings: [
			'Contestant',
			'Download, MB/s',
			"Of curl's",
			'Memory, MiB',
			'Upload, MB/s',
			"Of curl's",
			'Memory, MiB',
		],
		rows: [
			...(Object.keys(titles) as Carrier[]).map((of) => [
				titles[of],
				...cellsOf(of, 'down'),
				...cellsOf(of, 'up'),
			]),
			[`n8n ${defaultVersion} doing nothing`, '–', '–', idleMemory, '–', '–', idleMemory],
		],
		aims: [memoryAim(trips.node, idle)],
	};
}

function inMiB(bytes: number): string {
	return (bytes / bytesPerMiB).toFixed(0);
}

/** Holds the worst round against what n8n has when it does nothing. */
function memoryAim(trips: Trip[], idle: number | undefined): AimResult {
	const aim = 'A file of 1 GB, down and up: at most 100 MiB more memory than n8n doing nothing';
	const peaks = trips
		.flatMap(({ down, up }) => [down.memory, up.memory])
		.filter((memory) => memory !== undefined);
	if (peaks.length === 0 || idle === undefined) return { aim, measured: 'not measured' };
	const growth = Math.max(...peaks) - idle;
	return { aim, measured: `${inMiB(growth)} MiB more`, isMet: growth <= mostMemory };
}
