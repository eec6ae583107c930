import { setTimeout as sleep } from 'node:timers/promises';
import { fetchWhenReady } from './fetchWhenReady';
import { unflatten } from './flatted';
import { isBefore, majorVersion } from './versions';

/** The person whom a local n8n belongs to. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: object;
	credentials?: Record<string, { id: string; name: string }>;
	webhookId?: string;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	executeOnce?: boolean;
}

/** A workflow as in a file that n8n exports. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: object;
	settings?: object;
	pinData?: object;
}

/** A workflow that n8n has stored. */
export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

/** An entry of n8n's list of workflows. */
export type WorkflowSummary = Pick<Workflow, 'id' | 'name' | 'active'>;

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

export interface CredentialData {
	name: string;
	type: string;
	data: Record<string, string | boolean>;
}

/** One item of a node's output. */
export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, { fileName?: string; mimeType: string }>;
	pairedItem?: unknown;
}

/** An error as n8n stores it with an execution. */
export interface StoredError {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
}

/** One run of one node. */
export interface NodeRun {
	executionStatus: string;
	error?: StoredError;
	data?: Record<string, Array<Item[] | null>>;
}

export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'waiting'
	| 'success'
	| 'error'
	| 'canceled'
	| 'crashed'
	| 'unknown';

/** What n8n 2 tells of the triggers of a workflow that it publishes. */
interface PublicationStatus {
	status: string;
	triggers: Array<{ errorMessage?: string | null }>;
}

/** An execution, with all that n8n has stored of it. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	workflowId: string;
	/** The workflow as it was then. */
	workflowData: Pick<WorkflowFile, 'name'>;
	/** What the list of executions shows as highlighted data. */
	customData?: Record<string, string>;
	data: {
		/** What proves to n8n that a chat is the one of this execution. */
		resumeToken?: string;
		executionData?: { contextData: Record<string, unknown> };
		resultData: {
			runData: Record<string, NodeRun[]>;
			lastNodeExecuted?: string;
			error?: StoredError;
		};
	};
}

/** @returns the items of a node's first output, in its first run; none where it was not run */
export function outputItems({ data }: Execution, nodeName: string): Item[] {
	return data.resultData.runData[nodeName]?.[0]?.data?.main?.[0] ?? [];
}

/** An entry of n8n's list of executions. */
export interface ExecutionSummary {
	id: string;
	status: ExecutionStatus;
	workflowId: string;
	/** While it waits for its turn, there is none. */
	startedAt?: string | null;
}

export interface NodeTypeSummary {
	name: string;
	displayName: string;
	description: string;
	version: number;
}

export interface CommunityPackage {
	packageName: string;
	installedVersion: string;
	authorName: string;
	failedLoading?: boolean;
	installedNodes: Array<{ name: string; type: string; latestVersion: number }>;
}

type Method = 'GET' | 'POST' | 'PATCH';

const unfinished: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];
/** By whether they have a start: what waits, or has failed, may have none. */
const statusGroups: ExecutionStatus[][] = [
	unfinished,
	['error', 'canceled', 'crashed'],
	['success'],
];
/** Beyond the ID of any execution. */
const beyondAllIds = String(2 ** 31 - 1);
const pageSize = 100;

/** A person's session at an n8n: its REST API as the editor uses it. */
export class N8nClient {
	private cookie = '';

	constructor(
		readonly url: string,
		private readonly version: string,
	) {}

	/** Makes the owner of a new n8n, and logs in as that person. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.request('POST', '/rest/owner/setup', owner);
	}

	/** Whether the n8n waits for its owner to be set up. */
	async needsOwner(): Promise<boolean> {
		const settings = await this.request<{
			userManagement: { showSetupOnFirstLoad?: boolean };
		}>('GET', '/rest/settings');
		return settings.userManagement.showSetupOnFirstLoad === true;
	}

	/** Logs in. */
	async logIn({ email, password }: Owner): Promise<void> {
		await this.request('POST', '/rest/login', { email, emailOrLdapLoginId: email, password });
	}

	/** Stores a credential. */
	async createCredential(credential: CredentialData): Promise<StoredCredential> {
		return await this.request<StoredCredential>('POST', '/rest/credentials', credential);
	}

	/** @returns the credentials of a type */
	async credentials(type: string): Promise<StoredCredential[]> {
		const credentials = await this.request<StoredCredential[]>('GET', '/rest/credentials');
		return credentials.filter((credential) => credential.type === type);
	}

	/** Replaces what a credential holds. */
	async updateCredential({ id }: StoredCredential, credential: CredentialData): Promise<void> {
		await this.request('PATCH', `/rest/credentials/${id}`, credential);
	}

	/**
	 * Lets n8n test a credential, as the editor does when it is saved.
	 *
	 * @param credential a stored one
	 * @param data what it holds
	 */
	async testCredential(
		{ id }: StoredCredential,
		{ name, type, data }: CredentialData,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/** Stores a workflow, as the editor's Import from File does. */
	async importWorkflow(file: WorkflowFile): Promise<Workflow> {
		const { name, nodes, connections, settings = {}, pinData = {} } = file;
		return await this.request<Workflow>('POST', '/rest/workflows', {
			active: false,
			name,
			nodes,
			connections,
			settings,
			pinData,
		});
	}

	/** Stores the nodes and the connections of a workflow anew, as the editor's Save does. */
	async saveWorkflow({ id, versionId, nodes, connections }: Workflow): Promise<void> {
		await this.request('PATCH', `/rest/workflows/${id}`, { versionId, nodes, connections });
	}

	/** @returns all workflows, without what is in them */
	async workflows(): Promise<WorkflowSummary[]> {
		return await this.request<WorkflowSummary[]>('GET', '/rest/workflows');
	}

	/** @returns a workflow as n8n has stored it */
	async workflow({ id }: WorkflowSummary): Promise<Workflow> {
		return await this.request<Workflow>('GET', `/rest/workflows/${id}`);
	}

	/** @returns a workflow as the editor's Download gives it */
	async exportWorkflow(stored: Workflow): Promise<WorkflowFile> {
		const { name, nodes, connections, settings, pinData } = await this.workflow(stored);
		return { name, nodes, connections, settings, pinData };
	}

	/**
	 * Switches a workflow on: n8n 1.x activates it, n8n 2.x publishes the stored version and sees to
	 * its triggers later.
	 *
	 * @param timeout milliseconds after which the wait for the triggers fails
	 */
	async publish({ id, versionId }: Workflow, timeout = 60_000): Promise<void> {
		if (majorVersion(this.version) < 2) {
			await this.request('PATCH', `/rest/workflows/${id}`, { active: true, versionId });
			return;
		}
		const names = { name: '', description: '' };
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId, ...names });
		const deadline = Date.now() + timeout;
		for (;;) {
			const path = `/rest/workflows/${id}/publication-status`;
			const { status, triggers } = await this.request<PublicationStatus>('GET', path);
			if (status === 'published') return;
			if (!['in_progress', 'not_published'].includes(status) || Date.now() > deadline) {
				const reasons = triggers.map(({ errorMessage }) => errorMessage ?? '').join(' ');
				throw new Error(`Workflow ${id} was not published, but is "${status}": ${reasons}`);
			}
			await sleep(50);
		}
	}

	/** Switches a workflow off: no event starts it anymore. */
	async unpublish({ id, versionId }: Workflow): Promise<void> {
		if (majorVersion(this.version) < 2) {
			await this.request('PATCH', `/rest/workflows/${id}`, { active: false, versionId });
		} else {
			await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
		}
	}

	/**
	 * Starts a workflow as the editor's Execute Workflow does.
	 *
	 * @param triggerName the node to begin with
	 * @returns the execution's ID
	 */
	async runManually(workflow: Workflow, triggerName: string): Promise<string> {
		return await this.start(workflow, { name: triggerName });
	}

	/**
	 * Says something to a workflow that begins with a Chat Trigger, as the editor's chat does.
	 *
	 * @param triggerName the Chat Trigger
	 * @param sessionId the conversation
	 * @returns the execution's ID
	 */
	async chatManually(
		workflow: Workflow,
		triggerName: string,
		sessionId: string,
		chatInput: string,
	): Promise<string> {
		const json = { sessionId, action: 'sendMessage', chatInput };
		const data = {
			...{ startTime: Date.now(), executionTime: 0, executionIndex: 0 },
			...{ executionStatus: 'success', source: [null], data: { main: [[{ json }]] } },
		};
		return await this.start(workflow, { name: triggerName, data });
	}

	/** Begins to listen for a test event, as the editor's Listen for test event does. */
	async listenForTestEvent(workflow: Workflow, triggerName: string): Promise<void> {
		const { waitingForWebhook } = await this.run(workflow, { name: triggerName });
		if (waitingForWebhook !== true) throw new Error('n8n does not listen for a test event');
	}

	/**
	 * Waits until n8n no longer listens for a test event. n8n answers the event first, and then ends
	 * the listening together with every other that has begun meanwhile, whichever workflow it is of.
	 *
	 * @param path the path of the trigger's test URL, below n8n's own address
	 * @param timeout milliseconds after which the wait fails
	 */
	async waitUntilNotListening(path: string, timeout = 60_000): Promise<void> {
		const deadline = Date.now() + timeout;
		for (;;) {
			const headers = { origin: this.url };
			// Unlike an event, the preflight of a browser starts nothing.
			const { status } = await fetchWhenReady(this.url + path, { method: 'OPTIONS', headers });
			if (status === 404) return;
			if (Date.now() > deadline) {
				throw new Error(`n8n still listens at ${path} after ${timeout} ms: ${status}`);
			}
			await sleep(50);
		}
	}

	private async start(workflow: Workflow, triggerToStartFrom: { name: string; data?: object }) {
		const { executionId } = await this.run(workflow, triggerToStartFrom);
		if (executionId === undefined) throw new Error(`n8n did not start "${workflow.name}"`);
		return executionId;
	}

	private async run(workflow: Workflow, triggerToStartFrom: { name: string; data?: object }) {
		const body =
			majorVersion(this.version) < 2
				? { workflowData: workflow, triggerToStartFrom }
				: { triggerToStartFrom };
		return await this.request<{ executionId?: string; waitingForWebhook?: boolean }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			body,
		);
	}

	/** @returns an execution, with its data if n8n has stored it already */
	async execution(id: string): Promise<Omit<Execution, 'data'> & Partial<Execution>> {
		const { data, ...execution } = await this.request<Omit<Execution, 'data'> & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...execution, data: unflatten(data) as Execution['data'] | undefined };
	}

	/**
	 * Lists the executions of a workflow page by page.
	 *
	 * @returns all of them, the newest first
	 */
	async executions(workflow: Workflow): Promise<ExecutionSummary[]> {
		return isBefore(this.version, 2, 41)
			? await this.executionsById(workflow)
			: await this.executionsByStart(workflow);
	}

	/**
	 * Without a range of IDs, n8n asks its database for those that run and those that have ended
	 * separately, and one that ends just then comes twice.
	 */
	private async executionsById({ id }: Workflow): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const executions: ExecutionSummary[] = [];
		for (let lastId = beyondAllIds; ; ) {
			const range = `limit=${pageSize}&firstId=0&lastId=${lastId}`;
			const path = `/rest/executions?filter=${filter}&${range}`;
			const { results } = await this.request<{ results: ExecutionSummary[] }>('GET', path);
			executions.push(...results);
			const last = results.at(-1);
			if (last === undefined || results.length < pageSize) return executions;
			lastId = last.id;
		}
	}

	/**
	 * n8n's own cursor counts by ID, while its pages are sorted by start: it passes over executions that
	 * did not start in the order of their IDs. One that ends just then comes twice, and counts once. Only
	 * the first page of a query has those that have not started.
	 */
	private async executionsByStart({ id }: Workflow): Promise<ExecutionSummary[]> {
		const executions = new Map<string, ExecutionSummary>();
		for (const status of statusGroups) {
			for (let startedBefore: string | undefined; ; ) {
				const filter = JSON.stringify({ workflowId: id, status, startedBefore });
				const path = `/rest/executions?filter=${encodeURIComponent(filter)}&limit=${pageSize}`;
				const { results } = await this.request<{ results: ExecutionSummary[] }>('GET', path);
				for (const execution of results) executions.set(execution.id, execution);
				const { startedAt } = results[pageSize - 1] ?? {};
				if (!startedAt || startedAt === startedBefore) break;
				startedBefore = startedAt;
			}
		}
		return [...executions.values()].sort((one, other) => Number(other.id) - Number(one.id));
	}

	/**
	 * Waits until a workflow has an execution: n8n 1 answers a webhook before it creates one.
	 *
	 * @param timeout milliseconds after which the wait fails
	 * @returns the ID of the newest
	 */
	async newestExecution(workflow: Workflow, timeout = 60_000): Promise<string> {
		const deadline = Date.now() + timeout;
		for (;;) {
			const [newest] = await this.executions(workflow);
			if (newest !== undefined) return newest.id;
			if (Date.now() > deadline) {
				throw new Error(`"${workflow.name}" has no execution after ${timeout} ms`);
			}
			await sleep(100);
		}
	}

	/**
	 * Waits until an execution has ended.
	 *
	 * @param timeout milliseconds after which the wait fails
	 */
	async waitForExecution(id: string, timeout = 60_000): Promise<Execution> {
		const deadline = Date.now() + timeout;
		for (;;) {
			const { data, ...execution } = await this.execution(id);
			// n8n stores the end of an execution before it stores the execution's data.
			if (data?.resultData && !unfinished.includes(execution.status)) {
				return { ...execution, data };
			}
			if (Date.now() > deadline) {
				const of = `Execution ${id} of "${execution.workflowData.name}"`;
				const at = `at "${data?.resultData?.lastNodeExecuted ?? ''}"`;
				throw new Error(`${of} is still "${execution.status}" ${at} after ${timeout} ms`);
			}
			await sleep(100);
		}
	}

	/** Stops an execution, as the editor's Stop does. */
	async stopExecution(id: string): Promise<void> {
		await this.request('POST', `/rest/executions/${id}/stop`);
	}

	/**
	 * Runs an execution that failed again, from the node that failed on, and waits until that has ended.
	 *
	 * @param loadWorkflow whether with the workflow as it is stored now, instead of as it was then
	 * @returns the ID of the new execution
	 */
	async retryExecution(id: string, loadWorkflow: boolean): Promise<string> {
		const path = `/rest/executions/${id}/retry`;
		const retried = await this.request<{ id: string }>('POST', path, { loadWorkflow });
		return retried.id;
	}

	/** @returns the node types that the editor's node panel is made of */
	async nodeTypes(): Promise<NodeTypeSummary[]> {
		return await this.request<NodeTypeSummary[]>('GET', '/types/nodes.json');
	}

	/** @returns what Settings > Community nodes lists */
	async communityPackages(): Promise<CommunityPackage[]> {
		return await this.request<CommunityPackage[]>('GET', '/rest/community-packages');
	}

	/** @throws if n8n does not answer with success; the message has what it said */
	async request<Answer>(method: Method, path: string, body?: object): Promise<Answer> {
		const response = await fetchWhenReady(this.url + path, {
			method,
			headers: {
				// n8n closes a connection that is idle, and may do so just when the next request leaves.
				connection: 'close',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...(this.cookie === '' ? {} : { cookie: this.cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) this.cookie = cookie.replace(/;.*/, '');
		}
		const answer = JSON.parse(text) as Answer | { data: Answer };
		return isWrapped(answer) ? answer.data : answer;
	}
}

function isWrapped<Answer>(answer: Answer | { data: Answer }): answer is { data: Answer } {
	return typeof answer === 'object' && answer !== null && 'data' in answer;
}
