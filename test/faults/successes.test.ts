import { echoes } from '../engine/echoes';
import { runMagicHour, toItems, type NodeResult } from '../engine/magicHour';
import { useSandbox } from '../engine/useSandbox';
import { apiKey, findApiKey, serializeResult, useWatchedLogs } from './apiKey';
import { Tally } from './tally';

const tally = new Tally('echoes in successes');
const sandbox = useSandbox({ apiKey });
useWatchedLogs();

afterAll(() => tally.publish());

/** Stands in a body for the echo. */
const place = '@ECHO@';
const escaped = echoes['escaped as in JSON']?.(apiKey) ?? '';
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** How a server may write the API key into JSON. */
const writtenEchoes: Array<[form: string, text: string]> = [
	...Object.entries(echoes).map(([form, write]): [string, string] => [form, inJson(write(apiKey))]),
	['escaped by the JSON itself', escaped],
	...[0, 7, 14, 21].map((before): [string, string] => [
		`again and again after ${before} letters`,
		'x'.repeat(before) + `${inJson(apiKey)} `.repeat(500),
	]),
];

/** An operation, and an answer of which it puts something out. */
interface SuccessCase {
	name: string;
	resource: string;
	operation: string;
	parameters: Record<string, string | number>;
	method: string;
	/** What the API answers, with places for the echo. */
	body(): object;
	/** What the storage answers. */
	file?: Buffer;
}

const link = () => `${sandbox().url}/downloads/image/x/${place}.png`;
const project = () => ({
	id: 'project',
	name: place,
	status: 'complete',
	type: place,
	created_at: place,
	enabled: true,
	credits_charged: 5,
	downloads: [{ url: link(), expires_at: place }],
	error: null,
	[place]: { [place]: [place] },
});
const image = { resource: 'imageProject', method: 'GET', parameters: { id: 'project' } };

const successCases: SuccessCase[] = [
	{
		...{ name: 'Account: Get', resource: 'account', operation: 'get', method: 'GET' },
		parameters: {},
		body: () => ({ id: place, email: place, tier: place, credits: 7, subscription: place }),
	},
	{ ...image, name: 'Get', operation: 'get', body: project },
	{
		...{ ...image, name: 'Download', operation: 'download' },
		body: project,
		file: Buffer.from('a picture'),
	},
	{
		...{ name: 'Get Detected Faces', resource: 'file', operation: 'getDetectedFaces' },
		...{ method: 'GET', parameters: { id: 'faces' } },
		body: () => ({
			id: 'faces',
			status: 'complete',
			faces: [{ path: place, url: link() }],
			credits_charged: 0,
		}),
	},
	{
		...{ name: 'Get Many', resource: 'savedItem', operation: 'getAll', method: 'GET' },
		parameters: {},
		body: () => ({
			items: [{ id: place, type: place, name: place, assets: [{ file_path: place, url: link() }] }],
			next_cursor: null,
		}),
	},
	{
		...{ name: 'Generate', resource: 'imageProject', operation: 'generate', method: 'POST' },
		parameters: { prompt: 'a lighthouse', imageCount: 1, output: 'projectId' },
		body: () => ({ id: 'project', credits_charged: 5, frame_cost: place, [place]: place }),
	},
];

describe.each(successCases)('$name', ({ name, resource, operation, parameters, ...answer }) => {
	it.each(writtenEchoes)('puts out no API key that an answer has: %s', async (form, text) => {
		const body = JSON.stringify(answer.body()).replaceAll(place, text);
		const headers = { 'content-type': 'application/json' };
		sandbox().addFaults({
			method: answer.method,
			fault: { answer: { status: 200, body, headers } },
		});
		const disposition = { 'content-disposition': `attachment; filename="${apiKey}.png"` };
		const type = { 'content-type': 'image/png' };
		sandbox().addFaults({
			path: '/downloads/',
			fault: { answer: { status: 200, body: answer.file, headers: { ...type, ...disposition } } },
		});

		const result: NodeResult = await runMagicHour(
			sandbox(),
			resource,
			operation,
			toItems([{ id: 'item' }]),
			{ parameters, options: { maxRetries: 0 } },
		);

		const leak = findApiKey(serializeResult(result));
		tally.add([`${name}: ${form}`], 1, leak === undefined ? [] : [leak]);
		expect(leak).toBeUndefined();
	});
});
