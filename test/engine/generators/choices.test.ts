import type { INodeParameters } from 'n8n-workflow';
import { MagicHour } from '../../../nodes/MagicHour/MagicHour.node.js';
import { readNode } from '../../api/node';
import { generators } from '../../sandbox/schemas';
import type { Body } from '../../sandbox/schemas/rules';
import { useSandbox } from '../useSandbox';
import { bodiesWith, choicesOf, type Choice } from './bodies';
import { withDetectedFaces } from './faces';
import { parametersFor, withDefaults } from './parameters';
import { placeFor, sendAll } from './send';

const sandbox = useSandbox();
const { description } = new MagicHour();
const operations = readNode(description);

/** @returns what can be chosen in the operation that posts to a path */
function offeredFor(path: string): Choice[] {
	const fields = operations.find(({ endpoint }) => endpoint === `POST ${path}`)?.fields ?? [];
	return fields.flatMap((field) =>
		(field.values ?? []).map((value) => ({ path: field.place, value })),
	);
}

/** @returns the bodies, those together for which the same fields of the node are set */
function groupsOf(path: string, bodies: Body[]) {
	const groups = new Map<string, Array<{ parameters: INodeParameters; body: Body }>>();
	for (const wanted of bodies) {
		const parameters = parametersFor(description, placeFor(description, path), wanted);
		const body = withDefaults(description, parameters, wanted);
		const fields = JSON.stringify(fieldsOf(parameters));
		groups.set(fields, [...(groups.get(fields) ?? []), { parameters, body }]);
	}
	return [...groups.values()];
}

function fieldsOf(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return '';
	return Object.entries(value)
		.map(([name, part]) => [name, fieldsOf(part)])
		.sort();
}

describe.each(Object.keys(generators))('the choices of the operation that posts to %s', (path) => {
	beforeEach(() => (sandbox().credits = Number.MAX_SAFE_INTEGER));

	it('are those of the API, each of which is taken when it is sent', async () => {
		const choices = [...offeredFor(path), ...choicesOf(path)];
		const bodies = bodiesWith(path, choices, withDetectedFaces(sandbox()));
		for (const group of groupsOf(path, bodies)) {
			const outcome = await sendAll(
				sandbox(),
				description,
				group.map(({ parameters }) => parameters),
			);

			expect(outcome).toEqual({
				error: undefined,
				requests: group.map(({ body }) => ({ method: 'POST', url: path, body })),
			});
		}
		// There are more than a thousand voices.
	}, 120_000);
});
