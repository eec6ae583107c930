import { createHash } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';
import { runMagicHour, type NodeResult, type NodeSettings } from '../engine/magicHour';
import type { Fault, FaultRule } from '../sandbox/faults';
import type { Sandbox } from '../sandbox/sandbox';
import { contentOf } from '../sandbox/storage';
import { findApiKey, serializeResult } from './apiKey';
import { partCase, type FaultCase } from './cases';
import type { Mode } from './modes';

/** An operation, the place where its faults show, and how to check what it reports. */
export interface OperationCase {
	name: string;
	/** Whether a request may be repeated without harm, and so is retried after any passing fault. */
	idempotent: boolean;
	/** Whether the sandbox can tell the items of one run apart, so that each can meet its own fault. */
	hasFaultPerItem: boolean;
	/** Whether it is the transfer of a file that fails, which may last as long as bytes come. */
	isTransfer?: boolean;
	/** Faults of its own by which it has not the whole. */
	cutCases?: FaultCase[];
	/** Names of faults that no client can notice. */
	undetectable?: RegExp;
	/**
	 * Creates what an item needs.
	 *
	 * @returns the item
	 */
	prepare(sandbox: Sandbox, id: string): INodeExecutionData;
	/** @returns the rule by which the item of this ID meets a fault */
	ruleFor(id: string, fault: Fault, times: number | undefined): FaultRule;
	run(sandbox: Sandbox, items: INodeExecutionData[], settings: NodeSettings): Promise<NodeResult>;
	/** @returns what is wrong with an item that is reported as a success; undefined if nothing is */
	checkSuccess(sandbox: Sandbox, item: INodeExecutionData, id: string): string | undefined;
	/** @returns what is wrong with the text of a failure; undefined if nothing is */
	checkFailure?(sandbox: Sandbox, text: string, id: string): string | undefined;
}

const fileSize = 200;

function createFinishedProject(sandbox: Sandbox, id: string): INodeExecutionData {
	sandbox.projects.create({ id, isFinished: true, fileSize });
	return { json: { id } };
}

function itemWithFile(_: Sandbox, id: string): INodeExecutionData {
	const data = uploadedContent(id).toString('base64');
	return { json: { id }, binary: { data: { data, fileName: `${id}.png`, mimeType: 'image/png' } } };
}

function uploadedContent(id: string): Buffer {
	return Buffer.from(`the file of ${id}`);
}

const get: OperationCase = {
	name: 'Get',
	idempotent: true,
	hasFaultPerItem: true,
	prepare: createFinishedProject,
	ruleFor: (id, fault, times) => ({ id, times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'imageProject', 'get', items, {
			...settings,
			parameters: { id: '={{ $json.id }}' },
		}),
	checkSuccess: (_, { json }, id) =>
		json.id === id && json.status === 'complete' ? undefined : `outputs ${JSON.stringify(json)}`,
};

const download: OperationCase = {
	...get,
	name: 'Download, faults of the API',
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'imageProject', 'download', items, {
			...settings,
			parameters: { id: '={{ $json.id }}', binaryPropertyName: 'data' },
		}),
	checkSuccess: (sandbox, item, id) => {
		const bytes = Buffer.from(item.binary?.data?.data ?? '', 'base64');
		const expected = contentOf(id, 0, fileSize);
		if (!(expected instanceof Buffer) || !bytes.equals(expected)) return 'outputs other bytes';
		return get.checkSuccess(sandbox, item, id);
	},
};

/** What only looks may not claim that anything was deleted, nor delete it. */
function findDeletion({ projects, requests }: Sandbox, text: string, id: string) {
	if (requests.some(({ method }) => method !== 'GET')) return 'sends what is no look';
	if (!projects.has(id)) return 'deletes the project';
	return /may or may not|may have been/.test(text)
		? `leaves open what was done: ${text}`
		: undefined;
}

const dryRun: OperationCase = {
	...get,
	name: 'Delete as a dry run',
	run: async (sandbox, items, { options, ...settings }) =>
		await runMagicHour(sandbox, 'imageProject', 'delete', items, {
			...settings,
			parameters: { id: '={{ $json.id }}' },
			options: { ...options, dryRun: true },
		}),
	checkSuccess: (sandbox, { json }, id) =>
		json.id === id && json.deleted === false && json.dryRun === true && json.status === 'complete'
			? findDeletion(sandbox, '', id)
			: `outputs ${JSON.stringify(json)}`,
	checkFailure: findDeletion,
};

const upload: OperationCase = {
	name: 'Upload, faults of the API',
	idempotent: true,
	hasFaultPerItem: false,
	prepare: itemWithFile,
	ruleFor: (_, fault, times) => ({ method: 'POST', times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'file', 'upload', items, {
			...settings,
			parameters: { inputDataFieldName: 'data' },
		}),
	checkSuccess: ({ storage }, { json }, id) => {
		const expected = createHash('sha256').update(uploadedContent(id)).digest('hex');
		const stored = storage.uploads.get(String(json.filePath));
		return stored?.sha256 === expected ? undefined : 'names a file that the storage does not have';
	},
};

const getMany: OperationCase = {
	name: 'Get Many',
	idempotent: true,
	hasFaultPerItem: false,
	prepare: ({ savedItems }, id) => {
		savedItems.add({ name: id });
		return { json: { id } };
	},
	ruleFor: (_, fault, times) => ({ method: 'GET', times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'savedItem', 'getAll', items, settings),
	checkSuccess: (_, { json }, id) =>
		json.name === id ? undefined : `outputs ${JSON.stringify(json)}`,
};

/** Generate, which costs credits each time that a project is created. */
export const generate: OperationCase = {
	name: 'Generate',
	idempotent: false,
	hasFaultPerItem: false,
	prepare: (_, id) => ({ json: { id } }),
	ruleFor: (_, fault, times) => ({ method: 'POST', times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'imageProject', 'generate', items, {
			...settings,
			parameters: { prompt: '={{ $json.id }}', imageCount: 1, output: 'projectId' },
		}),
	checkSuccess: ({ projects }, { json }) =>
		projects.ids().join() === json.id ? undefined : `there are ${projects.ids().length} projects`,
	checkFailure: ({ projects }, text) => {
		const count = projects.ids().length;
		if (count > 1) return `there are ${count} projects of one item`;
		if (/, so the image project may or may not have been created \[item \d+\]/.test(text))
			return undefined;
		if (!/, so the image project was not created \[item \d+\]/.test(text))
			return 'does not say what was created';
		return count === 0 ? undefined : 'is reported as not created, and exists';
	},
};

/** What is crossed with faults beside a Delete that deletes. */
export const operationCases: OperationCase[] = [
	get,
	dryRun,
	download,
	{
		...download,
		name: 'Download, faults of the storage',
		undetectable: /claims to be a picture|^200 of 150 MB/,
		isTransfer: true,
		cutCases: [partCase],
		ruleFor: (id, fault, times) => ({ path: `/downloads/image/${id}/`, times, fault }),
	},
	upload,
	{
		...upload,
		name: 'Upload, faults of the storage',
		isTransfer: true,
		ruleFor: (_, fault, times) => ({ path: '/uploads/', times, fault }),
	},
	getMany,
	generate,
];

/** An item, and the fault that it meets. */
export interface OperationItem {
	id: string;
	faultCase: FaultCase;
	/** Whether retries overcome the fault, so that a failure is wrong. */
	mustSucceed: boolean;
}

/**
 * Runs an operation on items that meet faults, and compares what it reports with what the sandbox
 * has.
 *
 * @returns every discrepancy, and every trace of the API key, as text
 */
export async function checkOperation(
	operation: OperationCase,
	sandbox: Sandbox,
	items: OperationItem[],
	{ onError, maxRetries }: Pick<Mode, 'onError' | 'maxRetries'>,
	requestOptions?: NodeSettings['requestOptions'],
): Promise<string[]> {
	sandbox.reset();
	const input = items.map(({ id, faultCase: { fault, times } }) => {
		sandbox.addFaults(operation.ruleFor(id, fault, times));
		return operation.prepare(sandbox, id);
	});
	const result = await operation.run(sandbox, input, {
		onError,
		options: { maxRetries, maxParallelRequests: 50 },
		...(requestOptions === undefined ? {} : { requestOptions }),
	});
	const found: string[] = [];
	const reported = new Set<number>();
	const take = (index: number): OperationItem | undefined => {
		if (reported.has(index)) found.push(`item ${index} is reported twice`);
		reported.add(index);
		return items[index];
	};
	const addFailure = (index: number, text: string) => {
		const item = take(index);
		if (item === undefined) {
			found.push(`a failure names no item: ${text}`);
			return;
		}
		const wrong =
			operation.checkFailure?.(sandbox, text, item.id) ??
			(item.mustSucceed ? `gives up: ${text}` : undefined);
		if (wrong !== undefined) found.push(`${item.faultCase.name}: ${wrong}`);
	};
	for (const output of [...result.items, ...result.errorItems]) {
		const index = Number(Object(output.pairedItem).item);
		if (typeof output.json.error === 'string') {
			addFailure(index, output.json.error);
			continue;
		}
		const item = take(index);
		// n8n takes the item for a failure then.
		if ('error' in output.json) found.push(`the success of item ${index} has an error`);
		const wrong =
			item === undefined
				? 'a success belongs to no item'
				: operation.checkSuccess(sandbox, output, item.id);
		if (wrong !== undefined) found.push(`${item?.faultCase.name}: ${wrong}`);
	}
	if (result.error !== undefined) {
		const { message } = result.error;
		addFailure(Number(/\[item (\d+)\]$/.exec(message)?.[1] ?? NaN), message);
	} else if (reported.size < items.length) {
		found.push(`${reported.size} of ${items.length} items are reported`);
	}
	const leak = findApiKey(serializeResult(result));
	return leak === undefined ? found : [...found, `the API key leaks: "${leak}"`];
}
