import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import type { LoggedRequest, Sandbox } from '../../sandbox/sandbox';
import { runMagicHour, toItems } from '../magicHour';
import { placeOf, type Place } from './parameters';

/** @throws Error where the node has no operation that posts to a path of the API */
export function placeFor(description: INodeTypeDescription, path: string): Place {
	const place = placeOf(description, path);
	if (place === undefined) throw new Error(`The node has no operation for POST ${path}`);
	return place;
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
