import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { MagicHour } from '../../nodes/MagicHour/MagicHour.node.js';
import { readNode } from '../api/node';
import { isShownAt, operationsOf } from '../description/operations';
import { generators } from '../sandbox/schemas';
import { requestLines, runMagicHour, toItems, type NodeSettings } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const image = 'https://example.com/a.png';
const prompt = 'A lighthouse';
/** n8n itself refuses a required field without any value. */
const nothing = '={{ "" }}';

/** @param custom the value of the option, as the workflow stores it */
async function create(
	operation: string,
	custom: INodeParameters[string],
	{ parameters, options, ...settings }: NodeSettings = {},
	items: INodeExecutionData[] = [{ json: {} }],
) {
	const [resource = '', name = ''] = operation.split(' ');
	return await runMagicHour(sandbox(), resource, name, items, {
		...settings,
		parameters: { output: 'projectId', ...parameters },
		options: { customBodyFields: custom, ...options } as INodeParameters,
	});
}

async function generate(custom: INodeParameters[string], settings: NodeSettings = {}) {
	const parameters = { prompt, imageCount: 1, ...settings.parameters };
	return await create('imageProject generate', custom, { ...settings, parameters });
}

/** Lets the API take whatever comes. */
function takeAnything(): void {
	const body = { id: 'a-project', credits_charged: 1 };
	sandbox().addFaults({ method: 'POST', fault: { answer: { status: 200, body } } });
}

/** @returns the body of the one request that arrived */
function sentBody(): unknown {
	expect(sandbox().requests).toHaveLength(1);
	return sandbox().requests[0]?.body;
}

function pictures(...fields: string[]): INodeExecutionData[] {
	const data = Buffer.from('a picture').toString('base64');
	const files = fields.map((field) => [
		field,
		{ data, fileName: `${field}.png`, mimeType: 'image/png' },
	]);
	return [{ json: {}, binary: Object.fromEntries(files) as INodeExecutionData['binary'] }];
}

describe('Custom Body Fields', () => {
	it('is an option of every operation that generates', () => {
		const { description } = new MagicHour();
		const options = description.properties.find(({ name }) => name === 'options')?.options ?? [];
		const [option, ...others] = options.filter(({ name }) => name === 'customBodyFields');
		expect(option).toMatchObject({ type: 'json', default: '{}' });
		expect(others).toEqual([]);

		const withOption = operationsOf(description).filter(({ place }) =>
			isShownAt(Object(option) as object, place),
		);
		expect(withOption.map((one) => one.option.routing?.request?.url).sort()).toEqual(
			Object.keys(generators).sort(),
		);
		expect(readNode(description).flatMap(({ fields }) => fields)).not.toContainEqual(
			expect.objectContaining({ displayName: 'Custom Body Fields' }),
		);
	});

	it.each<[INodeParameters[string]]>([
		['{"style": {"light": {"key": "soft", "angles": [30]}}, "seed": 7}'],
		['={{ ({ style: { light: { key: "soft", angles: [30] } }, seed: 7 }) }}'],
		['={{ JSON.stringify({ style: { light: { key: "soft", angles: [30] } }, seed: 7 }) }}'],
		['={"style": {"light": {"key": "{{ "soft" }}", "angles": [30]}}, "seed": {{ 3 + 4 }} }'],
	])('puts fields that the node does not know into the body: %s', async (custom) => {
		takeAnything();
		const { error } = await generate(custom);

		expect(error).toBeUndefined();
		expect(sentBody()).toEqual({
			image_count: 1,
			style: { prompt, light: { key: 'soft', angles: [30] } },
			seed: 7,
		});
	});

	it('tells what the API says about them', async () => {
		const { error } = await generate('{"style": {"light": 1}}');

		expect(error?.message).toBe(
			'Magic Hour rejected the request ("style.light: is not a field of this request"), so the image project was not created [item 0]',
		);
	});

	it.each(['', ' ', '{}', ' {}\n', '={{ ({}) }}', '={{ null }}', '={{ undefined }}', nothing])(
		'changes nothing as "%s"',
		async (custom) => {
			expect((await generate(custom)).error).toBeUndefined();
			expect(sentBody()).toEqual({ image_count: 1, style: { prompt } });
		},
	);

	it('comes last, is merged deeply, and replaces lists and single values', async () => {
		takeAnything();
		const custom = {
			assets: { image_file_paths: ['b', 'c'], mask: { url: 'd' } },
			style: { prompt: 'Another' },
			image_count: null,
			name: 'Mine',
		};
		await create('imageProject edit', JSON.stringify(custom), {
			parameters: { images: `${image},${image}?2`, prompt },
			options: { model: 'nano-banana', imageCount: 4, name: 'Theirs' },
		});

		expect(sentBody()).toEqual({ ...custom, model: 'nano-banana' });
	});

	it('goes into the body and nowhere else', async () => {
		takeAnything();
		const custom = {
			url: '/v1/elsewhere',
			method: 'DELETE',
			baseURL: 'http://127.0.0.1:1',
			headers: { authorization: 'Bearer other', 'x-other': '1' },
			qs: { a: 1 },
			toString: 'text',
			hasOwnProperty: 1,
		};
		const { error } = await generate(JSON.stringify(custom));

		expect(error).toBeUndefined();
		const [{ headers, ...request } = { headers: {} }] = sandbox().requests;
		expect(request).toMatchObject({
			method: 'POST',
			url: '/v1/ai-image-generator',
			body: { ...custom, image_count: 1 },
		});
		expect(headers).toMatchObject({ authorization: `Bearer ${sandbox().apiKey}` });
		expect(headers).not.toHaveProperty('x-other');
	});
});

describe('what Custom Body Fields set', () => {
	beforeEach(takeAnything);

	it.each<[string, INodeParameters, INodeParameters, object, object]>([
		// A value that is required, one beyond its limits, and one of a wrong type.
		['imageProject generate', { prompt: nothing }, {}, { style: { prompt: 'x' } }, {}],
		['imageProject generate', { prompt: '={{ [] }}' }, {}, { style: { prompt: ['x'] } }, {}],
		['imageProject generate', { imageCount: 99 }, {}, { image_count: 99 }, {}],
		['imageProject generate', { imageCount: '={{ "many" }}' }, {}, { image_count: null }, {}],
		['imageProject generate', {}, { model: '={{ [1, 2] }}' }, { model: { id: 1 } }, {}],
		// A group around it.
		['imageProject generate', { prompt: nothing }, {}, { style: null }, {}],
		['imageProject generate', { prompt: nothing }, {}, { style: 'plain' }, {}],
		['imageProject generate', { prompt: nothing }, {}, { style: [1] }, {}],
		// A place within it.
		['imageProject generate', { prompt: nothing }, {}, { style: { prompt: { text: 'x' } } }, {}],
		// Files, one and several, that are not there.
		['imageProject colorize', { image: 'gone' }, {}, { assets: { image_file_path: 'p' } }, {}],
		[
			'imageProject colorize',
			{ image: '/home/me/a.png' },
			{},
			{ assets: { image_file_path: 'p' } },
			{},
		],
		[
			'imageProject edit',
			{ images: 'gone, gone too', prompt },
			{},
			{ assets: { image_file_paths: ['p'] } },
			{ style: { prompt } },
		],
		// Lists.
		[
			'imageProject swapFace',
			{
				image,
				faceSwapMode: 'individual-faces',
				faceMappings: { mapping: [{ newFace: 'gone', originalFace: nothing }] },
			},
			{},
			{ assets: { face_mappings: [{ new_face: 'p', original_face: 'q', more: 1 }] } },
			{},
		],
		[
			'imageProject swapFace',
			{ image, faceSwapMode: 'individual-faces', faceMappings: {} },
			{},
			{ assets: { face_mappings: {} } },
			{},
		],
		[
			'videoProject replaceCharacter',
			{ video: 'https://example.com/a.mp4', character: image, selectionMode: 'point' },
			{},
			{ style: { points: [] } },
			{},
		],
		// A part of a field that is JSON itself.
		[
			'audioProject generateMusic',
			{ durationSeconds: 15, style: '{ "prompt": "" }' },
			{},
			{ style: { lyrics: '' } },
			{},
		],
	])('is not checked: %s, %j, %j, %j', async (operation, parameters, options, custom, more) => {
		const preset = operation.endsWith('generate') ? { prompt, imageCount: 1 } : {};
		const { error } = await create(operation, JSON.stringify(custom), {
			parameters: { ...preset, ...parameters },
			options,
		});

		expect(error).toBeUndefined();
		expect(sentBody()).toMatchObject({ ...custom, ...more });
	});

	it.each<[string, INodeParameters, INodeParameters, object]>([
		[
			'imageProject generate',
			{},
			{ model: 'nano-banana', resolution: '4k' },
			{ model: 'nano-banana' },
		],
		['imageProject generate', {}, { model: 'nano-banana' }, { resolution: '4k' }],
		['imageProject generate', { imageCount: 3 }, { model: 'nano-banana-pro' }, { model: 'x' }],
		['imageProject upscale', { image, scaleFactor: 2 }, { prompt }, { style: { mode: 'new' } }],
		['imageProject editFace', { image, adjustments: {} }, {}, { style: { mouth_smile: 300 } }],
		['imageProject editFace', { image, adjustments: {} }, {}, { style: null }],
		[
			'videoProject generateTalkingPhoto',
			{ image, audio: 'https://example.com/a.mp3', endSeconds: 500 },
			{},
			{ end_seconds: 500 },
		],
		[
			'videoProject generateTalkingPhoto',
			{ image, audio: 'https://example.com/a.mp3', startSeconds: 9 },
			{},
			{ end_seconds: 500 },
		],
	])(
		'silences the rules about it: %s, %j, %j, %j',
		async (operation, parameters, options, custom) => {
			const { error } = await create(operation, JSON.stringify(custom), {
				parameters: {
					...(operation.endsWith('generate') && { prompt, imageCount: 1 }),
					...parameters,
				},
				options,
			});

			expect(error).toBeUndefined();
			expect(sentBody()).toMatchObject(custom);
		},
	);

	it('is not uploaded', async () => {
		const custom = '{"assets": {"person_file_path": "mine"}}';
		const parameters = { person: 'data', scene: 'beach', resolution: '1k' };
		sandbox().reset();
		const { error } = await create(
			'imageProject swapBody',
			custom,
			{ parameters },
			pictures('data', 'beach'),
		);

		expect(error?.message).toContain('there is no file at mine');
		const [path = '', ...others] = sandbox().storage.uploads.keys();
		expect(others).toEqual([]);
		expect(sandbox().requests.at(-1)?.body).toMatchObject({
			assets: { person_file_path: 'mine', scene_file_path: path },
		});
	});

	it.each<[string, INodeParameters, object, string]>([
		[
			'imageProject generate',
			{ prompt: nothing, imageCount: 1 },
			{ style: {} },
			"'Prompt' is empty",
		],
		[
			'imageProject generate',
			{ prompt: nothing, imageCount: 1 },
			{ style: { tool: 'x' } },
			"'Prompt' is empty",
		],
		[
			'imageProject generate',
			{ prompt, imageCount: 17 },
			{ style: null },
			"'Number of Images' must be a whole number from 1 to 16, but is 17",
		],
		['imageProject colorize', { image: 'gone' }, { assets: { mask: 1 } }, '\'Image\' is "gone"'],
		[
			'imageProject editFace',
			{ image, adjustments: {} },
			{ style: { other: 1 } },
			"'Adjustments' is empty",
		],
		[
			'audioProject generateMusic',
			{ durationSeconds: 15, style: '{ "prompt": "" }' },
			{ style: {} },
			"'Style' is empty",
		],
	])('spares nothing beside it: %s, %j, %j', async (operation, parameters, custom, words) => {
		const { error } = await create(operation, JSON.stringify(custom), { parameters });

		expect(error?.message).toContain(`The parameter ${words}`);
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('Custom Body Fields are refused before anything is sent', () => {
	it.each<[string, string]>([
		['[{"seed": 1}]', 'must be a JSON object'],
		['"seed"', 'must be a JSON object'],
		['7', 'must be a JSON object'],
		['null', 'must be a JSON object'],
		['={{ [1] }}', 'must be a JSON object'],
		['={{ 7 }}', 'must be a JSON object'],
		['={{ true }}', 'must be a JSON object'],
		['seed: 7', 'is not valid JSON'],
		['{"seed": 7', 'is not valid JSON'],
		[
			'={{ {} + "" }}',
			'is "[object Object]", which an expression returns when its value is missing or has the wrong type',
		],
		[
			'={{ "" + $json.missing }}',
			'is "undefined", which an expression returns when its value is missing or has the wrong type',
		],
		['{"__proto__": {"seed": 1}}', 'contains the key "__proto__", which is not supported'],
		[
			'{"a": [{"b": {"constructor": 1}}]}',
			'contains the key "constructor", which is not supported',
		],
		['{"a": {"prototype": 1}}', 'contains the key "prototype", which is not supported'],
	])('%s', async (custom, words) => {
		const { error } = await generate(custom);

		expect(error?.message).toBe(`The parameter 'Custom Body Fields' ${words} [item 0]`);
		expect(error?.description).toMatch(/^Nothing was sent for this item\. /);
		expect(requestLines(sandbox())).toEqual([]);
		expect(Object({}).seed).toBeUndefined();
	});

	const tooDeep = 'is nested deeper than 50 levels';

	it.each([
		['={{ $json.text }}', 51, tooDeep],
		['={{ $json.text }}', 200_000, tooDeep],
		['={{ JSON.parse($json.text) }}', 51, tooDeep],
		// n8n itself cannot read such an object.
		['={{ JSON.parse($json.text) }}', 200_000, "couldn't be read"],
	])('with too many levels: %s, %i', async (custom, depth, words) => {
		const items = toItems([{ text: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}` }]);
		const parameters = { prompt, imageCount: 1 };
		const { error } = await create('imageProject generate', custom, { parameters }, items);

		expect(error?.message).toBe(`The parameter 'Custom Body Fields' ${words} [item 0]`);
		expect(error?.description).not.toContain('stack');
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('Custom Body Fields and what was created', () => {
	it('tell the project by the name that they give', async () => {
		sandbox().addFaults({ method: 'POST', fault: { answer: { status: 503 } } });
		const { error } = await generate('{"name": "Harbor"}', { options: { name: 'Other' } });

		expect(error?.message).toContain(
			'so the image project named "Harbor" may or may not have been created',
		);
	});

	it.each(['{"name": 7}', '{"name": null}', '{"name": " "}'])(
		'tell it without a name that is none: %s',
		async (custom) => {
			sandbox().addFaults({ method: 'POST', fault: { answer: { status: 503 } } });
			const { error } = await generate(custom);

			expect(error?.message).toContain('so the image project may or may not have been created');
		},
	);

	it.each([
		['{"aspect_ratio": "1:1"}', ['16:9', '16:9', '1:1', '1:1']],
		['{"aspect_ratio": "16:9", "name": "Later"}', ['16:9', '16:9', '16:9']],
	])('are a part of the request that is retried: %s', async (custom, ratios) => {
		const answer = { status: 402, body: { code: 'insufficient_credits', message: 'No' } };
		sandbox().addFaults({ method: 'POST', skip: 1, times: 1, fault: { answer } });
		const settings = { parameters: { prompt, imageCount: 1 }, options: { maxParallelRequests: 1 } };
		const items = toItems([{}, {}]);
		const failed = await create(
			'imageProject generate',
			'{"aspect_ratio": "16:9"}',
			settings,
			items,
		);
		expect(failed.status).toBe('error');

		const retried = await create(
			'imageProject generate',
			custom,
			{ ...settings, retryOf: failed },
			items,
		);

		expect(retried.status).toBe('success');
		expect(sandbox().requests.map(({ body }) => Object(body).aspect_ratio as unknown)).toEqual(
			ratios,
		);
	});

	it('never show the API key, also where it is in them', async () => {
		const { apiKey } = sandbox();
		const { error } = await generate(`{"${apiKey}": 1, "name": "${apiKey}"}`);

		expect(error?.message).toContain('is not a field of this request');
		expect([error?.message, error?.description].join()).not.toContain(apiKey);
	});
});
