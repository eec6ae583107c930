import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { operationsOf } from '../description/operations';
import { generators } from '../sandbox/schemas';
import type { Sandbox } from '../sandbox/sandbox';
import { minimalBody, webAddresses, type Files } from './generators/bodies';
import { parametersFor } from './generators/parameters';
import { runMagicHour, type NodeResult, type NodeSettings } from './magicHour';

/** An operation of the node, set as far as it must be. */
export interface OperationCall {
	/** Its resource and its name, as the node's description has them. */
	title: string;
	resource: string;
	operation: string;
	method: string;
	/** The path of its request, with names in braces. */
	path: string;
}

/** The ID that every operation is given that wants one. */
export const givenId = 'abc';

const picture = 'https://example.com/group.png';
const { description } = new MagicHour();

/** @returns every operation that the node's description lists */
export function everyOperation(): OperationCall[] {
	return operationsOf(description).map(({ resource, place, option }) => {
		const { method = 'GET', url = '' } = option.routing?.request ?? {};
		const [resourceValue, operation] = place;
		const title = `${resource} → ${option.name}`;
		return { title, resource: resourceValue, operation, method, path: String(url) };
	});
}

/** Whether an operation creates something, which must never be repeated when in doubt. */
export function creates({ method, path }: OperationCall): boolean {
	return method === 'POST' && path !== '/v1/files/upload-urls';
}

/**
 * Runs an operation for one item, with what it needs and no more.
 *
 * @param settings its parameters and options come on top
 * @param files what leads to files
 */
export async function runOperation(
	sandbox: Sandbox,
	{ resource, operation, path }: OperationCall,
	{ parameters, options, ...settings }: NodeSettings = {},
	files: Files = webAddresses,
): Promise<NodeResult> {
	const isGenerator = generators[path] !== undefined;
	const { options: ownOptions, ...own }: INodeParameters = isGenerator
		? parametersFor(description, { resource, operation }, minimalBody(path, files))
		: { id: givenId, file: picture, inputDataFieldName: 'data' };
	return await runMagicHour(sandbox, resource, operation, [itemWithFile()], {
		...settings,
		parameters: { ...own, resource, operation, ...parameters },
		options: { ...(ownOptions as INodeParameters | undefined), ...options },
	});
}

function itemWithFile(): INodeExecutionData {
	const data = Buffer.from('a picture').toString('base64');
	return { json: {}, binary: { data: { data, fileName: 'group.png', mimeType: 'image/png' } } };
}
