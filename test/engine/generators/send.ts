import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import type { LoggedRequest, Sandbox } from '../../sandbox/sandbox';
import { runMagicHour, toItems } from '../magicHour';
import { asExpressions, placeOf, type Place } from './parameters';

/** @throws Error where the node has no operation that posts to a path of the API */
export function placeFor(description: INodeTypeDescription, path: string): Place {
	const place = placeOf(description, path);
	if (place === undefined) throw new Error(`The node has no operation for POST ${path}`);
	return place;
}

/**
 * Runs the node once for many items, each with its own parameters, and with no two requests at a time.
 *
 * @param items the parameters for each, which all set the same fields
 */
export async function sendAll(
	sandbox: Sandbox,
	description: INodeTypeDescription,
	items: INodeParameters[],
) {
	sandbox.requests.length = 0;
	const [first = {}] = items;
	const { parameters } = asExpressions(description, first);
	const { resource, operation, options, ...others } = parameters;
	const { error } = await runMagicHour(
		sandbox,
		String(resource),
		String(operation),
		toItems(items.map((item) => asExpressions(description, item).json)),
		{
			parameters: { ...others, output: 'projectId' },
			options: { ...(options as INodeParameters | undefined), maxParallelRequests: 1 },
		},
	);
	return { error: error?.message, requests: sandbox.requests.map(whatMatters) };
}

/**
 * Runs the node for one item, with its Output set to Job.
 *
 * @param json of the item
 */
export async function send(
	sandbox: Sandbox,
	{ resource, operation, options, ...parameters }: INodeParameters,
	json: object = {},
) {
	sandbox.requests.length = 0;
	const { error, json: items } = await runMagicHour(
		sandbox,
		String(resource),
		String(operation),
		toItems([{ ...json }]),
		{
			parameters: { ...parameters, output: 'projectId' },
			options: options as INodeParameters | undefined,
		},
	);
	return { error: error?.message, items, requests: sandbox.requests.map(whatMatters) };
}

/** @returns what two requests must have in common to be the same */
export function whatMatters({ method, url, body }: LoggedRequest) {
	return { method, url, body };
}
