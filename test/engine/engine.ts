import './environment.js';
import 'reflect-metadata';
import {
	DirectoryLoader,
	type ExecuteContext,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { CredentialsHelper } from './credentials';

export interface WorkflowFile {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
}

export interface EngineOptions {
	/** Data of the Magic Hour credential. */
	credential: ICredentialDataDecryptedObject;
	/** Output of nodes that are not run, by node name: n8n's pinned data. */
	pinned?: Record<string, INodeExecutionData[]>;
	/** Name of the node to begin with. */
	startNode: string;
	/** What that node begins with; one empty item, unless said otherwise. */
	input?: INodeExecutionData[];
	/** A node type from `asLoaded()`, to be run in the place of the Magic Hour node. */
	nodeType?: INodeType;
	/** The trigger's type as another process has it. */
	triggerType?: INodeType;
	/** n8n's record of an execution that failed, of which this one is the retry. */
	retryOf?: IRun;
	/** How n8n has come to run the workflow; by hand, unless said otherwise. */
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	executionId?: string;
	/** Runs the node without the `execute` that the n8n server gives to a declarative node. */
	bare?: boolean;
	/** Is called when the execution has begun, with a function that stops it as a user would. */
	onStart?: (cancel: () => void) => void;
}

/**
 * Runs a workflow in this process on n8n's own engine, n8n-core, as the n8n server would.
 * Only the Magic Hour nodes are run; the nodes before it are pinned, those after it pass items on.
 *
 * @returns n8n's record of the execution
 */
export async function runWorkflow(file: WorkflowFile, options: EngineOptions): Promise<IRun> {
	const workflow = new Workflow({
		id: options.workflowId ?? 'workflow-of-a-test',
		name: file.name ?? 'Workflow of a test',
		nodes: file.nodes,
		connections: file.connections,
		active: false,
		nodeTypes: nodeTypesWith(
			options.nodeType ?? (options.bare === true ? bareMagicHour : magicHour),
			options.triggerType,
		),
		settings: file.settings ?? { executionOrder: 'v1' },
	});
	const additionalData = makeAdditionalData(options.credential, file, options.executionId);
	const runExecutionData = options.retryOf
		? dataOfRetry(options.retryOf, workflow)
		: createRunExecutionData({
				startData: {},
				resultData: { pinData: options.pinned ?? {} },
				executionData: {
					nodeExecutionStack: [
						{
							node: workflow.getNode(options.startNode) ?? missing(options.startNode),
							data: { main: [options.input ?? [{ json: {} }]] },
							source: null,
						},
					],
				},
			});
	const execution = new WorkflowExecute(
		additionalData,
		options.retryOf === undefined ? (options.mode ?? 'manual') : 'retry',
		runExecutionData,
	).processRunExecutionData(workflow);
	options.onStart?.(() => execution.cancel());
	return await execution;
}

/**
 * What the n8n server makes of a stored execution before it runs that again, from the node that failed
 * on: Retry with currently saved workflow.
 */
function dataOfRetry(run: IRun, workflow: Workflow): IRunExecutionData {
	const data = JSON.parse(JSON.stringify(run.data)) as IRunExecutionData;
	const { resultData, executionData } = data;
	delete resultData.error;
	const runs = resultData.runData[resultData.lastNodeExecuted ?? ''];
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	for (const entry of executionData?.nodeExecutionStack ?? []) {
		entry.node = workflow.getNode(entry.node.name) ?? missing(entry.node.name);
	}
	return data;
}

const magicHourTrigger = new MagicHourTrigger();
const bareMagicHour = loadDeclarative(new MagicHour());
/** The Magic Hour node, as the n8n server has it. */
export const magicHour = asLoaded(new MagicHour());

/** Makes of a declarative node type, once, what the n8n server makes of it before it is run. */
export function asLoaded(nodeType: INodeType): INodeType {
	return giveExecute(loadDeclarative(nodeType));
}

/** What the n8n server does to a declarative node when it hands it to the engine. */
function giveExecute(nodeType: INodeType): INodeType {
	nodeType.execute = async function () {
		return (await new RoutingNode(this as unknown as ExecuteContext, nodeType).runNode()) ?? [];
	};
	return nodeType;
}

/** Every other node is one that n8n need not run for our sake: it hands its items on. */
function passOn(name: string): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: [1, 2, 3, 3.4],
			description: '',
			defaults: {},
			inputs: name.endsWith('Trigger') ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [this.getInputData()];
		},
	};
}

/** The node types of a workflow, of which ours are real. */
export function nodeTypesWith(
	magicHourNode: INodeType,
	triggerType: INodeType = magicHourTrigger,
): INodeTypes {
	const ours: Record<string, INodeType> = {
		'n8n-nodes-magic-hour.magicHour': magicHourNode,
		'n8n-nodes-magic-hour.magicHourTool': magicHourNode,
		'n8n-nodes-magic-hour.magicHourTrigger': triggerType,
	};
	const find = (name: string) => ours[name] ?? passOn(name);
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

/** What n8n does to a declarative node when it loads it: it adds the Request Options. */
function loadDeclarative(nodeType: INodeType): INodeType {
	DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	return nodeType;
}

/**
 * Makes what the n8n server hands to its engine beside the workflow.
 *
 * @param credential data of the one credential that there is
 */
export function makeAdditionalData(
	credential: ICredentialDataDecryptedObject,
	file: WorkflowFile,
	executionId = 'execution-of-a-test',
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1/';
	const workflowData: IWorkflowBase = {
		id: 'workflow-of-a-test',
		name: file.name ?? 'Workflow of a test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: file.nodes,
		connections: file.connections,
	};
	return {
		externalSecretsProxy: new ExternalSecretsProxy(),
		credentialsHelper: new CredentialsHelper(credential),
		hooks: new ExecutionLifecycleHooks('manual', executionId, workflowData),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
		logAiEvent: () => undefined,
		executeWorkflow: async () => await Promise.reject(new Error('No sub-workflows here')),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: async () => await Promise.reject(new Error('No task runner here')),
	};
}

function missing(nodeName: string): never {
	throw new Error(`The workflow has no node "${nodeName}"`);
}
