import type { IBinaryData } from 'n8n-workflow';
import { ItemError } from '../execution/itemError';
import type { ConnectionOptions, ItemContext } from '../execution/itemContext';
import type { Output } from '../execution/output';
import { HttpError, isSuccess } from '../http/errors';
import { propertiesOf } from '../http/json';
import type { RequestPolicy } from '../http/requestWithRetry';
import type { ErrorContext } from '../messages/errorMessage';
import { describeInProgress, describeNoFiles } from '../messages/projects';
import { describeUnexpectedResponse } from '../messages/requestErrors';
import { sendPresigned, type Helpers } from './presigned';
import { isInProgress, type Lookup } from './fetchResource';
import { fetchProject, projectFailure, type Project } from './projects';

const expiredStatuses = [401, 403, 404, 410];
const uninformativeTypes = ['', 'application/octet-stream', 'binary/octet-stream'];
/** What a storage says instead of handing out the file: no project has a file of these types. */
const noticeTypes = ['application/json', 'application/xml', 'text/plain', 'text/xml'];

/** How a download may be sent. */
export const downloadPolicy: RequestPolicy = { idempotent: true, expectsBody: true };

/**
 * Downloads the files of a project, one output each. The project is looked up again where a URL has
 * expired, once for each file.
 *
 * @param lookup by which the project was looked up
 * @param outputField the name of the binary field that each file goes into
 * @throws ItemError where the project has no files, or one of them cannot be had
 */
export async function downloadFiles(
	item: ItemContext,
	project: Project,
	lookup: Lookup,
	outputField: string,
): Promise<Output[]> {
	const { errorContext } = lookup;
	let urls: string[] = requireDownloadUrls(project, errorContext);
	const outputs: Output[] = [];
	for (let index = 0; index < urls.length; index++) {
		const subject = `file ${index + 1} of ${errorContext.subject}`;
		const context = { ...errorContext, subject };
		let file = await download(item, urls[index], context, true);
		if (file === undefined) {
			urls = requireDownloadUrls(await fetchProject(item, lookup), errorContext);
			file = await download(item, urls[index], context, false);
		}
		if (file === undefined) throw new ItemError(describeUnexpectedResponse(errorContext));
		outputs.push({ json: project, binary: { [outputField]: file } });
	}
	return outputs;
}

/**
 * @param errorContext of the project
 * @returns the URLs of a project's files, of which there is at least one
 * @throws ItemError where there is none
 */
export function requireDownloadUrls(
	project: Project,
	errorContext: ErrorContext,
): [string, ...string[]] {
	if (isInProgress(project)) throw new ItemError(describeInProgress(errorContext, project.status));
	const failure = projectFailure(project, errorContext);
	if (failure !== undefined) throw new ItemError(failure);

	const [first, ...others] = downloadUrlsOf(project);
	if (first === undefined) throw new ItemError(describeNoFiles(errorContext));
	return [first, ...others];
}

/** @returns the URLs that a project's description has of its files */
export function downloadUrlsOf(project: unknown): string[] {
	const { downloads } = propertiesOf(project);
	return (Array.isArray(downloads) ? downloads : [])
		.map((download) => propertiesOf(download).url)
		.filter((url) => typeof url === 'string')
		.filter((url) => /^https?:\/\//.test(url));
}

/**
 * Downloads a file in one attempt, into n8n's storage of binary data.
 *
 * @throws HttpError where the storage responds with something else
 */
export async function downloadFile(
	helpers: Pick<Helpers, 'httpRequest' | 'prepareBinaryData'>,
	url: string,
	connection: ConnectionOptions & { abortSignal?: AbortSignal } = {},
): Promise<IBinaryData> {
	const response = await sendPresigned(helpers, { ...connection, url, encoding: 'stream' });
	const { statusCode, headers, body } = response;
	const type = headers['content-type']?.split(';', 1).join('').trim() ?? '';
	if (!isSuccess(statusCode, headers) || noticeTypes.includes(type)) {
		if ('destroy' in body) body.destroy();
		throw new HttpError(statusCode, headers, undefined);
	}
	const knownType = uninformativeTypes.includes(type) ? undefined : type;
	const file = await helpers.prepareBinaryData(body, fileNameOf(url), knownType);
	if (file.bytes === 0) throw new HttpError(statusCode, headers, undefined);
	return file;
}

/**
 * @param mayBeExpired whether a rejection may mean that the URL has expired
 * @returns undefined where the URL has expired, or there is none
 */
async function download(
	item: ItemContext,
	url: string | undefined,
	errorContext: ErrorContext,
	mayBeExpired: boolean,
): Promise<IBinaryData | undefined> {
	if (url === undefined) return undefined;
	const { host } = new URL(url);
	return await item.requestPresigned(
		{ policy: downloadPolicy, errorContext: { ...errorContext, host, isStorage: true } },
		async (connection) => await downloadFile(item.helpers, url, connection),
		async (receive) => {
			try {
				return await receive();
			} catch (error) {
				return undefinedIfExpired(error, mayBeExpired);
			}
		},
	);
}

/** @throws what was caught, unless it may mean that the URL has expired */
function undefinedIfExpired(error: unknown, mayBeExpired: boolean): undefined {
	const isRejected = error instanceof HttpError && expiredStatuses.includes(error.statusCode);
	if (!mayBeExpired || !isRejected) throw error;
}

function fileNameOf(url: string): string {
	const lastSegment = new URL(url).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(lastSegment);
	} catch {
		return lastSegment;
	}
}
