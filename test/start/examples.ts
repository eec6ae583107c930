import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
	N8nClient,
	StoredCredential,
	Workflow,
	WorkflowFile,
	WorkflowNode,
} from '../n8n/client';
import { repositoryFolder } from '../n8n/folders';

const ourNodes = 'n8n-nodes-magic-hour.';

/** The examples name one project that is not there, to show what the node makes of it. */
const alreadyGone = 'project-that-is-already-gone';

/** @returns the workflows of the folder examples/, in the order of their files' names */
export async function readExamples(): Promise<WorkflowFile[]> {
	const folder = join(repositoryFolder, 'examples');
	const fileNames = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(
		fileNames.map(async (name) => {
			return JSON.parse(await readFile(join(folder, name), 'utf8')) as WorkflowFile;
		}),
	);
}

/** @returns the IDs of the image projects that the examples want to be there, each once */
export function projectsOfExamples(examples: WorkflowFile[]): string[] {
	const listed = examples
		.flatMap(({ nodes }) => nodes)
		.flatMap(({ parameters }) => imageProjectsOf(parameters as { jsonOutput?: unknown }));
	const mentioned = examples.flatMap((example) => {
		return /image project ([\w-]+)/.exec(requestOf(example) ?? '')?.[1] ?? [];
	});
	const ids = [...listed.map(idOf), ...mentioned].filter((id) => id !== undefined);
	return [...new Set(ids.filter((id) => id !== alreadyGone))];
}

/** @returns what a note of an example proposes to say to its agent, between quotation marks */
export function requestOf({ nodes }: WorkflowFile): string | undefined {
	return nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => /Say, .*\n“(.*)”/.exec((parameters as { content: string }).content))
		.find((found) => found !== null)?.[1];
}

/**
 * Stores the examples that n8n does not have yet, with the credentials that their nodes need.
 *
 * @param credentials at most one of each type
 * @returns what was stored
 */
export async function importExamples(
	n8n: N8nClient,
	examples: WorkflowFile[],
	credentials: StoredCredential[],
): Promise<Workflow[]> {
	const stored: Workflow[] = [];
	const present = (await n8n.workflows()).map(({ name }) => name);
	for (const example of examples) {
		if (present.includes(example.name)) continue;
		const nodes = example.nodes.map((node) => {
			const credential = credentials.find(({ type }) => type === credentialTypeOf(node));
			if (credential === undefined) return node;
			const { id, name, type } = credential;
			return { ...node, credentials: { ...node.credentials, [type]: { id, name } } };
		});
		stored.push(await n8n.importWorkflow({ ...example, nodes }));
	}
	return stored;
}

/** @returns an example whose Wait nodes wait for so many seconds, for those who cannot wait so long */
export function withWaitsOf<File extends WorkflowFile>(seconds: number, example: File): File {
	const nodes = example.nodes.map((node) => {
		if (node.type !== 'n8n-nodes-base.wait') return node;
		return { ...node, parameters: { ...node.parameters, amount: seconds } };
	});
	return { ...example, nodes };
}

/**
 * Unpublishes every workflow that begins with the trigger of an example, by whatever name: an earlier
 * import of it may still delete each image that completes.
 */
export async function unpublishExamples(n8n: N8nClient, examples: WorkflowFile[]): Promise<void> {
	const webhookIds = examples.map(triggerOf).flatMap((trigger) => trigger?.webhookId ?? []);
	for (const summary of await n8n.workflows()) {
		if (!summary.active) continue;
		const workflow = await n8n.workflow(summary);
		if (webhookIds.includes(triggerOf(workflow)?.webhookId ?? '')) await n8n.unpublish(workflow);
	}
}

/** @returns the Magic Hour Trigger of a workflow; undefined if it has none */
export function triggerOf({ nodes }: WorkflowFile): WorkflowNode | undefined {
	return nodes.find(({ type }) => type === `${ourNodes}magicHourTrigger`);
}

function credentialTypeOf({ type }: WorkflowNode): string | undefined {
	if (type.startsWith(ourNodes)) return 'magicHourApi';
	return type === '@n8n/n8n-nodes-langchain.lmChatOpenAi' ? 'openAiApi' : undefined;
}

/** @returns the projects that an Edit Fields node lists, as `imageProjects` or in `rows` */
function imageProjectsOf({ jsonOutput }: { jsonOutput?: unknown }): string[] {
	if (typeof jsonOutput !== 'string' || jsonOutput.startsWith('=')) return [];
	const { imageProjects = [], rows = [] } = JSON.parse(jsonOutput) as {
		imageProjects?: string[];
		rows?: Array<{ imageProject?: string }>;
	};
	return [...imageProjects, ...rows.flatMap(({ imageProject }) => imageProject ?? [])];
}

/** @returns the ID of an image project; undefined for a link to something else */
function idOf(idOrLink: string): string | undefined {
	if (!URL.canParse(idOrLink)) return idOrLink;
	return new URL(idOrLink).searchParams.get('imageId') ?? undefined;
}
