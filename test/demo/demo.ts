import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import axios from 'axios';
import type { INodeExecutionData } from 'n8n-workflow';
import { confirm, readAccount, type Account } from '../account';
import { runWorkflow, type WorkflowFile } from '../engine/engine';
import { startSandbox } from '../sandbox/sandbox';

const exampleFile = 'examples/delete-image-projects.json';
const lifecycleFile = 'examples/deliver-and-delete-projects.json';
const nodeBefore = 'Split into items';
const downloadName = 'Download image project';
const nodeName = 'Delete image project';

async function main(): Promise<void> {
	const { positionals, values } = parseArgs({
		allowPositionals: true,
		options: { yes: { type: 'boolean', default: false } },
	});
	const account = readAccount(process.env);
	if (positionals.length === 0) return await deleteInSandbox();
	if (account === undefined) {
		throw new Error(
			'Set MAGIC_HOUR_API_KEY to delete image projects in your account, or run the demo without IDs.',
		);
	}
	if (!values.yes && !(await confirmDeletion(positionals, account))) {
		console.log('\nNothing was deleted.');
		return;
	}
	const failures = await runExample(account, positionals);
	if (failures > 0) process.exitCode = 1;
}

async function deleteInSandbox(): Promise<void> {
	const sandbox = await startSandbox();
	try {
		const api = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
		await runLifecycle(api, [await createImageProject(api), await createImageProject(api)]);

		const poster = await createImageProject(api);
		const portrait = await createImageProject(api);
		const gone = await createImageProject(api);
		sandbox.projects.delete(gone);
		console.log(
			`\nThe mock server at ${sandbox.url} has the image projects ${sandbox.projects.ids().join(', ')}.`,
		);
		await runExample(api, [
			poster,
			`https://magichour.ai/my-library?imageId=${portrait}`,
			gone,
			'https://magichour.ai/my-library?videoId=waves-on-the-beach',
		]);
		console.log(`\nImage projects left on the mock server: ${sandbox.projects.ids().length}.`);
	} finally {
		await sandbox.close();
	}
}

/** Runs the example that waits for projects, delivers their files, and deletes them. */
async function runLifecycle(api: Account, ids: string[]): Promise<void> {
	for (const id of ids) console.log(`Created       ${id}`);
	const run = await runWorkflow(withCredential(readExample(lifecycleFile)), {
		credential: { ...api },
		startNode: nodeBefore,
		pinned: { [nodeBefore]: ids.map((imageProject) => ({ json: { imageProject } })) },
	});
	console.log(`Ran ${lifecycleFile} on n8n's engine: ${run.status}.\n`);
	if (run.data.resultData.error) throw run.data.resultData.error;

	const outputOf = (name: string) =>
		run.data.resultData.runData[name]?.at(-1)?.data?.main?.[0] ?? [];
	for (const { json, binary } of outputOf(downloadName)) {
		console.log(`Completed     ${json.id}: ${json.status}, ${json.credits_charged} credits`);
		console.log(`Downloaded    ${json.id}: ${binary?.data?.fileName}, ${binary?.data?.fileSize}`);
	}
	for (const item of outputOf(nodeName)) console.log(`${describeOutcome(item)}  ${item.json.id}`);
}

/** @returns the ID of a new image project */
async function createImageProject({ apiKey, baseUrl }: Account): Promise<string> {
	const { data } = await axios.post<{ id: string }>(
		`${baseUrl}/v1/ai-image-generator`,
		{ image_count: 1, style: { prompt: 'A lighthouse at dusk' } },
		{ headers: { Authorization: `Bearer ${apiKey}` } },
	);
	return data.id;
}

async function confirmDeletion(ids: string[], { baseUrl }: Account): Promise<boolean> {
	console.log(`These projects will be deleted permanently from ${baseUrl}:`);
	for (const id of ids) console.log(`  ${id}`);
	const { stdin: input, stdout: output } = process;
	return await confirm(`You can't undo this. Type "yes" to continue: `, { input, output });
}

/**
 * Runs the example workflow on n8n's engine, and prints the result for each project.
 *
 * @param idsOrLinks IDs or library URLs
 * @returns how many were not deleted
 */
async function runExample(api: Account, idsOrLinks: string[]): Promise<number> {
	const run = await runWorkflow(withCredential(readExample(exampleFile)), {
		credential: { ...api },
		startNode: nodeBefore,
		pinned: { [nodeBefore]: idsOrLinks.map((imageProject) => ({ json: { imageProject } })) },
	});
	console.log(`Ran ${exampleFile} on n8n's engine: ${run.status}.\n`);
	if (run.data.resultData.error) throw run.data.resultData.error;

	const taskData = run.data.resultData.runData[nodeName]?.at(-1);
	const items = (taskData?.data?.main ?? []).flatMap((output) => output ?? []);
	items.sort((first, second) => inputIndexOf(first) - inputIndexOf(second));
	for (const item of items) {
		console.log(`${describeOutcome(item)}  ${idsOrLinks[inputIndexOf(item)]}`);
		if (item.json.message !== undefined)
			console.log(`${' '.repeat(14)}${String(item.json.message)}`);
	}
	return items.filter((item) => item.json.error !== undefined).length;
}

function readExample(path: string): WorkflowFile {
	return JSON.parse(readFileSync(join(__dirname, '../..', path), 'utf8')) as WorkflowFile;
}

function withCredential(file: WorkflowFile): WorkflowFile {
	const credentials = { magicHourApi: { id: 'demo', name: 'Magic Hour account' } };
	const nodes = file.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-magic-hour.') ? { ...node, credentials } : node,
	);
	return { ...file, nodes };
}

function describeOutcome({ json }: INodeExecutionData): string {
	if (json.error !== undefined) return 'Not deleted ';
	return json.alreadyDeleted === true ? 'Already gone' : 'Deleted     ';
}

function inputIndexOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
