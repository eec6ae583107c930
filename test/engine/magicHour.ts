import type {
	ExecutionError,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
} from 'n8n-workflow';
import type { Sandbox } from '../sandbox/sandbox';
import { runWorkflow, type WorkflowFile } from './engine';

/** How the Magic Hour node of a test is set. */
export interface NodeSettings {
	/** The ID parameter; an expression unless said otherwise. */
	id?: INodeParameters[string];
	/** The operation's parameters, beside its options. */
	parameters?: INodeParameters;
	options?: INodeParameters;
	requestOptions?: INodeParameters;
	onError?: INode['onError'];
	retryOnFail?: boolean;
	maxTries?: number;
	executeOnce?: boolean;
	credential?: ICredentialDataDecryptedObject;
	onStart?: (cancel: () => void) => void;
	bare?: boolean;
	/** Runs the node without another one before it, as "Execute step" does where there is none. */
	startsAlone?: boolean;
	credentials?: INode['credentials'];
	/** The node's type, where it is an agent's tool. */
	type?: string;
	/** A node type from `asLoaded()`, to be run in the place of the Magic Hour node. */
	nodeType?: INodeType;
	/** An execution that failed, of which this one is the retry; its input is that one's. */
	retryOf?: NodeResult;
	/** What is set for the workflow as a whole, beside the order of its execution. */
	workflowSettings?: IDataObject;
}

/** What came of a run of the Magic Hour node. */
export interface NodeResult {
	status: string;
	/** JSON of the items of the first output. */
	json: IDataObject[];
	/** The items of the first output. */
	items: INodeExecutionData[];
	/** The items of the error output. */
	errorItems: INodeExecutionData[];
	/** The error that stopped the workflow. */
	error?: ExecutionError & { httpCode?: string | null };
	/** All that n8n stores of the execution. */
	run: IRun;
	/** The same as text. */
	record: string;
}

/**
 * Deletes image projects with the Magic Hour node, on n8n's engine.
 *
 * @param sandbox gives the credential, unless the settings do
 */
export async function deleteImageProjects(
	sandbox: Sandbox,
	input: IDataObject[],
	{ id = '={{ $json.id }}', ...settings }: NodeSettings = {},
): Promise<NodeResult> {
	return await runMagicHour(sandbox, 'imageProject', 'delete', toItems(input), {
		...settings,
		parameters: { id, ...settings.parameters } as INodeParameters,
	});
}

/** @returns input items with this JSON */
export function toItems(input: IDataObject[]): INodeExecutionData[] {
	return input.map((json) => ({ json }));
}

/**
 * Runs the Magic Hour node on n8n's engine, with the given items as its input.
 *
 * @param sandbox gives the credential, unless the settings do
 */
export async function runMagicHour(
	sandbox: Pick<Sandbox, 'apiKey' | 'url'>,
	resource: string,
	operation: string,
	input: INodeExecutionData[],
	settings: Omit<NodeSettings, 'id'> = {},
): Promise<NodeResult> {
	const {
		parameters,
		options = {},
		requestOptions,
		credential = { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
		onStart,
		bare,
		nodeType,
		startsAlone = false,
		retryOf,
		workflowSettings,
		...nodeSettings
	} = settings;
	const node: INode = {
		id: 'node-of-a-test',
		name: 'Magic Hour',
		type: 'n8n-nodes-magic-hour.magicHour',
		typeVersion: 1,
		position: [200, 0],
		parameters: {
			resource,
			operation,
			...parameters,
			options,
			...(requestOptions === undefined ? {} : { requestOptions }),
		},
		credentials: { magicHourApi: { id: 'credential-of-a-test', name: 'Magic Hour account' } },
		waitBetweenTries: 1,
		...nodeSettings,
	};
	const workflow: WorkflowFile = {
		nodes: [
			{
				id: 'trigger-of-a-test',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			node,
		],
		connections: { Start: { main: [[{ node: 'Magic Hour', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', ...workflowSettings },
	};
	const run = await runWorkflow(workflow, {
		credential,
		startNode: startsAlone ? 'Magic Hour' : 'Start',
		pinned: { Start: input },
		input: startsAlone ? input : undefined,
		onStart,
		bare,
		nodeType,
		retryOf: retryOf?.run,
	});
	const taskData = run.data.resultData.runData['Magic Hour']?.at(-1);
	const [items, errorItems] = taskData?.data?.main ?? [];
	return {
		status: run.status,
		json: (items ?? []).map((item) => item.json),
		items: items ?? [],
		errorItems: errorItems ?? [],
		error: run.data.resultData.error,
		run,
		record: JSON.stringify(run),
	};
}

/** @returns each request that arrived, as `DELETE /v1/…` */
export function requestLines(sandbox: Sandbox): string[] {
	return sandbox.requests.map(({ method, url }) => `${method} ${url}`);
}

/** @returns input items with these IDs */
export function withIds(...ids: unknown[]): IDataObject[] {
	return ids.map((id) => ({ id }) as IDataObject);
}

/** @returns so many new image projects' IDs */
export function createMany(sandbox: Sandbox, count: number): string[] {
	return Array.from({ length: count }, () => sandbox.projects.create());
}
