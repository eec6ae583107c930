import type { INodeType } from 'n8n-workflow';
import { errorResponse } from '../sandbox/errors';
import { asLoaded } from './engine';
import { deleteImageProjects, runMagicHour, toItems, withIds } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

/** Loads the node with a copy of n8n-workflow that is not the one of n8n's engine. */
function loadLinkedNode(): INodeType {
	let nodeType: INodeType | undefined;
	jest.isolateModules(() => {
		const { MagicHour } = jest.requireActual<{ MagicHour: new () => INodeType }>(
			'../../nodes/MagicHour/MagicHour.node.js',
		);
		nodeType = asLoaded(new MagicHour());
	});
	if (nodeType === undefined) throw new Error('The node was not loaded');
	return nodeType;
}

describe('the details that the editor shows of an error', () => {
	it("are its HTTP status and Magic Hour's own answer", async () => {
		sandbox().addFaults({ fault: { answer: errorResponse(402, 'No', 'insufficient_credits') } });
		const { error } = await deleteImageProjects(sandbox(), withIds('abc'));

		expect(error?.httpCode).toBe('402');
		expect(error?.context?.data).toEqual({ code: 'insufficient_credits', message: 'No' });
	});

	it('have no code where there was no answer', async () => {
		const { error: refused } = await deleteImageProjects(sandbox(), withIds('..'));
		sandbox().addFaults({ fault: { reset: true } });
		const { error: reset } = await deleteImageProjects(sandbox(), withIds('abc'));

		for (const error of [refused, reset]) {
			expect(error?.httpCode).toBeNull();
			expect(error?.context).not.toHaveProperty('data');
		}
	});

	it.each([
		['text', 'Bad gateway'],
		['a list', ['message']],
		['an object of another kind', { error: { message: 'No' } }],
		['a message that is none', { message: 7, code: null }],
	])('have no data where the answer is %s', async (_, body) => {
		sandbox().addFaults({ fault: { answer: { status: 400, body } } });
		const { error } = await deleteImageProjects(sandbox(), withIds('abc'));

		expect(error?.httpCode).toBe('400');
		expect(error?.context).not.toHaveProperty('data');
	});

	it('have bounds, and no API key', async () => {
		const message = `${'x'.repeat(1_995)}${sandbox().apiKey}`;
		const body = { message, code: `${sandbox().apiKey}${'y'.repeat(20_000)}`, other: 'z' };
		sandbox().addFaults({ fault: { answer: { status: 400, body } } });
		const { error, record } = await deleteImageProjects(sandbox(), withIds('abc'));

		const { data } = Object(error?.context);
		expect(data.message).toMatch(/^x{1995}/);
		expect(data.message.length).toBeLessThanOrEqual(2_001);
		expect(data.code).toMatch(/^\[API key\]y+…$/);
		expect(data.code.length).toBeLessThanOrEqual(2_001);
		expect(data).not.toHaveProperty('other');
		expect(record).not.toContain(sandbox().apiKey.slice(0, 12));
	});

	it('name the code also of a package that is linked into n8n', async () => {
		const nodeType = loadLinkedNode();
		const run = async (id: string) =>
			await runMagicHour(sandbox(), 'imageProject', 'delete', toItems([{}]), {
				parameters: { id },
				nodeType,
			});

		const { error } = await run('not-there');
		expect(error?.message).toBe('The image project "not-there" was not found [item 0]');
		expect(error?.httpCode).toBe('404');
		expect((await run('..')).error?.httpCode).toBeNull();
	});
});
