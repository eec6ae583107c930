import type { GenericValue } from 'n8n-workflow';
import { errorResponse } from '../sandbox/errors';
import { creates, everyOperation, givenId, runOperation } from './everyOperation';
import { deleteImageProjects } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const onError = 'continueRegularOutput';
const keys = ['id', 'error', 'description', 'httpCode', 'magicHour'];
const keysOfDelete = ['id', 'deleted', 'error', 'description', 'httpCode', 'magicHour'];

describe.each(everyOperation())('a failed item of $title', (call) => {
	const isDelete = call.method === 'DELETE';
	const hasId = call.path.endsWith('/{id}');

	it('has the same keys as any other', async () => {
		sandbox().addFaults({ fault: { answer: errorResponse(401, 'Unauthorized') } });
		const { json } = await runOperation(sandbox(), call, { onError });

		expect(Object.keys({ ...json[0] })).toEqual(isDelete ? keysOfDelete : keys);
		expect(json).toEqual([
			{
				id: hasId ? givenId : null,
				...(isDelete ? { deleted: false } : {}),
				error: expect.stringContaining('Magic Hour rejected the API key'),
				description: expect.stringContaining('(HTTP 401'),
				httpCode: '401',
				magicHour: null,
			},
		]);
	});

	it('says null where there was no HTTP status', async () => {
		sandbox().addFaults({ fault: { reset: true } });
		const { json } = await runOperation(sandbox(), call, { onError, options: { maxRetries: 0 } });

		expect(Object.keys({ ...json[0] })).toEqual(isDelete ? keysOfDelete : keys);
		expect(json).toMatchObject([{ httpCode: null, magicHour: null }]);
	});
});

describe.each(everyOperation().filter(creates))('a failed item of $title', (call) => {
	it('has what was created for it before', async () => {
		const isDetection = call.path === '/v1/face-detection';
		sandbox().addFaults({ method: 'GET', fault: { answer: errorResponse(401, 'Unauthorized') } });
		const { json } = await runOperation(sandbox(), call, {
			onError,
		});

		const charge = isDetection ? 0 : expect.any(Number);
		expect(Object.keys({ ...json[0] })).toEqual(keys);
		expect(json).toMatchObject([
			{ id: expect.any(String), httpCode: '401', magicHour: { credits_charged: charge } },
		]);
		expect(Object(json[0]?.magicHour).id).toBe(json[0]?.id);
	});
});

describe('the ID of a failed item', () => {
	const fail = async (id: GenericValue) => {
		const { json } = await deleteImageProjects(sandbox(), [{ id }], { onError });
		return json[0]?.id;
	};

	it.each([
		['https://magichour.ai/my-library?imageId=abc', 'abc'],
		[' abc\n', 'abc'],
		[7, '7'],
	])('is that of a successful one, where %j was given', async (given, id) => {
		expect(await fail(given)).toBe(id);
	});

	it.each([
		['..', '..'],
		[null, null],
		[{ key: 'value' }, { key: 'value' }],
	])('is what was given where that is none: %j', async (given, id) => {
		expect(await fail(given)).toEqual(id);
	});

	it('can be stored, and has no API key and an end, whatever was given', async () => {
		const { apiKey } = sandbox();
		for (const id of ['={{ 5n }}', '={{ $json }}', "={{ 'x'.repeat(1_000_000) }}"]) {
			const { json } = await deleteImageProjects(sandbox(), [{ key: apiKey }], { onError, id });
			const text = JSON.stringify(json);
			expect(text).not.toContain(apiKey);
			expect(text.length).toBeLessThan(20_000);
		}
	});
});
