import type {
	IDataObject,
	INodeProperties,
	INodePropertyOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { isId } from '../api/ids';
import { audioProjectKind, imageProjectKind, videoProjectKind } from '../api/projectKinds';
import { sanitize } from '../http/foreignData';
import { isObject, propertiesOf } from '../http/json';
import type { Redactor } from '../http/redaction';
import { upperFirst, withArticle } from '../messages/text';
import { EventError } from './eventError';

/** An event of a project, as Magic Hour sends it. */
export interface ProjectEvent {
	type: string;
	project: EventProject;
}

interface EventProject extends IDataObject {
	id: string;
}

const stages = [
	{ value: 'completed', happening: 'completes' },
	{ value: 'errored', happening: 'fails' },
	{ value: 'started', happening: 'starts rendering' },
];
/** Nothing is sent to where events come from, so that none of them can echo the API key. */
const noRedaction: Redactor = (text) => text;

/**
 * The events that Magic Hour sends, to choose from.
 *
 * @see https://docs.magichour.ai/api-reference/webhook-events
 */
const eventOptions: INodePropertyOptions[] = [
	audioProjectKind,
	imageProjectKind,
	videoProjectKind,
].flatMap(({ fileKind, noun }) =>
	stages.map(({ value, happening }) => ({
		name: `${upperFirst(fileKind)} ${upperFirst(value)}`,
		value: `${fileKind}.${value}`,
		description: `When ${withArticle(noun)} ${happening}`,
	})),
);

export const eventTypes = eventOptions.map(({ value }) => String(value));

/** Which events start the workflow. */
export const eventsField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	options: eventOptions,
	default: [...eventTypes],
};

const nameByEvent = Object.fromEntries(
	eventOptions.flatMap(({ name, value }) => [
		[value, name],
		[name, name],
	]),
);
const chosenEvents = `String($parameter["events"]).split(/\\s*[,;\\n]\\s*/)`;

/** Tells on the canvas which events start the workflow: the name of one, or how many they are. */
export const subtitleOfEvents = `={{ (${JSON.stringify(nameByEvent)})[${chosenEvents}.join()] ?? ({ 1: "1 event", ${eventTypes.length}: "All events" })[${chosenEvents}.length] ?? ${chosenEvents}.length + " events" }}`;

/** @returns the types of the events that start the workflow, however the user lists them */
export function readSelectedEvents(context: IWebhookFunctions): string[] {
	const wanted = listOf(context.getNodeParameter(eventsField.name, [])).map((event) =>
		String(event).trim().toLowerCase(),
	);
	return eventOptions.flatMap(({ name, value }) => {
		const wordings = [name, String(value)].map((wording) => wording.toLowerCase());
		return wordings.some((wording) => wanted.includes(wording)) ? [String(value)] : [];
	});
}

/** An expression may give a list as JSON, or as text with commas, semicolons or line breaks. */
function listOf(given: unknown): unknown[] {
	if (Array.isArray(given)) return given;
	const text = String(given);
	const parsed = parse(text);
	return Array.isArray(parsed) ? parsed : text.split(/[\r\n,;]+/);
}

/**
 * @returns the event that a body holds, with texts of bounded length; undefined for one of a type that
 * is not known here, whatever else is in it
 * @throws EventError where it holds none
 */
export function readEvent(body: Buffer): ProjectEvent | undefined {
	const { type, payload } = propertiesOf(sanitize(parse(body.toString('utf8')), noRedaction));
	if (typeof type !== 'string' || type.trim() === '') {
		throw new EventError(400, 'The body is not a JSON event');
	}
	if (!eventTypes.includes(type)) return undefined;
	if (!isProject(payload)) throw new EventError(400, 'The event has no valid project ID');
	return { type, project: payload };
}

/** @returns undefined for what is not JSON */
function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isProject(payload: unknown): payload is EventProject {
	return isObject(payload) && isId(payload.id);
}
