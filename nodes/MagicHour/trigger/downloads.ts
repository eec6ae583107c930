import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { downloadFile, downloadPolicy, type FilePlace } from '../api/downloads';
import { presignedContext } from '../api/presigned';
import { downloadUrlsOf } from '../api/projects';
import { isHttps } from '../execution/baseUrl';
import { readBaseUrl } from '../execution/credential';
import { validationError } from '../execution/itemError';
import { defaultTimeoutMs, type ConnectionOptions } from '../execution/itemContext';
import { redactorFor } from '../execution/output';
import { readMaxFileSize } from '../fields/output';
import { classifyError, messageOf } from '../http/classifyError';
import { propertiesOf } from '../http/json';
import { RateLimiter } from '../http/rateLimiter';
import { requestWithRetry, type SendContext } from '../http/requestWithRetry';
import { eventMessages } from '../messages/events';
import { downloading } from '../messages/operations';
import { describeRequestError } from '../messages/requestErrors';
import { describeNotBoolean } from '../messages/validation';
import { dropRepeated } from './dedupe';
import type { ProjectEvent } from './events';
import { includeDownloadsOption, optionsField, readOptions } from './options';

const maxParallelRequests = 5;
const maxRetries = 3;

/** The part of an item that says why the files of a complete project are not with it. */
interface DownloadError {
	downloadError?: string;
}

/** @returns what the item of an unsigned event says: its URLs may lead anywhere */
export function unsignedFilesError({ type }: ProjectEvent): DownloadError {
	return isCompletion(type) ? { downloadError: eventMessages.unsignedFiles } : {};
}

/** What the downloads of one execution share. */
interface Downloads {
	context: IExecuteFunctions;
	sendContext: SendContext;
	connection: ConnectionOptions;
	/** @throws ItemError where the user has set what is no number */
	readMaxBytes: () => number | undefined;
}

/**
 * Downloads the files of complete projects, where the user wants that. It is a part of the workflow's
 * execution, so that n8n has answered Magic Hour before. An item whose files cannot be had says so.
 */
export async function includeDownloads(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const options = readOptions(this.getNodeParameter(optionsField.name, 0, {}));
	const { ignoresRepeatedEvents, includesDownloads } = options;
	const input = this.getInputData();
	const items = ignoresRepeatedEvents ? dropRepeated(this, input) : input;
	if (includesDownloads === false) return [items];
	if (includesDownloads === undefined) return [items.map(withUnclearOption)];

	const baseUrl = await readBaseUrl(this);
	const cancelSignal = this.getExecutionCancelSignal();
	const downloads: Downloads = {
		context: this,
		sendContext: {
			rateLimiter: new RateLimiter(maxParallelRequests),
			maxRetries,
			get canceled() {
				return cancelSignal?.aborted === true;
			},
		},
		connection: {
			idleMs: defaultTimeoutMs,
			cancelSignal,
			requiresHttps: isHttps(baseUrl),
		},
		readMaxBytes: () => readMaxFileSize(options.maxFileSize),
	};
	return [await Promise.all(items.map(async (item) => await withFiles(downloads, item)))];
}

/** The item of a complete project says that nobody can tell whether its files are wanted. */
function withUnclearOption(item: INodeExecutionData): INodeExecutionData {
	const { event, downloadError } = item.json;
	if (!isCompletion(event) || downloadError !== undefined) return item;
	const { displayName } = includeDownloadsOption;
	const { message } = validationError({ displayName, ...describeNotBoolean() });
	return withError(item, `${message}.`, eventMessages.useDownload);
}

async function withFiles(
	downloads: Downloads,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	const { event, project, downloadError } = item.json;
	if (!isCompletion(event) || downloadError !== undefined) return item;
	const urls = downloadUrlsOf(project);
	if (urls.length === 0) return withError(item, eventMessages.noFiles);

	let maxBytes: number | undefined;
	try {
		maxBytes = downloads.readMaxBytes();
	} catch (error) {
		return withError(item, `${messageOf(error)}.`);
	}
	const binary: INodeExecutionData['binary'] = {};
	const errors: string[] = [];
	const files = await Promise.all(
		urls.map(async (url, index) => {
			const subject = `file ${index + 1} of ${urls.length}`;
			const place = { id: String(propertiesOf(project).id), index };
			return await download(downloads, url, place, subject, maxBytes);
		}),
	);
	files.forEach((file, index) => {
		if (typeof file === 'string') errors.push(`${file}.`);
		else binary[index === 0 ? 'data' : `data_${index}`] = file;
	});
	const withBinary = { ...item, binary };
	return errors.length === 0
		? withBinary
		: withError(withBinary, ...errors, eventMessages.useDownload);
}

/** @returns the file, or why it cannot be had */
async function download(
	{ context, sendContext, connection }: Downloads,
	url: string,
	place: FilePlace,
	subject: string,
	maxBytes: number | undefined,
): Promise<IBinaryData | string> {
	const words = { operation: downloading, subject, hint: '', host: '' };
	const errorContext = presignedContext(words, url);
	const attempt = async () => await downloadFile(context.helpers, url, place, connection, maxBytes);
	try {
		return await sendContext.rateLimiter.run(
			async () => (await requestWithRetry(attempt, downloadPolicy, sendContext)) ?? '',
		);
	} catch (error) {
		const redact = await redactorFor(context);
		return redact(describeRequestError(classifyError(error), errorContext).message);
	}
}

function withError(item: INodeExecutionData, ...sentences: string[]): INodeExecutionData {
	return { ...item, json: { ...item.json, downloadError: sentences.join(' ') } };
}

function isCompletion(event: unknown): boolean {
	return String(event).endsWith('.completed');
}
