import { randomBytes, randomUUID } from 'node:crypto';
import { accountPath } from '../../nodes/MagicHour/api/account';
import { faceDetectionKind } from '../../nodes/MagicHour/api/faces';
import {
	projectKinds,
	resourceUrl,
	type ResourceKind,
} from '../../nodes/MagicHour/api/projectKinds';
import { uploadUrlsPath } from '../../nodes/MagicHour/api/uploads';
import { isObject, propertiesOf } from '../../nodes/MagicHour/http/json';
import { retryDelay } from '../../nodes/MagicHour/http/retryPolicy';
import { saysNotFound } from '../../nodes/MagicHour/messages/errorResponse';
import { withArticle } from '../../nodes/MagicHour/messages/text';
import { checkApi } from '../api/check';
import { UselessLooks, type Assumption, type Sight } from './assumption';
import { describeAnswer, type Answer, type Client } from './client';

/** What the looks that cost nothing share. */
export interface FreeLooks {
	client: Client;
	/** The OpenAPI document of the API: a URL, or the path of a file. */
	document: string;
	/** What the comparison with the document says, where they differ. */
	report?: string;
	/** What the API said of an upload, if it did. */
	upload?: Record<string, unknown>;
}

export const notFoundFile = 'nodes/MagicHour/messages/errorResponse.ts';
const uploadsFile = 'nodes/MagicHour/api/uploads.ts';

/** An image of one pixel. */
const tinyPng = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

const accountShape: Record<string, (value: unknown) => boolean> = {
	id: isText,
	email: (value) => value === null || isText(value),
	tier: (value) => ['free', 'creator', 'pro', 'business'].includes(String(value)),
	credits: (value) => Number.isInteger(value) && Number(value) >= 0,
	subscription: (value) => value === null || isObject(value),
};

const uploadShape: Record<string, (value: unknown) => boolean> = {
	upload_url: (value) => isText(value) && /^https?:\/\//.test(value) && URL.canParse(value),
	file_path: isText,
	expires_at: (value) => isText(value) && !Number.isNaN(Date.parse(value)),
};

/** All that the package assumes of the API and that can be seen without spending credits. */
export const freeAssumptions: Array<Assumption<FreeLooks>> = [
	{
		what: 'Account',
		assumed: `200 with ${Object.keys(accountShape).join(', ')}`,
		file: 'nodes/MagicHour/resources/account/get.ts',
		async look({ client }) {
			const answer = await client.request('GET', accountPath);
			if (answer.statusCode === 401) throw new UselessLooks(describeAnswer(answer));
			return seeShape(answer, answer.body, accountShape);
		},
	},
	{
		what: 'Account with a wrong key',
		assumed: '401 unauthorized',
		file: 'nodes/MagicHour/messages/requestErrors.ts',
		async look({ client }) {
			const answer = await client.request('GET', accountPath, { apiKey: 'mhk_live_wrong' });
			const { code, message } = propertiesOf(answer.body);
			return {
				seen: describeAnswer(answer),
				same: answer.statusCode === 401 && code === 'unauthorized' && isText(message),
			};
		},
	},
	...[...projectKinds, faceDetectionKind].map((kind) => notThere('GET', kind)),
	...projectKinds.map((kind) => notThere('DELETE', kind)),
	{
		what: 'Upload URL for an image',
		assumed: `200 with ${Object.keys(uploadShape).join(', ')}`,
		file: uploadsFile,
		async look(looks) {
			const body = { items: [{ type: 'image', extension: 'png' }] };
			const answer = await looks.client.request('POST', uploadUrlsPath, { body });
			const { items } = propertiesOf(answer.body);
			const [item] = Array.isArray(items) ? (items as unknown[]) : [];
			looks.upload = propertiesOf(item);
			return seeShape(answer, item, uploadShape);
		},
	},
	{
		what: 'Path of an uploaded image',
		assumed: 'begins with api-assets/',
		file: 'nodes/MagicHour/input/fileList.ts',
		async look({ upload }) {
			const path = upload?.file_path;
			if (!isText(path)) return { seen: 'no path', same: false };
			return {
				seen: `begins with ${path.replace(/\/.*/s, '/')}`,
				same: /^api-assets\//.test(path),
			};
		},
	},
	{
		what: 'Upload of an image',
		assumed: 'a 2xx',
		file: uploadsFile,
		async look({ client, upload }) {
			const url = upload?.upload_url;
			if (!isText(url)) return { seen: 'no upload URL', same: false };
			const answer = await client.put(url, tinyPng, 'image/png');
			const { statusCode } = answer;
			return { seen: describeAnswer(answer), same: statusCode >= 200 && statusCode < 300 };
		},
	},
	{
		what: 'OpenAPI document',
		assumed: 'the node is up to date',
		file: 'nodes/MagicHour/resources/',
		async look(looks) {
			const { exitCode, output } = await checkApi([looks.document]);
			if (exitCode === 1) looks.report = output;
			const [summary = output] = /^Compared .*$/m.exec(output) ?? [];
			return { seen: summary, same: exitCode === 0 };
		},
	},
];

/** What the package assumes of a 429; looked at last, since any request may be answered so. */
export const excessAssumption: Assumption<FreeLooks> = {
	what: 'Too many requests (429)',
	assumed: 'Retry-After in seconds or as a date, or no Retry-After',
	file: 'nodes/MagicHour/http/retryPolicy.ts',
	async look({ client: { excesses } }) {
		const [first] = excesses;
		if (first === undefined) return { seen: 'got no 429', same: true };
		const isUnderstood = (answer: Answer) =>
			answer.headers['retry-after'] === undefined || retryDelay(answer, 0).pausesRun;
		const { headers } = excesses.find((answer) => !isUnderstood(answer)) ?? first;
		const telling = Object.entries(headers).filter(([name]) => /retry|ratelimit/i.test(name));
		const words = telling.map(([name, value]) => `${name}: ${String(value)}`);
		return { seen: `with ${words.join(', ') || 'none'}`, same: excesses.every(isUnderstood) };
	},
};

/** An ID of the form that Magic Hour gives, by which it has nothing. */
function unknownId(kind: ResourceKind): string {
	return kind === faceDetectionKind
		? randomUUID()
		: `cm${randomBytes(12).toString('hex').slice(1)}`;
}

function notThere(method: 'GET' | 'DELETE', kind: ResourceKind): Assumption<FreeLooks> {
	return {
		what: `${method} of ${withArticle(kind.noun)} that doesn't exist`,
		assumed: '404 not_found',
		file: notFoundFile,
		async look({ client }) {
			const { seen, same } = await lookForNothing(client, method, kind, unknownId(kind));
			return { seen, same };
		},
	};
}

/** Looks at the answer to an ID that Magic Hour should not find, as the node judges it. */
export async function lookForNothing(
	client: Client,
	method: 'GET' | 'DELETE',
	kind: ResourceKind,
	id: string,
): Promise<Sight & { answer: Answer }> {
	const answer = await client.request(method, resourceUrl(kind, id));
	return { answer, seen: describeAnswer(answer), same: saysNotFound(answer) };
}

/** @param thing what has the properties */
function seeShape(
	answer: Answer,
	thing: unknown,
	shape: Record<string, (value: unknown) => boolean>,
): Sight {
	if (answer.statusCode !== 200) return { seen: describeAnswer(answer), same: false };
	const properties = propertiesOf(thing);
	// Values are not shown: who asks for help shows the table to others.
	const seen = Object.entries(shape).map(([name, isRight]) => {
		const value = properties[name];
		if (value === undefined) return `no ${name}`;
		return isRight(value) ? name : `${name} in another format (${formOf(value)})`;
	});
	const same = Object.entries(shape).every(([name, isRight]) => isRight(properties[name]));
	return { seen: `200 with ${seen.join(', ')}`, same };
}

function formOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'a list' : typeof value;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
