import { piecesOf } from './echoes';
import { deleteImageProjects, requestLines, withIds, type NodeResult } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();

const noRetries = { maxRetries: 0 };

async function failWith(
	answer: { status: number; headers?: Record<string, string>; body?: string | object },
	{ cutOff = false, options = noRetries, id = 'abc' } = {},
): Promise<NonNullable<NodeResult['error']>> {
	sandbox().projects.create({ id });
	sandbox().addFaults({ fault: { answer, cutOff } });
	const { error } = await deleteImageProjects(sandbox(), withIds(id), { options });
	if (error === undefined || error === null) throw new Error('The node did not fail');
	return error;
}

describe('an answer that is not a success', () => {
	it.each([
		[
			'400',
			{ status: 400, body: { message: 'Missing request body' } },
			'Magic Hour rejected the request ("Missing request body"), so the image project "abc" was not deleted',
			"Check 'Project ID'.",
		],
		[
			'422',
			{ status: 422, body: { message: 'Unable to delete image' } },
			'Magic Hour rejected the request ("Unable to delete image"), so the image project "abc" was not deleted',
			"Check 'Project ID'.",
		],
		[
			'401',
			{ status: 401, body: { message: 'Unauthorized' } },
			'Magic Hour rejected the API key, so the image project "abc" was not deleted',
			'Check the API key in the credential, or create one at',
		],
		[
			'402 of old',
			{ status: 402, body: { message: 'Payment required' } },
			'Magic Hour requires payment for this, so the image project "abc" was not deleted',
			'(HTTP 402: "Payment required")',
		],
		[
			'402 for credits',
			{ status: 402, body: { code: 'insufficient_credits', message: 'x' } },
			'The Magic Hour account doesn\'t have enough credits, so the image project "abc" was not deleted',
			'For credits and plans, go to https://magichour.ai/pricing',
		],
		[
			'402 for a subscription',
			{ status: 402, body: { code: 'subscription_required', message: 'x' } },
			'Magic Hour requires a subscription for this, so the image project "abc" was not deleted',
			'For credits and plans, go to https://magichour.ai/pricing',
		],
		[
			'402 for a plan',
			{ status: 402, body: { code: 'plan_upgrade_required', message: 'x' } },
			'Magic Hour requires a higher plan for this, so the image project "abc" was not deleted',
			'For credits and plans, go to https://magichour.ai/pricing',
		],
		[
			'403',
			{ status: 403, body: { message: 'Forbidden' } },
			'The API key isn\'t allowed to do this, so the image project "abc" was not deleted',
			'Use a key from the account that owns the image project, or create one at',
		],
		[
			'404',
			{ status: 404, body: { message: 'Not Found' } },
			'The image project "abc" was not found',
			"turn on 'Ignore Already Deleted' under Options",
		],
		[
			'404 of something else',
			{ status: 404, body: { message: 'Cannot DELETE /v1/image-projects/abc' } },
			`'Base URL' in the credential doesn't seem to lead to Magic Hour's API, so the image project "abc" was not deleted`,
			"Check 'Base URL' in the credential",
		],
		[
			'200 with a web page',
			{ status: 200, body: '<html>Sign in to the network</html>' },
			'A web page was returned instead of a response from Magic Hour, so the image project "abc" may or may not have been deleted',
			"Check 'Base URL' in the credential and, if you use one, the proxy",
		],
		[
			'409',
			{ status: 409, body: { message: 'Conflict' } },
			'Magic Hour rejected the request with status 409, so the image project "abc" was not deleted',
			'(HTTP 409: "Conflict")',
		],
		[
			'429',
			{ status: 429, body: { message: 'Too many requests' } },
			'Magic Hour received too many requests, so the image project "abc" was not deleted',
			"Lower 'Max Parallel Requests' or raise 'Max Retries' under Options",
		],
		[
			'500',
			{ status: 500, body: { code: 'internal_server_error', message: 'x' } },
			'Magic Hour is temporarily unavailable, so the image project "abc" may or may not have been deleted',
			"To make sure that it's deleted, run the node again with 'Ignore Already Deleted' turned on.",
		],
		[
			'503',
			{ status: 503, body: 'Service Unavailable' },
			'Magic Hour is temporarily unavailable, so the image project "abc" may or may not have been deleted',
			"To make sure that it's deleted",
		],
	])('%s says what happened and what to do', async (_, answer, message, advice) => {
		const error = await failWith(answer);

		expect(error.message).toBe(`${message} [item 0]`);
		expect(error.description).toMatch(new RegExp(`\\(HTTP ${answer.status}(: ".*")?\\)$`));
		expect(error.description).toContain(advice);
		expect(error.name).toBe('NodeApiError');
		expect(error.httpCode).toBe(String(answer.status));
		expect(error.context?.itemIndex).toBe(0);
	});

	it('says nothing of other items where there are none', async () => {
		const error = await failWith({ status: 401 });

		expect(error.description).not.toContain('attempted');
	});

	it.each([400, 401, 402, 403, 404, 409, 422])('%i is not asked again', async (status) => {
		await failWith({ status }, { options: { maxRetries: 10 } });

		expect(requestLines(sandbox())).toHaveLength(1);
	});

	it.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
		const error = await failWith({
			status,
			headers: { location: `${sandbox().url}/elsewhere?with=secret` },
		});

		expect(requestLines(sandbox())).toEqual(['DELETE /v1/image-projects/abc']);
		expect(error.message).toBe(
			`'Base URL' in the credential leads to a redirect, which the node doesn't follow, so the image project "abc" was not deleted [item 0]`,
		);
		expect(error.description).toContain(`The redirect points to ${sandbox().url}/elsewhere`);
		expect(error.description).not.toContain('with=secret');
		expect(error.httpCode).toBe(String(status));
	});

	it.each([
		[
			'an HTML page',
			{ status: 502, body: '<html><h1>Bad gateway</h1></html>' },
			'<h1>Bad gateway</h1>',
		],
		['nothing', { status: 502 }, '(HTTP 502)'],
		['JSON that is cut off', { status: 502, body: '{"message": "Bad ga' }, '{"message": "Bad ga'],
		['a list', { status: 502, body: [{ problem: 'x' }] }, '[{"problem":"x"}]'],
		['JSON without a message', { status: 502, body: { problem: 'x' } }, '{"problem":"x"}'],
		[
			'a message that is no text',
			{ status: 502, body: { message: { a: 1 } } },
			'{"message":{"a":1}}',
		],
	])('with %s as its body is still a clear message', async (_, answer, shown) => {
		const error = await failWith(answer);

		expect(error.message).toContain('Magic Hour is temporarily unavailable');
		expect(error.description).toContain(shown);
		expect(error.httpCode).toBe('502');
	});

	it.each([403, 503])('%i whose body breaks off keeps its status', async (status) => {
		const error = await failWith({ status, body: '{"message": "Bad' }, { cutOff: true });

		expect(error.httpCode).toBe(String(status));
		expect(error.description).toContain(`(HTTP ${status}`);
	});

	it('shows at most the first 200 characters of a body', async () => {
		const error = await failWith({ status: 400, body: { message: `${'x'.repeat(200)}END` } });

		expect(error.message).toContain('x'.repeat(200));
		expect(error.message + String(error.description)).not.toContain('END');
	});

	it.each(['ECONNREFUSED', 'EPERM', 'ETIMEDOUT'])(
		'keeps its message when the ID or the answer has a word such as %s in it',
		async (word) => {
			const error = await failWith({ status: 400, body: { message: word } }, { id: `x-${word}` });

			expect(error.message).toBe(
				`Magic Hour rejected the request ("${word}"), so the image project "x-${word}" was not deleted [item 0]`,
			);
		},
	);

	it('is a success for any 2xx, whatever its body, unless it is a web page', async () => {
		const plain = { 'content-type': 'text/plain' };
		for (const answer of [
			{ status: 200, body: { message: 'OK' } },
			{ status: 200, body: '' },
			{ status: 201, body: 'Gone', headers: plain },
			{ status: 202, body: { message: 'OK' } },
			{ status: 204, body: '' },
			{ status: 206, body: '[', headers: { 'content-type': 'application/json' } },
		]) {
			sandbox().reset();
			sandbox().addFaults({ fault: { answer } });
			const { json } = await deleteImageProjects(sandbox(), withIds('abc'));
			expect({ answer, json }).toEqual({ answer, json: [{ id: 'abc', deleted: true }] });
		}
		for (const status of [200, 201, 202, 206]) {
			sandbox().reset();
			const error = await failWith({ status, body: '<html>Sign in</html>' });
			expect(error.message).toContain(
				'A web page was returned instead of a response from Magic Hour',
			);
		}
	});

	it('is a success for a 2xx whose body breaks off', async () => {
		const headers = { 'content-type': 'application/json' };
		sandbox().addFaults({
			fault: { answer: { status: 200, body: '{"a', headers }, cutOff: true },
		});

		const { json } = await deleteImageProjects(sandbox(), withIds('abc'));

		expect(json).toEqual([{ id: 'abc', deleted: true }]);
		expect(requestLines(sandbox())).toHaveLength(1);
	});

	it('is none for a web page that breaks off', async () => {
		const error = await failWith({ status: 200, body: '<html>' }, { cutOff: true });

		expect(error.message).toContain(
			'A web page was returned instead of a response from Magic Hour',
		);
	});
});

describe('the API key', () => {
	it.each([
		['as it is', (key: string) => key],
		['with Bearer before it', (key: string) => `Bearer ${key}`],
		['URL-encoded', (key: string) => encodeURIComponent(key)],
		['in base64', (key: string) => Buffer.from(key).toString('base64')],
	])('does not appear when the server echoes it %s', async (_, form) => {
		const echo = form(sandbox().apiKey);
		sandbox().addFaults({
			fault: {
				answer: {
					status: 400,
					headers: { location: `http://127.0.0.1/${echo}` },
					body: { message: `${'x'.repeat(185)} ${echo}` },
				},
			},
		});

		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			const { record } = await deleteImageProjects(sandbox(), withIds('abc'), { onError });
			expect(record.includes('Magic Hour rejected the request')).toBe(true);
			expect(piecesOf(form(sandbox().apiKey)).filter((piece) => record.includes(piece))).toEqual(
				[],
			);
		}
	});

	it('does not appear when it was given as the ID', async () => {
		const { record } = await deleteImageProjects(sandbox(), [{}], {
			id: `={{ "${sandbox().apiKey.slice(0, 9)}" + "${sandbox().apiKey.slice(9)}" }}`,
			onError: 'continueRegularOutput',
		});

		expect(record.includes('[API key]')).toBe(true);
		expect(record.includes(sandbox().apiKey)).toBe(false);
	});
});
