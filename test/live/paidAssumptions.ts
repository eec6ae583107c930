import { isSuccess } from '../../nodes/MagicHour/http/errors';
import { isObject, propertiesOf } from '../../nodes/MagicHour/http/json';
import { imageProjectKind, resourceUrl } from '../../nodes/MagicHour/api/projectKinds';
import { saysNotFound } from '../../nodes/MagicHour/messages/errorResponse';
import { joinSentences } from '../../nodes/MagicHour/messages/text';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runMagicHour, toItems } from '../engine/magicHour';
import type { Assumption } from './assumption';
import { describeAnswer, type Client } from './client';
import { lookForNothing, notFoundFile } from './freeAssumptions';

/** The model that costs the least, and what an image of it costs, in credits. */
export const cheapest = { model: 'flux-schnell', resolution: '640px', credits: 5 };

/** What the looks at one project share. */
export interface PaidLooks {
	client: Client;
	/** Is told what exists, as soon as it does. */
	tell(line: string): void;
	/** The project that was generated, if one was. */
	id?: string;
	/** What the project has cost, as Magic Hour last told it. */
	charge?: unknown;
	/** Whether the project is known to be gone. */
	isGone: boolean;
}

const maxWaitSeconds = 600;

/** What the package assumes of the life of a project, in its order; the node itself does the work. */
export const paidAssumptions: Array<Assumption<PaidLooks>> = [
	{
		what: 'Generate an image',
		assumed: 'an ID and the charge in credits',
		file: 'nodes/MagicHour/api/createOnce.ts',
		async look(looks) {
			const { model, resolution } = cheapest;
			const json = await runNode(looks, 'generate', {
				prompt: 'A lighthouse at dusk',
				imageCount: 1,
				output: 'projectId',
				options: { model, resolution, name: 'n8n-nodes-magic-hour: npm run live' },
			});
			looks.id = String(json.id);
			looks.charge = json.credits_charged;
			looks.tell(`Generated the image project ${looks.id}.`);
			return {
				seen: `an ID and a charge of ${String(looks.charge)} credits`,
				same: Number.isInteger(looks.charge),
			};
		},
	},
	{
		what: 'Get it and wait',
		assumed: 'complete, enabled, 1 file',
		file: 'nodes/MagicHour/api/projects.ts',
		async look(looks) {
			const json = await runNode(looks, 'get', {
				...idOf(looks),
				options: { waitForCompletion: true, maxWait: maxWaitSeconds, failIfProjectFailed: false },
			});
			const { status, enabled, downloads, credits_charged: charge, failureReason } = json;
			looks.charge = charge;
			const count = Array.isArray(downloads) ? downloads.length : 0;
			const state = enabled === true ? 'enabled' : `enabled is ${String(enabled)}`;
			const { code, message } = propertiesOf(failureReason);
			const reason = message === undefined ? '' : ` (${String(code)}: ${String(message)})`;
			return {
				seen: `${String(status)}${reason}, ${state}, ${count} ${count === 1 ? 'file' : 'files'}`,
				same: status === 'complete' && enabled === true && count === 1,
			};
		},
	},
	{
		what: 'Download it',
		assumed: 'an image file',
		file: 'nodes/MagicHour/api/downloads.ts',
		async look(looks) {
			const { binary } = await runNodeForItem(looks, 'download', {
				...idOf(looks),
				binaryPropertyName: 'data',
			});
			const { mimeType = 'no file', data = '' } = binary?.data ?? {};
			const size = Buffer.from(data, 'base64').length;
			return {
				seen: `${mimeType} of ${size} bytes`,
				same: mimeType.startsWith('image/') && size > 0,
			};
		},
	},
	{
		what: 'Delete it',
		assumed: 'deleted',
		file: 'nodes/MagicHour/resources/project/delete.ts',
		async look(looks) {
			const { deleted } = await runNode(looks, 'delete', idOf(looks));
			looks.isGone = deleted === true;
			return { seen: looks.isGone ? 'deleted' : JSON.stringify({ deleted }), same: looks.isGone };
		},
	},
	{
		what: 'DELETE it again',
		assumed: '404 not_found',
		file: notFoundFile,
		async look(looks) {
			const { answer, ...sight } = await lookForNothing(
				looks.client,
				'DELETE',
				imageProjectKind,
				idOf(looks).id,
			);
			looks.isGone ||= sight.same || isSuccess(answer.statusCode, answer.headers);
			return sight;
		},
	},
	{
		what: 'GET the deleted project',
		assumed: '404 not_found, or enabled: false',
		file: 'nodes/MagicHour/api/projects.ts',
		async look(looks) {
			const url = resourceUrl(imageProjectKind, idOf(looks).id);
			const answer = await looks.client.request('GET', url);
			if (answer.statusCode !== 200) {
				looks.isGone ||= saysNotFound(answer);
				return { seen: describeAnswer(answer), same: saysNotFound(answer) };
			}
			const { enabled, status } = propertiesOf(answer.body);
			looks.isGone = enabled === false;
			return {
				seen: `200 with enabled: ${String(enabled)}, status: ${String(status)}`,
				same: enabled === false,
			};
		},
	},
];

function idOf({ id }: PaidLooks): { id: string } {
	if (id === undefined) throw new Error('nothing, because no project was generated');
	return { id };
}

async function runNode(looks: PaidLooks, operation: string, parameters: INodeParameters) {
	return (await runNodeForItem(looks, operation, parameters)).json;
}

/** @throws Error with what a user would read, where the node fails */
async function runNodeForItem(
	{ client: { account } }: PaidLooks,
	operation: string,
	{ options, ...parameters }: INodeParameters,
): Promise<INodeExecutionData> {
	const { resource } = imageProjectKind;
	const { items, error } = await runMagicHour(
		{ apiKey: account.apiKey, url: account.baseUrl },
		resource,
		operation,
		toItems([{}]),
		{ parameters, options: isObject(options) ? (options as INodeParameters) : {} },
	);
	const [item] = items;
	if (item !== undefined) return item;
	throw new Error(joinSentences(`${error?.message ?? 'no item'}.`, error?.description ?? ''));
}
