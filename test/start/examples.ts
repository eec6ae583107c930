import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
	StoredCredential,
	N8nClient,
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

/** @returns the IDs of the image projects that the examples delete, by ID or by library link */
export function projectsOfExamples(examples: WorkflowFile[]): string[] {
	const ids = examples
		.flatMap(({ nodes }) => nodes)
		.flatMap(({ parameters }) => imageProjectsOf(parameters as { jsonOutput?: unknown }))
		.map(idOf)
		.filter((id) => id !== undefined)
		.filter((id) => id !== alreadyGone);
	return [...new Set(ids)];
}

/**
 * Stores the examples that n8n does not have yet, with the credential in our nodes.
 *
 * @returns what was stored
 */
export async function importExamples(
	n8n: N8nClient,
	examples: WorkflowFile[],
	{ id, name, type }: StoredCredential,
): Promise<Workflow[]> {
	const stored: Workflow[] = [];
	const present = await n8n.workflowNames();
	for (const example of examples) {
		if (present.includes(example.name)) continue;
		const nodes = example.nodes.map((node) => {
			if (!node.type.startsWith(ourNodes)) return node;
			return { ...node, credentials: { ...node.credentials, [type]: { id, name } } };
		});
		stored.push(await n8n.importWorkflow({ ...example, nodes }));
	}
	return stored;
}

/** @returns the Magic Hour Trigger of a workflow; undefined if it has none */
export function triggerOf({ nodes }: WorkflowFile): WorkflowNode | undefined {
	return nodes.find(({ type }) => type === `${ourNodes}magicHourTrigger`);
}

/** @returns the projects that an Edit Fields node lists, as `imageProjects` or in `rows` */
function imageProjectsOf({ jsonOutput }: { jsonOutput?: unknown }): string[] {
	if (typeof jsonOutput !== 'string' || jsonOutput.startsWith('=')) return [];
	const { imageProjects = [], rows = [] } = JSON.parse(jsonOutput) as {
		imageProjects?: string[];
		rows?: Array<{ imageProject: string }>;
	};
	return [...imageProjects, ...rows.map(({ imageProject }) => imageProject)];
}

/** @returns the ID of an image project; undefined for a link to something else */
function idOf(idOrLink: string): string | undefined {
	if (!URL.canParse(idOrLink)) return idOrLink;
	return new URL(idOrLink).searchParams.get('imageId') ?? undefined;
}
