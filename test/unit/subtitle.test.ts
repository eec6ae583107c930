import {
	Workflow,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { MagicHourTrigger } from '../../nodes/MagicHour/MagicHourTrigger.node.js';
import { operationsOf } from '../description/operations';

/** The longest that the canvas shows on one line, with room for the letters that are wide. */
const mostCharacters = 30;

/** @returns what the canvas shows below the name of a node, as n8n's editor finds it out */
function subtitleOf(description: INodeTypeDescription, parameters: INodeParameters): unknown {
	const node = {
		...{ id: 'node', name: 'Node', type: description.name, typeVersion: 1 },
		...{ position: [0, 0] as [number, number], parameters },
	};
	const nodeType: INodeType = { description };
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		node,
		description.subtitle ?? '',
		'internal',
		{},
	);
}

describe('the subtitle of the node', () => {
	const { description } = new MagicHour();
	const operations = operationsOf(description);

	it.each(operations)('of $resource → $option.name is words that fit', ({ place, option }) => {
		const [resource, operation] = place;
		const subtitle = String(subtitleOf(description, { resource, operation }));

		expect(subtitle).toMatch(/^[A-Z][A-Za-z ]+$/);
		expect(subtitle.length).toBeLessThanOrEqual(mostCharacters);
		const [verb = ''] = String(option.action).split(' ');
		expect(subtitle.startsWith(verb)).toBe(true);
	});

	it('differs between all operations', () => {
		const subtitles = operations.map(({ place: [resource, operation] }) =>
			subtitleOf(description, { resource, operation }),
		);
		expect(new Set(subtitles).size).toBe(operations.length);
	});

	it.each([
		['imageProject', 'delete', 'Delete Image Project'],
		['imageProject', 'upscale', 'Upscale Image'],
		['account', 'get', 'Get Account'],
		['imageProject', 'sculpt', 'sculpt'],
		['hologram', 'paint', undefined],
	])('of %s → %s is %s', (resource, operation, subtitle) => {
		expect(subtitleOf(description, { resource, operation })).toBe(subtitle);
	});
});

describe('the subtitle of the trigger', () => {
	const { description } = new MagicHourTrigger();
	const [all] = description.properties
		.filter(({ name }) => name === 'events')
		.map((property) => property.default);

	it.each([
		[['image.completed'], 'Image Completed'],
		['image.completed', 'Image Completed'],
		[['image.completed', 'video.errored', 'audio.started'], '3 events'],
		[all, 'All events'],
		[['Image Completed'], 'Image Completed'],
		['image.completed', 'Image Completed'],
		['image.completed, video.completed', '2 events'],
		['image.rotated', '1 event'],
	])('of %j is "%s"', (events, subtitle) => {
		expect(subtitleOf(description, { events } as INodeParameters)).toBe(subtitle);
	});
});
