import {
	magicHour,
	makeAdditionalData,
	nodeTypesWith,
	runWorkflow,
	type WorkflowFile,
} from './engine';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IWebhookResponseData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { required } from '../required';

const triggerName = 'Magic Hour Trigger';

/** A server that does with a webhook what n8n does, with one workflow that begins with the trigger. */
export class WebhookServer {
	/** What the node is set to. */
	parameters: INodeParameters = {};

	/** Absent where the node has no credential. */
	credential: ICredentialDataDecryptedObject | undefined;

	/** Why n8n cannot read the credential, from now on. */
	credentialError: Error | undefined;

	/** `manual` while somebody listens for a test event in the editor. */
	mode: WorkflowExecuteMode = 'webhook';

	workflowId = 'workflow-of-a-test';

	/** What the database has: n8n reads it for each request, and writes it after one. */
	staticData = '{}';

	/** How often n8n fails, from now on, when it is to create an execution. */
	failuresToStart = 0;

	/** What n8n waits for, from now on, before it creates an execution. */
	ready: Promise<unknown> = Promise.resolve();

	/** How many events wait for that. */
	waiting = 0;

	/** How many senders have closed their connection before they had an answer. */
	hangUps = 0;

	/** The node type as it is loaded; another one stands for another process. */
	nodeType: INodeType = new MagicHourTrigger();

	private saves = 0;

	private readonly executions: Array<Promise<IRun>> = [];

	private readonly server = createServer((request, response) => {
		this.handle(request, response).catch((error: unknown) => {
			response.statusCode = 500;
			response.end(String(error));
		});
	});

	/** Starts it on a free port of 127.0.0.1. The caller closes it. */
	static async start(): Promise<WebhookServer> {
		const webhookServer = new WebhookServer();
		// It must not close a connection just when somebody uses it again.
		webhookServer.server.keepAliveTimeout = 0;
		webhookServer.server.listen(0, '127.0.0.1');
		await once(webhookServer.server, 'listening');
		return webhookServer;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook`;
	}

	/** Forgets what was, with a new workflow. */
	reset(credential: ICredentialDataDecryptedObject): void {
		this.parameters = {};
		this.credential = credential;
		this.mode = 'webhook';
		this.workflowId = `${this.workflowId}-next`;
		this.staticData = '{}';
		this.credentialError = undefined;
		this.failuresToStart = 0;
		this.ready = Promise.resolve();
		this.hangUps = 0;
		this.nodeType = new MagicHourTrigger();
		this.executions.length = 0;
	}

	/** @returns the executions that were started, in order, when they have ended */
	async ended(): Promise<IRun[]> {
		return await Promise.all(this.executions);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	/**
	 * Registers the webhook, as n8n does before it listens.
	 *
	 * @throws what the node throws
	 */
	async register(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const { workflow, trigger, additionalData, webhookData } = await this.load();
		const context = new HookContext(
			workflow,
			trigger,
			additionalData,
			this.mode,
			this.mode === 'manual' ? 'manual' : activation,
			webhookData,
		);
		const { checkExists, create } = required(this.nodeType.webhookMethods?.default, 'methods');
		if (!(await checkExists?.call(context))) await create?.call(context);
	}

	/**
	 * Starts an execution with what the trigger has given out, as n8n also does when it begins anew:
	 * with what waited for its turn before it ended.
	 */
	start({ workflowData }: IWebhookResponseData): void {
		this.executions.push(
			runWorkflow(this.file(), {
				credential: this.credential ?? {},
				startNode: triggerName,
				input: workflowData?.[0],
				mode: this.mode,
				triggerType: this.nodeType,
				workflowId: this.workflowId,
				executionId: `execution-${this.executions.length}`,
			}),
		);
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.once('close', () => {
			if (!response.writableEnded) this.hangUps++;
		});
		const rawBody = Buffer.concat(await request.toArray());
		const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
		if (isJson && rawBody.length > 0 && !isParsable(rawBody)) {
			answer(response, 422, { message: 'Failed to parse request body' });
			return;
		}
		Object.assign(request, { rawBody, body: {} });
		Object.assign(response, {
			status(code: number) {
				response.statusCode = code;
				return response;
			},
			json: (body: object) => answer(response, response.statusCode, body),
		});
		const { workflow, result, beginExecution } = await this.runWebhook(request, response);
		const starts = result.workflowData !== undefined;
		if (starts) {
			this.waiting++;
			await this.ready;
			this.waiting--;
		}
		if (starts && this.failuresToStart-- > 0) {
			answer(response, 500, { message: 'There was a problem executing the workflow' });
			return;
		}
		if (starts) {
			beginExecution();
			this.start(result);
		}
		const { noWebhookResponse, webhookResponse = { message: 'Workflow was started' } } = result;
		const { staticData } = workflow;
		if ((staticData as { __dataChanged?: boolean }).__dataChanged === true) {
			const saved = JSON.stringify(staticData);
			// What a database was asked to store later may be stored earlier.
			await sleep(10 * (5 - (this.saves++ % 5)));
			this.staticData = saved;
		}
		if (noWebhookResponse !== true) answer(response, 200, webhookResponse);
	}

	private async runWebhook(
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<{ workflow: Workflow; result: IWebhookResponseData; beginExecution: () => void }> {
		const { workflow, trigger, additionalData, webhookData, beginExecution } = await this.load();
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const context = new WebhookContext(
			workflow,
			trigger,
			additionalData,
			this.mode,
			webhookData,
			[],
			null,
		);
		const result = await this.nodeType.webhook?.call(context);
		return { workflow, result: result ?? {}, beginExecution };
	}

	/** @returns what n8n reads from its database before it calls the node */
	private async load() {
		const staticData = JSON.parse(this.staticData) as IDataObject;
		await turn();
		const file = this.file();
		const trigger = required(file.nodes[0], 'trigger');
		const makeWorkflow = () =>
			new Workflow({
				id: this.workflowId,
				...file,
				active: true,
				nodeTypes: nodeTypesWith(magicHour),
				staticData,
			});
		const workflow = makeWorkflow();
		// n8n 2 makes another one of the same data, which then counts as unchanged.
		const beginExecution = (): void => void makeWorkflow();
		const additionalData = makeAdditionalData(this.credential ?? {}, file);
		const { credentialError } = this;
		if (credentialError !== undefined) {
			additionalData.credentialsHelper.getDecrypted = async () =>
				await Promise.reject(credentialError);
		}
		const webhookDescription = required(this.nodeType.description.webhooks?.[0], 'webhook');
		const webhookData = {
			httpMethod: 'POST' as const,
			node: triggerName,
			path: '',
			webhookDescription,
			workflowId: this.workflowId,
			workflowExecuteAdditionalData: additionalData,
		};
		return { workflow, trigger, additionalData, webhookData, beginExecution };
	}

	private file(): WorkflowFile {
		const { credential, parameters } = this;
		const node = (name: string, type: string): INode => {
			return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
		};
		const trigger: INode = {
			...node(triggerName, 'n8n-nodes-magic-hour.magicHourTrigger'),
			parameters,
			...(credential === undefined
				? {}
				: { credentials: { magicHourApi: { id: 'credential', name: 'Magic Hour account' } } }),
		};
		return {
			nodes: [trigger, node('Next', 'n8n-nodes-base.noOp')],
			connections: { [triggerName]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		};
	}
}

function answer(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

function isParsable(text: Buffer): boolean {
	try {
		JSON.parse(text.toString());
		return true;
	} catch {
		return false;
	}
}
