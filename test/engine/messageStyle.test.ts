import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../sandbox/faults';
import { everyOperation, runOperation, type OperationCall } from './everyOperation';
import { createMany, runMagicHour, toItems, withIds, type NodeResult } from './magicHour';
import { findStyleIssues } from './style';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const one = { maxParallelRequests: 1 };

/** What can come in the place of a response, beside the errors that the API documents. */
const faults: Record<string, Fault> = {
	'a lost response': { reset: true, afterProcessing: true },
	'no HTTP': { garbage: true },
	'half a response': { cutOff: true, answer: { status: 200, body: '{"id": "a' } },
	'another response': { answer: { status: 200, body: { nothing: 'like it' } } },
	'a web page': { answer: { status: 200, body: '<html>Sign in</html>' } },
	'a redirect': { answer: { status: 302, headers: { location: 'https://example.com/v2' } } },
	'a gateway that does not know the path': { answer: { status: 404, body: 'no Route matched' } },
	'a status that is not documented': { answer: { status: 418, body: { message: 'No.' } } },
	'a request without a reason': { answer: { status: 400 } },
	'a wait that is too long': { answer: { status: 429, headers: { 'retry-after': '3600' } } },
	'a fault of the server': { answer: { status: 503, body: 'Down. For now.' } },
	'a response that is too large': { answer: { status: 200, body: 'x'.repeat(3_000_000) } },
	'no way to the host': { clientError: 'EHOSTUNREACH' },
};

/** What is wrong with a credential. */
const credentials: Record<string, object> = {
	'an empty key': { apiKey: '' },
	'a key that is none': { apiKey: true },
	'nothing at the URL': { baseUrl: 'http://127.0.0.1:1' },
	...Object.fromEntries(
		[
			'not a URL',
			'example.com',
			'https://a.b/?c',
			'https://u:p@a.b',
			'https://a.b/v1',
			'https://api.magichour.ai/x',
		].map((baseUrl) => [`the Base URL ${baseUrl}`, { baseUrl }]),
	),
};

const operations = everyOperation();
const generatesImage = callOf('imageProject', 'generate');

function callOf(resource: string, operation: string): OperationCall {
	const call = operations.find(
		(each) => each.resource === resource && each.operation === operation,
	);
	if (call === undefined) throw new Error(`There is no ${resource} ${operation}`);
	return call;
}

function issuesOf({ error }: NodeResult): string[] {
	expect(error?.message).toMatch(/ \[item 0\]$/);
	return findStyleIssues(error);
}

describe('what a user reads, short and plain', () => {
	describe.each(operations)('of $title', (call) => {
		it.each(Object.entries(faults))('after %s', async (_, fault) => {
			sandbox().addFaults({ fault });
			const result = await runOperation(sandbox(), call);
			// For what only its status counts.
			if (result.error === undefined) return;

			expect(issuesOf(result)).toEqual([]);
		});

		it.each(Object.entries(credentials))('with %s', async (_, credential) => {
			const own = { apiKey: sandbox().apiKey, baseUrl: sandbox().url };
			const result = await runOperation(sandbox(), call, { credential: { ...own, ...credential } });

			expect(issuesOf(result)).toEqual([]);
		});
	});

	it.each([
		'',
		'..',
		'undefined',
		'a/b',
		'a\nb',
		'a b'.padEnd(300, 'c'),
		'https://example.com/x',
		'https://magichour.ai/my-library?videoId=x',
		'https://magichour.ai/my-library',
		2 ** 60,
		true,
		null,
		['a'],
		{ a: 1 },
	])('of an ID that is not valid: %j', async (id) => {
		const result = await runMagicHour(sandbox(), 'imageProject', 'delete', toItems(withIds(id)), {
			parameters: { id: '={{ $json.id }}' },
		});

		expect(issuesOf(result)).toEqual([]);
	});

	it.each([
		'nothing-like-it',
		'/home/me/a.png',
		'https://example.com/a',
		'https://example.com/a b.png',
		'https://magichour.ai/my-library',
		'https://magichour.ai/my-library?videoId=x',
		'undefined',
		'a.png, data',
		'={{ { a: 1 } }}',
		'={{ { mimeType: "image/png" } }}',
		'={{ ["data", "data"] }}',
		'={{ $nothing.at.all }}',
	])('of a file that is not valid: %s', async (file) => {
		for (const inputType of ['automatic', 'urlOrPath', 'binaryField']) {
			const call = callOf('imageProject', 'upscale');
			const parameters = Object.fromEntries(
				['image', 'imageFile', 'file', 'targetImage', 'imageFilePath'].map((name) => [name, file]),
			);
			const result = await runOperation(sandbox(), call, { parameters, options: { inputType } });
			if (result.error === undefined) continue;

			expect(issuesOf(result)).toEqual([]);
		}
	});

	it.each<[INodeParameters, INodeParameters]>([
		[{ imageCount: 99 }, {}],
		[{ imageCount: 'many' }, {}],
		[{ prompt: '={{ "" }}' }, {}],
		[{ prompt: '={{ undefined + "" }}' }, {}],
		[{ prompt: '={{ [1] }}' }, {}],
		[{ output: 'nothing' }, {}],
		[{}, { maxRetries: 'often' }],
		[{}, { maxCreditsPerRun: -1 }],
		[{}, { maxCreditsPerRun: 'few' }],
		[{}, { customBodyFields: '[1]' }],
		[{}, { customBodyFields: '{' }],
		[{}, { customBodyFields: '{"constructor": 1}' }],
		[{}, { model: 'nano-banana', resolution: '4k' }],
		[{ imageCount: 3 }, { model: 'nano-banana-pro' }],
	])('of parameters that are not valid: %j, %j', async (parameters, options) => {
		const result = await runOperation(sandbox(), generatesImage, { parameters, options });

		expect(issuesOf(result)).toEqual([]);
	});

	it.each([
		{ outcome: 'error' },
		{ outcome: 'canceled' },
		{ enabled: false },
		{ isDraft: true },
		{ isFinished: true, files: 0 },
	] as const)('of a project that has no files: %j', async (setting) => {
		const id = sandbox().projects.create(setting);
		for (const options of [{}, { waitForCompletion: true }]) {
			const result = await runMagicHour(sandbox(), 'imageProject', 'download', toItems([{ id }]), {
				parameters: { id: '={{ $json.id }}', binaryPropertyName: 'data' },
				options,
			});

			expect(issuesOf(result)).toEqual([]);
		}
	});

	it.each([false, true])(
		'of a credit limit, where an earlier item is unclear: %s',
		async (isUnclear) => {
			if (isUnclear)
				sandbox().addFaults({ times: 1, fault: { reset: true, afterProcessing: true } });
			for (const limits of [
				{ maxCreditsPerRun: 0 },
				{ maxCreditsPerRun: 5 },
				{ minCreditsToKeep: 9_995 },
			]) {
				const { items } = await runMagicHour(
					sandbox(),
					'imageProject',
					'generate',
					toItems([{}, {}, {}]),
					{
						onError: 'continueRegularOutput',
						parameters: { prompt: 'A lighthouse', imageCount: 1, output: 'projectId' },
						options: { ...one, ...limits },
					},
				);
				const errors = items.flatMap(({ json: { error, description } }) =>
					error === undefined ? [] : [{ message: String(error), description: String(description) }],
				);

				expect(errors).not.toEqual([]);
				expect(errors.flatMap(findStyleIssues)).toEqual([]);
			}
		},
	);

	it('of a run that is stopped', async () => {
		const ids = createMany(sandbox(), 3);
		for (const operation of ['get', 'delete']) {
			const result = await runMagicHour(
				sandbox(),
				'imageProject',
				operation,
				toItems(withIds(...ids)),
				{
					parameters: { id: '={{ $json.id }}' },
					options: one,
					onStart: (cancel) => cancel(),
				},
			);

			expect(findStyleIssues(result.error)).toEqual([]);
		}
	});

	it('finds what breaks a rule', () => {
		const words = 'word '.repeat(40).trim();
		expect(
			findStyleIssues({
				message: 'It was refused to somebody, so it was not deleted [item 0]',
				description: `Nothing was deleted. One. Two. ${words}.`,
			}),
		).toHaveLength(4);
	});
});
