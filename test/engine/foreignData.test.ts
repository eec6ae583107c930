import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { findApiKey, serializeResult } from '../faults/apiKey';
import type { FaultRule } from '../sandbox/faults';
import { echoes, piecesOf } from './echoes';
import {
	deleteImageProjects,
	requestLines,
	runMagicHour,
	toItems,
	withIds,
	type NodeResult,
	type NodeSettings,
} from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();
const jsonHeaders = { 'content-type': 'application/json' };

interface Case {
	run: (settings?: NodeSettings) => Promise<NodeResult>;
	/** @returns what goes wrong with the responses that have this text in them */
	rules: (echo: string) => FaultRule[];
}

function answer(body: object, rule: Omit<FaultRule, 'fault'> = {}): FaultRule {
	return { ...rule, fault: { answer: { status: 200, body, headers: { 'x-echo': 'x' } } } };
}

function run(resource: string, operation: string, parameters: INodeParameters = {}) {
	const picture = { data: Buffer.from('x').toString('base64'), mimeType: 'image/png' };
	const item: INodeExecutionData = { json: {}, binary: { data: picture } };
	return async ({ options, ...settings }: NodeSettings = {}) =>
		await runMagicHour(sandbox(), resource, operation, [item], {
			...settings,
			parameters,
			options: { maxRetries: 0, ...options },
		});
}

function projectWith(echo: string, fields: object = {}): object {
	return {
		id: 'abc',
		status: 'complete',
		name: echo,
		[echo]: [{ [`x ${echo}`]: echo }],
		...fields,
	};
}

const generation = { prompt: 'x', imageCount: 1 };
const successes: Record<string, Case> = {
	'Account → Get': {
		run: run('account', 'get'),
		rules: (echo) => [answer({ id: echo, [echo]: echo, credits: 1 })],
	},
	'Image Project → Get': {
		run: run('imageProject', 'get', { id: 'abc' }),
		rules: (echo) => [answer(projectWith(echo))],
	},
	'File → Get Detected Faces': {
		run: run('file', 'getDetectedFaces', { id: 'abc' }),
		rules: (echo) => [
			answer({ id: 'abc', status: 'complete', faces: [{ path: echo, [echo]: 1 }] }),
		],
	},
	'File → Upload': {
		run: run('file', 'upload', { inputDataFieldName: 'data' }),
		rules: (echo) => [
			answer({
				items: [
					{
						upload_url: `${sandbox().url}/uploads/x.png`,
						file_path: `api-assets/${echo}.png`,
						expires_at: echo,
					},
				],
			}),
			{ path: '/uploads/', fault: { answer: { status: 200 } } },
		],
	},
	'Generate, Project ID': {
		run: run('imageProject', 'generate', { ...generation, output: 'projectId' }),
		rules: (echo) => [answer({ id: 'abc', credits_charged: echo })],
	},
	'Generate, Completed Project': {
		run: run('imageProject', 'generate', { ...generation, output: 'completedProject' }),
		rules: (echo) => [
			answer({ id: 'abc', credits_charged: 1 }, { method: 'POST' }),
			answer(projectWith(echo), { method: 'GET' }),
		],
	},
	'Image Project → Download': {
		run: run('imageProject', 'download', { id: 'abc', binaryPropertyName: 'data' }),
		rules: (echo) => {
			const url = `${sandbox().url}/downloads/${encodeURIComponent(echo)}.png`;
			return [
				answer(projectWith(echo, { downloads: [{ url, expires_at: echo }] })),
				{
					path: '/downloads/',
					fault: {
						answer: { status: 200, body: 'a file', headers: { 'content-type': 'image/png' } },
					},
				},
			];
		},
	},
};

const failures: Record<string, Case> = {
	'Image Project → Get, a failed project': {
		run: run('imageProject', 'get', { id: 'abc' }),
		rules: (echo) => [
			answer(
				projectWith(echo, {
					status: 'error',
					error: { message: `${'x'.repeat(150)} ${echo}`, code: echo },
				}),
			),
		],
	},
	'Image Project → Get, an unknown status': {
		run: run('imageProject', 'get', { id: 'abc' }),
		rules: (echo) => [answer(projectWith(echo, { status: `${'x'.repeat(150)}${echo}` }))],
	},
	'Image Project → Delete, a message': {
		run: run('imageProject', 'delete', { id: 'abc' }),
		rules: (echo) => [
			{ fault: { answer: { status: 400, body: { message: `${'x'.repeat(150)} ${echo}` } } } },
		],
	},
	'Image Project → Delete, a key at the end of what is read': {
		run: run('imageProject', 'delete', { id: 'abc' }),
		rules: (echo) => [
			{ fault: { answer: { status: 400, body: { message: `${'x'.repeat(9_980)} ${echo}` } } } },
		],
	},
	'Image Project → Delete, other JSON': {
		run: run('imageProject', 'delete', { id: 'abc' }),
		rules: (echo) => [{ fault: { answer: { status: 409, body: { problem: { [echo]: echo } } } } }],
	},
	'Image Project → Delete, a redirect': {
		run: run('imageProject', 'delete', { id: 'abc' }),
		rules: (echo) => [
			{
				fault: {
					answer: {
						status: 302,
						headers: {
							location: `http://127.0.0.1/${'x'.repeat(140)}/${encodeURI(echo)}`,
						},
					},
				},
			},
		],
	},
	'Generate, a message': {
		run: run('imageProject', 'generate', { ...generation, output: 'projectId' }),
		rules: (echo) => [
			{ fault: { answer: { status: 500, body: { message: `${'x'.repeat(175)}${echo}` } } } },
		],
	},
};

/** @returns the parts of the key that leave the node, in the form in which they were echoed, or in any */
function leaksOf(result: NodeResult, echo: string): string[] {
	const text = serializeResult(result);
	const inText = (piece: string) =>
		text.includes(piece) || text.includes(JSON.stringify(piece).slice(1, -1));
	const found = findApiKey(text, sandbox().apiKey);
	return [...piecesOf(echo).filter(inText), ...(found === undefined ? [] : [found])];
}

describe('the API key in a success', () => {
	it.each(Object.entries(successes))(
		'%s: does not appear, however it is echoed',
		async (_, operation) => {
			for (const [form, write] of Object.entries(echoes)) {
				sandbox().reset();
				const echo = write(sandbox().apiKey);
				sandbox().addFaults(...operation.rules(echo));

				const result = await operation.run();

				const isRedacted = serializeResult(result).includes('[API key]');
				const { error, json } = result;
				expect({
					form,
					error,
					items: json.length,
					isRedacted,
					leaks: leaksOf(result, echo),
				}).toEqual({
					form,
					error: undefined,
					items: 1,
					isRedacted: true,
					leaks: [],
				});
			}
		},
	);
});

describe('the API key in a failure', () => {
	it.each(Object.entries(failures))(
		'%s: does not appear, however it is echoed',
		async (_, operation) => {
			for (const [form, write] of Object.entries(echoes)) {
				for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
					sandbox().reset();
					const echo = write(sandbox().apiKey);
					sandbox().addFaults(...operation.rules(echo));

					const result = await operation.run({ onError });

					expect(result.json.length + (result.error === undefined ? 0 : 1)).toBe(1);
					expect({ form, onError, leaks: leaksOf(result, echo) }).toEqual({
						form,
						onError,
						leaks: [],
					});
				}
			}
		},
	);
});

describe('JSON that nests 20,000 lists', () => {
	const lists = '['.repeat(20_000) + ']'.repeat(20_000);
	const nest = (status: number, body: string, rule: Omit<FaultRule, 'fault'> = {}): FaultRule => ({
		...rule,
		fault: { answer: { status, body, headers: jsonHeaders } },
	});

	it.each([
		['alone', lists],
		['in an object', `{"a":${lists}}`],
		['as its message', `{"message":${lists}}`],
	])('as the 500 of what creates, %s: is sent once, and may have been created', async (_, body) => {
		sandbox().addFaults(nest(500, body));

		const { error } = await run('imageProject', 'generate', { ...generation, output: 'projectId' })(
			{
				retryOnFail: true,
				maxTries: 3,
			},
		);

		expect(requestLines(sandbox())).toEqual(['POST /v1/ai-image-generator']);
		expect(error?.message).toContain('the image project may or may not have been created');
		expect(error?.description).toContain('check your library');
	});

	it.each([400, 404, 500])('as a %i of Delete is still that status', async (status) => {
		sandbox().addFaults(nest(status, lists));

		const { error } = await run('imageProject', 'delete', { id: 'abc' })();

		expect(error?.httpCode).toBe(String(status));
		expect(error?.message).toMatch(/the image project "abc" (?:was|may or may not have been) /);
	});

	it('as the 200 of Delete is a deletion', async () => {
		sandbox().addFaults(nest(200, lists));

		const { json: items } = await run('imageProject', 'delete', { id: 'abc' })();

		expect(items).toEqual([{ id: 'abc', deleted: true }]);
	});

	it('is not a project', async () => {
		sandbox().addFaults(nest(200, lists));

		const { error } = await run('imageProject', 'get', { id: 'abc' })();

		expect(error?.message).toContain("isn't in Magic Hour's format");
	});

	it('within a project is left out of the item', async () => {
		sandbox().addFaults(nest(200, `{"id":"abc","status":"complete","a":{"b":${lists}}}`));

		const { json: items, error } = await run('imageProject', 'get', { id: 'abc' })();

		expect(error).toBeUndefined();
		expect(items).toEqual([{ id: 'abc', status: 'complete', a: expect.anything() }]);
		expect(JSON.stringify(items).length).toBeLessThan(500);
	});

	it('in the response of what creates is not a project, and nothing is created twice', async () => {
		sandbox().addFaults(nest(200, lists, { method: 'POST' }));

		const { error } = await run('imageProject', 'generate', { ...generation, output: 'projectId' })(
			{
				retryOnFail: true,
				maxTries: 3,
			},
		);

		expect(requestLines(sandbox())).toEqual(['POST /v1/ai-image-generator']);
		expect(error?.message).toContain('the image project may or may not have been created');
	});

	it('beside the ID of what was created does not hide it', async () => {
		sandbox().addFaults(nest(200, `{"id":"abc","credits_charged":5,"a":${lists}}`));

		const { json: items } = await run('imageProject', 'generate', {
			...generation,
			output: 'projectId',
		})();

		expect(items).toEqual([{ id: 'abc', credits_charged: 5 }]);
	});
});

describe('a text of a megabyte', () => {
	const long = 'x'.repeat(1_000_000);

	it('in a project is cut', async () => {
		sandbox().addFaults(
			answer({ id: 'abc', status: 'complete', name: long, [long.slice(0, 500_000)]: 1 }),
		);

		const { json: items, record } = await run('imageProject', 'get', { id: 'abc' })();

		expect(items[0]?.name).toBe(`${'x'.repeat(10_000)}…`);
		expect(record.length).toBeLessThan(100_000);
	});

	it('in an error is cut', async () => {
		sandbox().addFaults({ fault: { answer: { status: 400, body: { message: long } } } });

		const { record } = await deleteImageProjects(sandbox(), withIds('abc'));

		expect(record).toContain('Magic Hour rejected the request (');
		expect(record.length).toBeLessThan(20_000);
	});

	it('that the user gave as a name, or as the name of a file, is cut in an error', async () => {
		sandbox().addFaults({ fault: { answer: { status: 400, body: { message: 'No' } } } });
		const options = { maxRetries: 0 };

		const named = await runMagicHour(sandbox(), 'imageProject', 'generate', toItems([{}]), {
			parameters: { ...generation, output: 'projectId' },
			options: { ...options, name: '={{ "x".repeat(1000000) }}' },
		});
		const data = { data: 'eA==', mimeType: 'image/png', fileName: `${long}.png` };
		const upload = await runMagicHour(
			sandbox(),
			'file',
			'upload',
			[{ json: {}, binary: { data, second: data } }],
			{ parameters: { inputDataFieldName: 'data,second' }, options },
		);

		for (const { error } of [named, upload]) {
			expect(error?.message).toContain('Magic Hour rejected the request ("No"), so ');
			expect(error?.message).toMatch(/ was not (created|uploaded) \[item 0\]$/);
			expect(error?.message.length).toBeLessThan(1_000);
		}
	});
});
