import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMany, deleteImageProjects, runMagicHour, toItems, withIds } from './magicHour';
import type { NodeResult, NodeSettings } from './magicHour';
import { findStyleIssues } from './style';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const webPage = '<html>Sign in to the network</html>';

/** @returns the rows of the error table: the response, and how the error begins */
function readRows(): Array<[response: string, message: string]> {
	const [, table = ''] = /<!-- errors -->(.*)<!-- \/errors -->/s.exec(readme) ?? [];
	const rows = [...table.matchAll(/^\| (.+?) +\| (.+?) +\| .+ \|$/gm)];
	return rows.slice(2).map(([, response = '', message = '']) => [response, message]);
}

/** @returns what a message of the table matches: "…" stands for any words */
function patternOf(message: string): RegExp {
	const parts = message.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	return new RegExp(`^${parts.join('.+')}`);
}

/** Generates one image for each item, and stops at the first failure. */
async function generate(settings: NodeSettings = {}, itemCount = 1): Promise<NodeResult> {
	const { parameters, options, ...others } = settings;
	const items = toItems(Array.from({ length: itemCount }, () => ({})));
	return await runMagicHour(sandbox(), 'imageProject', 'generate', items, {
		...others,
		parameters: { prompt: 'A lighthouse', imageCount: 1, output: 'projectId', ...parameters },
		options: { maxParallelRequests: 1, ...options },
	});
}

/** Runs an operation on one image project, which exists. */
async function runOnProject(operation: string, options = {}, id = createMany(sandbox(), 1)[0]) {
	return await runMagicHour(sandbox(), 'imageProject', operation, toItems(withIds(id)), {
		parameters: { id: '={{ $json.id }}', binaryPropertyName: 'data' },
		options,
	});
}

function answer(status: number, body: object | string = { message: 'Said by Magic Hour' }): void {
	sandbox().addFaults({ fault: { answer: { status, body } } });
}

/** By the first column: what gives such a response, in each way that the row speaks of. */
const cases: Array<[response: string, runs: Array<() => Promise<NodeResult>>]> = [
	[
		'400 or 422',
		[400, 422].map((status) => async () => {
			answer(status);
			return await generate();
		}),
	],
	[
		'401',
		['get', 'delete'].map((operation) => async () => {
			answer(401);
			return await runOnProject(operation);
		}),
	],
	[
		'No API key to send',
		[async () => await generate({ credential: { apiKey: '', baseUrl: sandbox().url } })],
	],
	[
		'402',
		[
			async () => {
				answer(402, { code: 'insufficient_credits', message: 'This needs 5 credits' });
				return await generate();
			},
		],
	],
	[
		'403 when you generate',
		[
			async () => {
				answer(403);
				return await generate();
			},
		],
	],
	[
		'403 for Get, Download, or Delete',
		['get', 'download', 'delete'].map((operation) => async () => {
			answer(403);
			return await runOnProject(operation);
		}),
	],
	[
		'404',
		['get', 'download', 'delete'].map(
			(operation) => async () => await runOnProject(operation, {}, 'not-there'),
		),
	],
	[
		'429',
		['get', 'delete'].map((operation) => async () => {
			answer(429);
			return await runOnProject(operation);
		}),
	],
	[
		'5xx when you generate',
		[500, 503].map((status) => async () => {
			answer(status);
			return await generate();
		}),
	],
	[
		'5xx for Delete',
		[500, 503].map((status) => async () => {
			answer(status);
			return await runOnProject('delete');
		}),
	],
	[
		'5xx for Get',
		[500, 503].map((status) => async () => {
			answer(status);
			return await runOnProject('get');
		}),
	],
	[
		'Response lost when you generate',
		[
			async () => {
				sandbox().addFaults({ fault: { reset: true, afterProcessing: true } });
				return await generate();
			},
		],
	],
	[
		'Web page instead of a response',
		['get', 'delete'].map((operation) => async () => {
			answer(200, webPage);
			return await runOnProject(operation);
		}),
	],
	[
		'3xx',
		[301, 307].map((status) => async () => {
			answer(status);
			return await runOnProject('delete');
		}),
	],
	[
		'No connection',
		[
			async () =>
				await generate({
					credential: { apiKey: sandbox().apiKey, baseUrl: 'http://127.0.0.1:1' },
				}),
		],
	],
	[
		'None: the ID is not valid',
		[async () => await deleteImageProjects(sandbox(), withIds('../abc'))],
	],
	[
		'None: a parameter is not valid',
		[async () => await generate({ parameters: { imageCount: 99 } })],
	],
	[
		'The project failed',
		[
			async () => {
				const id = sandbox().projects.create({ outcome: 'error' });
				return await runOnProject('get', { waitForCompletion: true }, id);
			},
		],
	],
	[
		'The project is still in progress',
		['get', 'download'].map((operation) => async () => {
			sandbox().projects.holdClock();
			return await runOnProject(operation, { waitForCompletion: true, maxWait: 1 });
		}),
	],
	[
		'None: a credit limit is reached',
		[async () => await generate({ options: { maxCreditsPerRun: 5 } }, 2)],
	],
];

describe("the README's table of errors", () => {
	const rows = readRows();

	it('has a row for each of these responses, and no other', () => {
		expect(rows.map(([response]) => response)).toEqual(cases.map(([response]) => response));
	});

	it.each(rows)('quotes the error of %s', async (response, message) => {
		const pattern = patternOf(message);
		const [, runs = []] = cases.find(([each]) => each === response) ?? [];
		for (const run of runs) {
			sandbox().reset();
			const { error } = await run();
			expect(error?.message).toMatch(pattern);
			expect(findStyleIssues(error)).toEqual([]);
		}
	});
});
