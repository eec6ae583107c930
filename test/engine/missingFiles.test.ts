import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import fc from 'fast-check';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { generators } from '../sandbox/schemas';
import { everyOperation, type OperationCall } from './everyOperation';
import type { Body } from '../sandbox/schemas/rules';
import { maximalBody, minimalBody, webAddresses, type Files } from './generators/bodies';
import { parametersFor } from './generators/parameters';
import { requestLines, runMagicHour } from './magicHour';
import { useVirtualTime } from './time';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
useVirtualTime();

const { description } = new MagicHour();
const address = /https:\/\/files\.example\.com\/[^"]+/g;
/** Faces that were detected have paths, and are no files that somebody could give. */
const files: Files = (kind) =>
	kind === 'face' ? fc.constant('api-assets/1/0-0.png') : webAddresses(kind);
const file = { data: 'AAAA', mimeType: 'image/png', fileName: 'group.png' };
const item: INodeExecutionData = { json: {}, binary: { data: file, logo: file } };
const has = '"data", "logo"';

/** Every place of an operation that takes a file, and the body in which it names a field that is not there. */
const places = everyOperation()
	.filter(({ path }) => generators[path] !== undefined)
	.flatMap((call) => [
		...placesIn(call, minimalBody(call.path, files), 'few'),
		...placesIn(call, maximalBody(call.path, files), 'all'),
	]);

/** @returns for each file of a body, the body in which it is a field that is not there */
function placesIn(call: OperationCall, body: Body, extent: string) {
	const text = JSON.stringify(body);
	return [...new Set(text.match(address))].map((url, index) => ({
		title: `${call.title}, file ${index + 1} of ${extent}`,
		call,
		extent,
		body: JSON.parse(text.replaceAll(url, 'photo')) as Body,
	}));
}

/** Runs an operation on the item, with what makes this body. */
async function runWith(
	{ resource, operation }: OperationCall,
	body: Body,
	more: INodeParameters = {},
) {
	const { options, ...parameters }: INodeParameters = parametersFor(
		description,
		{ resource, operation },
		body,
	);
	return await runMagicHour(sandbox(), resource, operation, [item], {
		parameters: { output: 'projectId', ...parameters },
		options: { ...(options as INodeParameters), ...more },
	});
}

describe('a file field that names no binary field of the item', () => {
	it.each(places)('says which ones there are: $title', async ({ call, body }) => {
		const { error } = await runWith(call, body);

		expect(error?.message).toContain('"photo"');
		expect(`${error?.message} ${error?.description}`).toContain(has);
		expect(requestLines(sandbox())).toEqual([]);
	});

	const takingFiles = new Set(
		places.filter(({ extent }) => extent === 'few').map(({ call }) => call),
	);

	it.each([
		['Binary Field', 'binaryField'],
		['URL or Path', 'urlOrPath'],
	])('says so with Input Type = %s', async (_, inputType) => {
		for (const call of takingFiles) {
			const body = JSON.parse(
				JSON.stringify(minimalBody(call.path, files)).replace(address, 'photo'),
			) as Body;
			const { error } = await runWith(call, body, { inputType });

			expect(error?.message).toContain('"photo"');
			expect(`${error?.message} ${error?.description}`).toContain(has);
		}
	});

	it.each(['photo', '={{ "" }}', '={{ $json.none }}', 'data, photo'])(
		'says so in Upload: %j',
		async (name) => {
			const { error } = await runMagicHour(sandbox(), 'file', 'upload', [item], {
				parameters: { inputDataFieldName: name },
			});

			expect(`${error?.message} ${error?.description}`).toContain(has);
			expect(requestLines(sandbox())).toEqual([]);
		},
	);

	it.each(['={{ "" }}', 'photo'])(
		'says that there is none, where there is none: %j',
		async (name) => {
			const { error } = await runMagicHour(sandbox(), 'file', 'upload', [{ json: {} }], {
				parameters: { inputDataFieldName: name },
			});

			expect(error?.description).toContain(
				'The item has no binary fields: add a node before this one',
			);
		},
	);

	it('says so in Detect Faces', async () => {
		for (const inputType of ['automatic', 'binaryField', 'urlOrPath']) {
			const { error } = await runMagicHour(sandbox(), 'file', 'detectFaces', [item], {
				parameters: { file: 'photo' },
				options: { inputType },
			});

			expect(error?.message).toContain('"photo"');
			expect(`${error?.message} ${error?.description}`).toContain(has);
		}
	});
});
