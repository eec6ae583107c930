import { createHash } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';
import { runMagicHour, type NodeResult, type NodeSettings } from '../engine/magicHour';
import type { Fault, FaultRule } from '../sandbox/faults';
import type { Sandbox } from '../sandbox/sandbox';
import { contentOf } from '../sandbox/storage';
import type { Mode } from './modes';
import { everythingIn, keyIn } from './secrets';

/** An operation, a place where its faults show, and what is so if it says that it is done. */
export interface OperationCase {
	name: string;
	/** Whether doing it twice does no harm, so that it is retried after any passing fault. */
	isRepeatable: boolean;
	/** Names of faults that nobody can tell from the truth. */
	unseen?: RegExp;
	/** Makes what an item needs. @returns the item */
	prepare(sandbox: Sandbox, id: string): INodeExecutionData;
	/** The rule by which the sandbox shows a fault to the item of that ID. */
	ruleFor(id: string, fault: Fault, times: number | undefined): FaultRule;
	run(sandbox: Sandbox, items: INodeExecutionData[], settings: NodeSettings): Promise<NodeResult>;
	/** @returns what is wrong with an item that is given as a success */
	lieOf(sandbox: Sandbox, item: INodeExecutionData, id: string): string | undefined;
	/** @returns what is wrong with the words of a failure */
	lieOfFailure?(sandbox: Sandbox, words: string, id: string): string | undefined;
}

const fileSize = 200;

function finishedProject(sandbox: Sandbox, id: string): INodeExecutionData {
	sandbox.projects.create({ id, isFinished: true, fileSize });
	return { json: { id } };
}

function withFile(_: Sandbox, id: string): INodeExecutionData {
	const data = contentFor(id).toString('base64');
	return { json: { id }, binary: { data: { data, fileName: `${id}.png`, mimeType: 'image/png' } } };
}

function contentFor(id: string): Buffer {
	return Buffer.from(`the file of ${id}`);
}

const get: OperationCase = {
	name: 'Get',
	isRepeatable: true,
	prepare: finishedProject,
	ruleFor: (id, fault, times) => ({ id, times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'imageProject', 'get', items, {
			...settings,
			parameters: { id: '={{ $json.id }}' },
		}),
	lieOf: (_, { json }, id) =>
		json.id === id && json.status === 'complete' ? undefined : `gives ${JSON.stringify(json)}`,
};

const download: OperationCase = {
	...get,
	name: 'Download, asked of the API',
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'imageProject', 'download', items, {
			...settings,
			parameters: { id: '={{ $json.id }}', binaryPropertyName: 'data' },
		}),
	lieOf: (sandbox, item, id) => {
		const bytes = Buffer.from(item.binary?.data.data ?? '', 'base64');
		const wanted = contentOf(id, 0, fileSize);
		if (!(wanted instanceof Buffer) || !bytes.equals(wanted)) return 'gives other bytes';
		return get.lieOf(sandbox, item, id);
	},
};

const upload: OperationCase = {
	name: 'Upload, asked of the API',
	isRepeatable: true,
	prepare: withFile,
	ruleFor: (_, fault, times) => ({ method: 'POST', times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'file', 'upload', items, {
			...settings,
			parameters: { inputDataFieldName: 'data' },
		}),
	lieOf: ({ storage }, { json }, id) => {
		const wanted = createHash('sha256').update(contentFor(id)).digest('hex');
		const stored = storage.uploads.get(String(json.filePath));
		return stored?.sha256 === wanted ? undefined : 'names a file that the storage does not have';
	},
};

const create: OperationCase = {
	name: 'Generate',
	isRepeatable: false,
	prepare: (_, id) => ({ json: { id } }),
	ruleFor: (_, fault, times) => ({ method: 'POST', times, fault }),
	run: async (sandbox, items, settings) =>
		await runMagicHour(sandbox, 'imageProject', 'generate', items, {
			...settings,
			parameters: { prompt: '={{ $json.id }}', imageCount: 1, output: 'projectId' },
		}),
	lieOf: ({ projects }, { json }) =>
		projects.ids().join() === json.id ? undefined : `there are ${projects.ids().length} projects`,
	lieOfFailure: ({ projects }, words) => {
		const count = projects.ids().length;
		if (count > 1) return `there are ${count} projects of one item`;
		if (/it is not known whether the image project was created/.test(words)) return undefined;
		if (!/so the image project was not created/.test(words)) return 'does not say what was created';
		return count === 0 ? undefined : 'is said not to be created, and is there';
	},
};

/** What is crossed with faults beside Delete. */
export const operationCases: OperationCase[] = [
	get,
	download,
	{
		...download,
		name: 'Download, asked of the storage',
		unseen: /claims to be a picture/,
		ruleFor: (id, fault, times) => ({ path: `/downloads/image/${id}/`, times, fault }),
	},
	upload,
	{
		...upload,
		name: 'Upload, asked of the storage',
		ruleFor: (_, fault, times) => ({ path: '/uploads/', times, fault }),
	},
	create,
];

/** What is known of the item of an ID: the fault that it meets, and whether retries overcome it. */
export interface Trial {
	id: string;
	mustSucceed: boolean;
}

/**
 * Runs an operation on items that meet faults, and compares what it says with what is so.
 *
 * @returns every disagreement, and every trace of the API key, in words
 */
export async function tryOperation(
	operation: OperationCase,
	sandbox: Sandbox,
	trials: Trial[],
	{ onError, maxRetries }: Mode,
): Promise<string[]> {
	const items = trials.map(({ id }) => operation.prepare(sandbox, id));
	const result = await operation.run(sandbox, items, {
		onError,
		options: { maxRetries, maxParallelRequests: 50 },
	});
	const found: string[] = [];
	const told = new Set<number>();
	const tell = (index: number, words: string | undefined, isSuccess: boolean, said = '') => {
		if (told.has(index)) found.push(`item ${index} is told of twice`);
		told.add(index);
		if (words !== undefined) found.push(`item ${index} (${trials[index].id}) ${words}`);
		else if (!isSuccess && trials[index].mustSucceed) found.push(`item ${index} gives up: ${said}`);
	};
	const failed = (index: number, words: unknown) =>
		tell(
			index,
			operation.lieOfFailure?.(sandbox, String(words), trials[index].id),
			false,
			String(words),
		);
	for (const item of [...result.items, ...result.errorItems]) {
		const index = Number(Object(item.pairedItem).item);
		// A project has a field of that name, too.
		if (typeof item.json.error !== 'string') {
			tell(index, operation.lieOf(sandbox, item, trials[index].id), true);
		} else failed(index, item.json.error);
	}
	if (result.error !== undefined) {
		const index = Number(/\[item (\d+)\]$/.exec(result.error.message)?.[1] ?? NaN);
		if (index in trials) failed(index, result.error.message);
		else found.push(`the error names no item: ${result.error.message}`);
	} else if (told.size < trials.length) found.push(`${told.size} items are told of`);
	const leak = keyIn(everythingIn(result));
	return leak === undefined ? found : [...found, `the API key leaks: "${leak}"`];
}
