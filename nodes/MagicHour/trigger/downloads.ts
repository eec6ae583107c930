import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sendWithRetries } from '../http/requestWithRetry';
import { linksIn, receiveFile } from '../api/downloads';
import { unfinishedOf } from '../messages/failures';
import { Gate } from '../http/rateLimiter';
import type { SignedAnswer } from '../execution/itemContext';
import type { Target } from '../execution/types';
import type { ProjectEvent } from './events';
import { readOptions } from './options';

const maxParallelRequests = 5;
const maxRetries = 3;
const advice = 'To fetch the files, add a Magic Hour node with the operation Download.';

/** The part of an item that says why the files of a finished project are not with it. */
interface DownloadError {
	downloadError?: string;
}

/** @returns what to say in the item of an event that nobody vouches for: its links may lead anywhere */
export function unsignedFilesError({ type }: ProjectEvent): DownloadError {
	if (!isCompletion(type)) return {};
	return { downloadError: `Files of unsigned events are not fetched. ${advice}` };
}

/**
 * Fetches the files of a finished project, where the user wants that. It is a part of the workflow's
 * work, so that n8n has answered Magic Hour before. An item whose files cannot be had says so.
 */
export async function includeDownloads(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const { includesDownloads } = readOptions(this.getNodeParameter('options', 0, {}));
	if (!includesDownloads) return [items];
	return [await Promise.all(items.map(async (item) => await withFiles(this, item)))];
}

async function withFiles(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	const { event, project, downloadError } = item.json;
	if (!isCompletion(event) || downloadError !== undefined) return item;
	const links = linksIn(Object(project) as IDataObject);
	if (links.length === 0) {
		return withError(item, 'Magic Hour lists no files for this project.');
	}
	const gate = new Gate(maxParallelRequests);
	const files = await Promise.all(
		links.map(async (link, index) => {
			const name = `file ${index + 1} of ${links.length}`;
			return await gate.pass(async () => await download(context, link, name, gate));
		}),
	);
	const binary: INodeExecutionData['binary'] = {};
	const errors: string[] = [];
	files.forEach((file, index) => {
		if (typeof file === 'string') errors.push(`${file}.`);
		else binary[index === 0 ? 'data' : `data_${index}`] = file;
	});
	const fetched = { ...item, binary };
	return errors.length === 0 ? fetched : withError(fetched, ...errors, advice);
}

/** @returns the file, or why it could not be had */
async function download(
	context: IExecuteFunctions,
	url: string,
	name: string,
	gate: Gate,
): Promise<IBinaryData | string> {
	const abortSignal = context.getExecutionCancelSignal();
	const send = async () => {
		const answer = await context.helpers.httpRequest({
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal,
		});
		return await receiveFile(context.helpers, url, answer as SignedAnswer);
	};
	const outcome = await sendWithRetries(
		send,
		{ isRepeatable: true, needsBody: true },
		{
			gate,
			limits: { maxRetries },
			memory: { uncertain: new Set() },
			get canceled() {
				return abortSignal?.aborted === true;
			},
			get stopped() {
				return abortSignal?.aborted === true;
			},
		},
		async () => (text) => text,
	);
	if (outcome.kind === 'success') return outcome.result as IBinaryData;
	return unfinishedOf(outcome, targetOf(name, url)).message;
}

function targetOf(name: string, url: string): Target {
	return {
		profile: {
			verb: { infinitive: 'download', participle: 'downloaded' },
			effect: 'none',
			countedAs: 'file',
		},
		name,
		check: '',
		host: new URL(url).host,
		isStorage: true,
	};
}

function withError(item: INodeExecutionData, ...sentences: string[]): INodeExecutionData {
	return { ...item, json: { ...item.json, downloadError: sentences.join(' ') } };
}

function isCompletion(event: unknown): boolean {
	return String(event).endsWith('.completed');
}
