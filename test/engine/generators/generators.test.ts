import fc from 'fast-check';
import { MagicHour } from '../../../nodes/MagicHour/MagicHour.node.js';
import { generators } from '../../sandbox/schemas';
import type { Body } from '../../sandbox/schemas/rules';
import { useSandbox } from '../useSandbox';
import { bodies, maximalBody, minimalBody } from './bodies';
import { withDetectedFaces } from './faces';
import { asExpressions, parametersFor, withDefaults } from './parameters';
import { placeFor, send } from './send';

const sandbox = useSandbox();
const { description } = new MagicHour();

/** Sets the node as a user would who wants such a body, and compares what arrives. */
async function expectToArrive(path: string, wanted: Body) {
	const parameters = parametersFor(description, placeFor(description, path), wanted);
	const outcome = await send(sandbox(), parameters);

	expect(outcome).toEqual({
		error: undefined,
		items: [expect.objectContaining({ id: expect.any(String) })],
		requests: [{ method: 'POST', url: path, body: withDefaults(description, parameters, wanted) }],
	});
}

describe.each(Object.keys(generators))('the operation that posts to %s', (path) => {
	beforeEach(() => (sandbox().credits = Number.MAX_SAFE_INTEGER));

	it('sends what its fields say, where only those are set that must be', async () => {
		await expectToArrive(path, minimalBody(path, withDetectedFaces(sandbox())));
	});

	it('sends what its fields say, where all are set', async () => {
		await expectToArrive(path, maximalBody(path, withDetectedFaces(sandbox())));
	});

	it('sends what expressions say', async () => {
		const wanted = maximalBody(path, withDetectedFaces(sandbox()));
		const literal = parametersFor(description, placeFor(description, path), wanted);
		const { parameters, json } = asExpressions(description, literal);
		const body = withDefaults(description, literal, wanted);

		expect(await send(sandbox(), parameters, json)).toMatchObject({
			error: undefined,
			requests: [{ method: 'POST', url: path, body }],
		});
	});

	it('sends what its fields say, whatever that is', async () => {
		const wanted = bodies(path, withDetectedFaces(sandbox()));
		await fc.assert(
			fc.asyncProperty(wanted, async (body) => await expectToArrive(path, body)),
			{ numRuns: 12 },
		);
	});
});
