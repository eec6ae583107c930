import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isSuccess, UnsuccessfulAnswer } from '../http/answer';
import { failureOfStrangeAnswer, refusalOf, unfinishedOf } from '../messages/failures';
import type { Item, SignedAnswer } from '../execution/itemContext';
import {
	failureOfProject,
	isInWork,
	seeProject,
	type Project,
	type ProjectToSee,
} from './projects';
import type { Outcome, Output, Target } from '../execution/types';
import { Unfinished } from '../execution/itemError';
import { upperFirst } from '../messages/text';

const outputFieldName = 'Put Output File in Field';
const expiredStatusCodes = [401, 403, 404, 410];
const typesThatTellNothing = ['', 'application/octet-stream', 'binary/octet-stream'];
/** What a storage says instead of giving the file: no project has a file of these types. */
const typesOfNotices = ['application/json', 'application/xml', 'text/plain', 'text/xml'];

/**
 * Reads the name of the field that the downloaded file goes into.
 *
 * @throws Unfinished where it is no name
 */
export function readOutputField(item: Item): string {
	const given = item.parameter('binaryPropertyName', outputFieldName);
	if (typeof given === 'string' && given.trim() !== '') return given.trim();
	const advice = 'Give the field a name, for example data.';
	throw refusalOf({ displayName: outputFieldName, reason: 'is empty', advice });
}

/**
 * Downloads the files of a project, one output each. A link that has expired is fetched anew, once.
 *
 * @throws Unfinished where the project has no files, or one of them cannot be had
 */
export async function downloadFiles(
	item: Item,
	project: Project,
	seen: ProjectToSee,
	outputField: string,
): Promise<Output[]> {
	const { target } = seen;
	let links = linksOf(project, target);
	const outputs: Output[] = [];
	for (let index = 0; index < links.length; index++) {
		const file = `file ${index + 1} of ${target.name}`;
		let binary = await download(item, links[index], { ...target, name: file }, true);
		if (binary === undefined) {
			links = linksOf(await seeProject(item, seen), target);
			binary = await download(item, links[index], { ...target, name: file }, false);
		}
		if (binary === undefined) throw new Unfinished(failureOfStrangeAnswer(target));
		outputs.push({ json: project, binary: { [outputField]: binary } });
	}
	return outputs;
}

/**
 * @returns the addresses of a project's files, of which there is at least one
 * @throws Unfinished where there is none
 */
export function linksOf(project: Project, target: Target): string[] {
	const what = upperFirst(target.name);
	if (isInWork(project)) {
		throw new Unfinished({
			message: `${what} is not finished: its status is ${project.status}`,
			description: 'Switch on Wait for Completion under Options, or run this item again later.',
		});
	}
	const failure = failureOfProject(project, target);
	if (failure !== undefined) throw new Unfinished(failure);

	const links = linksIn(project);
	if (links.length > 0) return links;
	throw new Unfinished({
		message: `${what} is complete, but Magic Hour lists no files for it`,
		description: 'See in the Magic Hour library whether its files are still there.',
	});
}

/** @returns the addresses that a project's description has of its files */
export function linksIn(project: IDataObject): string[] {
	const downloads: unknown[] = Array.isArray(project.downloads) ? project.downloads : [];
	return downloads
		.map((download) => (Object(download) as { url?: unknown }).url)
		.filter((url): url is string => typeof url === 'string' && /^https?:\/\//.test(url));
}

/**
 * Keeps the file with which a signed address has answered.
 *
 * @throws UnsuccessfulAnswer where it has answered with something else
 */
export async function receiveFile(
	{ prepareBinaryData }: Pick<IExecuteFunctions['helpers'], 'prepareBinaryData'>,
	url: string,
	{ statusCode, headers, body }: SignedAnswer,
): Promise<IBinaryData> {
	const type = headers['content-type']?.split(';')[0].trim() ?? '';
	const isFile = isSuccess(statusCode, headers) && !typesOfNotices.includes(type);
	if (!isFile) {
		if ('destroy' in body) body.destroy();
		throw new UnsuccessfulAnswer(statusCode, headers, undefined);
	}
	const tellingType = typesThatTellNothing.includes(type) ? undefined : type;
	const file = await prepareBinaryData(body, fileNameOf(url), tellingType);
	if (file.bytes === 0) throw new UnsuccessfulAnswer(statusCode, headers, undefined);
	return file;
}

/**
 * @param mayBeExpired whether a refusal may mean that the link has expired
 * @returns undefined where the link has expired
 */
async function download(
	item: Item,
	url: string | undefined,
	target: Target,
	mayBeExpired: boolean,
): Promise<IBinaryData | undefined> {
	if (url === undefined) return undefined;
	const fileTarget = { ...target, host: new URL(url).host, isStorage: true };
	const judge = (outcome: Outcome): { binary?: IBinaryData } | Unfinished => {
		if (outcome.kind === 'success') return { binary: outcome.result as IBinaryData };
		const isExpired =
			outcome.kind === 'answered' && expiredStatusCodes.includes(outcome.answer.statusCode);
		return isExpired && mayBeExpired ? {} : unfinishedOf(outcome, fileTarget);
	};
	const sending = { isRepeatable: true, needsBody: true };
	const { binary } = await item.askSigned(
		{ target: fileTarget, judge, ...sending },
		async (send) =>
			await receiveFile(item.context.helpers, url, await send({ url, encoding: 'stream' })),
	);
	return binary;
}

function fileNameOf(url: string): string {
	const lastSegment = new URL(url).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(lastSegment);
	} catch {
		return lastSegment;
	}
}
