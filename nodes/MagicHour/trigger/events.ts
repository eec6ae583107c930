import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

/** An event of a project, as Magic Hour sends it. */
export interface ProjectEvent {
	type: string;
	project: Project;
}

interface Project extends IDataObject {
	id: string;
}

const kinds = [
	{ name: 'Audio', project: 'an audio project' },
	{ name: 'Image', project: 'an image project' },
	{ name: 'Video', project: 'a video project' },
];
const stages = [
	{ name: 'Completed', happening: 'is finished' },
	{ name: 'Errored', happening: 'has failed' },
	{ name: 'Started', happening: 'begins to render' },
];
const longestId = 200;

/**
 * The events that Magic Hour sends, to choose from.
 *
 * @see https://docs.magichour.ai/api-reference/webhook-events
 */
export const eventOptions = kinds.flatMap((kind) =>
	stages.map((stage): INodePropertyOptions => {
		return {
			name: `${kind.name} ${stage.name}`,
			value: `${kind.name}.${stage.name}`.toLowerCase(),
			description: `When ${kind.project} ${stage.happening}`,
		};
	}),
);

export const eventTypes = eventOptions.map(({ value }) => String(value));

/** @returns the event that a body holds, or why it holds none */
export function readEvent(body: Buffer): ProjectEvent | { refusal: string } {
	const { type, payload } = Object(parse(body)) as { type?: unknown; payload?: unknown };
	if (type === undefined) return { refusal: 'The body is not an event in JSON' };
	if (typeof type !== 'string' || !eventTypes.includes(type)) {
		return { refusal: 'The type of the event is unknown' };
	}
	if (!isProject(payload)) return { refusal: 'The event names no project' };
	return { type, project: payload };
}

/** @returns undefined where the body is not JSON */
function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

function isProject(payload: unknown): payload is Project {
	const { id } = Object(payload) as { id?: unknown };
	return typeof id === 'string' && id !== '' && id.length <= longestId;
}
