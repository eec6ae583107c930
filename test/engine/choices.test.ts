import type { INodeParameters } from 'n8n-workflow';
import { requestLines, runMagicHour } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const image = 'https://example.com/a.png';
const video = 'https://example.com/a.mp4';
const audio = 'https://example.com/a.mp3';

/** What each operation needs, by which a choice is tried. */
const needed: Record<string, INodeParameters> = {
	'imageProject edit': { images: image, prompt: 'A hat' },
	'imageProject generate': { prompt: 'A lighthouse', imageCount: 1 },
	'imageProject upscale': { image, scaleFactor: 2 },
	'imageProject generateMeme': { topic: 'Cats', template: 'Random' },
	'audioProject generateVoice': { text: 'Hello', voiceName: 'Yoda' },
	'videoProject addSubtitles': { video },
	'videoProject edit': { video, prompt: 'Snow' },
	'videoProject generateAnimation': { prompt: 'Rain' },
	'videoProject generateFromImage': { image },
	'videoProject generateFromText': { prompt: 'A dog runs' },
	'videoProject generateTalkingPhoto': { image, audio },
	'videoProject swapFace': { video, newFace: image },
};

async function create(
	operation: string,
	parameters: INodeParameters = {},
	options: INodeParameters = {},
	json: object = {},
) {
	const [resource = '', name = ''] = operation.split(' ');
	return await runMagicHour(sandbox(), resource, name, [{ json: { ...json } }], {
		parameters: { ...needed[operation], output: 'projectId', ...parameters },
		options,
	});
}

/** @returns the body of the one request that arrived */
function sentBody(): unknown {
	expect(sandbox().requests).toHaveLength(1);
	return sandbox().requests[0]?.body;
}

/** Lets the API take whatever comes. */
function takeAnything() {
	const body = { id: 'a-project', credits_charged: 1 };
	sandbox().addFaults({ method: 'POST', fault: { answer: { status: 200, body } } });
}

describe('a value that no list has', () => {
	beforeEach(takeAnything);

	it.each<[string, INodeParameters, INodeParameters, object]>([
		['imageProject generate', {}, { model: 'flux-9' }, { model: 'flux-9' }],
		['imageProject generate', {}, { style: 'ai-new' }, { style: { tool: 'ai-new' } }],
		['imageProject generateMeme', { template: 'Cat At Desk' }, {}, {}],
		[
			'audioProject generateVoice',
			{ voiceName: 'Nobody' },
			{},
			{ style: { voice_name: 'Nobody' } },
		],
		[
			'videoProject generateFromText',
			{},
			{ model: 'Kling 9', resolution: '8K' },
			{ model: 'Kling 9', resolution: '8K' },
		],
		['videoProject generateAnimation', { artStyle: 'Crayon' }, {}, {}],
		[
			'videoProject addSubtitles',
			{ template: 'neon', customStyle: { verticalPosition: 'middle' } },
			{},
			{ style: { template: 'neon', custom_config: { vertical_position: 'middle' } } },
		],
	])('of %s reaches the API: %j, %j', async (operation, parameters, options, body) => {
		const { error } = await create(operation, parameters, options);

		expect(error).toBeUndefined();
		expect(sentBody()).toMatchObject(body);
	});

	it.each<[string, unknown]>([
		['={{ "flux-9" }}', 'flux-9'],
		[' flux-9\n', 'flux-9'],
		['={{ 9 }}', '9'],
		['={{ 9n }}', '9'],
		['={{ true }}', 'true'],
		['Landscape', 'Landscape'],
		['null', 'null'],
		['constructor', 'constructor'],
		['toString', 'toString'],
		['__proto__', '__proto__'],
		['hasOwnProperty', 'hasOwnProperty'],
	])('goes as text where the others are text: %s', async (model, sent) => {
		const { error } = await create('imageProject generate', {}, { model, resolution: '4k' });

		expect(error).toBeUndefined();
		expect(sentBody()).toMatchObject({ model: sent, resolution: '4k' });
	});

	it.each<[INodeParameters[string], unknown]>([
		['={{ 3 }}', 3],
		['={{ "8" }}', 8],
		[3, 3],
		[' 8 ', 8],
		['2.5', 2.5],
		['eight', 'eight'],
		['={{ "0x8" }}', '0x8'],
		['9'.repeat(400), '9'.repeat(400)],
	])('goes as a number where the others are numbers: %s', async (scaleFactor, sent) => {
		const { error } = await create('imageProject upscale', { scaleFactor });

		expect(error).toBeUndefined();
		expect(sentBody()).toMatchObject({ scale_factor: sent });
	});
});

describe('the answer to a value that no list has', () => {
	it('is what the user reads', async () => {
		const { error } = await create('imageProject generate', {}, { model: 'flux-9' });

		expect(error?.message).toMatch(/^Magic Hour rejected the request \("model: must be one of /);
	});
});

describe('a choice that the list has', () => {
	it.each<[string, string, string, string, object]>([
		['videoProject generateFromText', 'model', 'Kling-2.6', 'kling-2.6', {}],
		['videoProject generateFromText', 'model', 'kling 2.6', 'kling-2.6', {}],
		['videoProject generateFromText', 'model', '  KLING   2.6\t', 'kling-2.6', {}],
		['videoProject generateFromText', 'model', 'Kling\u00a02.6', 'kling-2.6', {}],
		['videoProject generateFromText', 'model', 'Default (Recommended)', 'default', {}],
		['videoProject generateFromText', 'model', 'DEFAULT', 'default', {}],
		['videoProject generateFromText', 'aspect_ratio', '16:9 (landscape)', '16:9', {}],
		['imageProject generate', 'resolution', '4K (4096 pixels)', '4k', {}],
		['imageProject generate', 'resolution', '={{ ["4K"] }}', '4k', {}],
	])('of %s, %s may be given as "%s"', async (operation, field, given, value) => {
		const name = field === 'aspect_ratio' ? 'aspectRatio' : field;
		const { error } = await create(operation, {}, { [name]: given });

		expect(error).toBeUndefined();
		expect(sentBody()).toMatchObject({ [field]: value });
	});

	it('may be the label of nothing, which is then not sent', async () => {
		const customStyle = {
			font: 'Arial',
			textColor: '#FFFFFF',
			verticalPosition: 'TOP',
			horizontalPosition: 'left',
		};
		const template = 'none (custom style only)';
		const { error } = await create('videoProject addSubtitles', { template, customStyle });

		expect(error).toBeUndefined();
		expect(Object.keys(Object(sentBody()).style as object)).toEqual(['custom_config']);
	});
});

describe('what is no value at all', () => {
	it.each([
		['={{ ({ model: "x" }) }}', '[object Object]'],
		['={{ ["x", "y"] }}', 'x,y'],
		['={{ "" + $json.missing }}', 'undefined'],
		['={{ NaN }}', 'NaN'],
		['={{ Infinity }}', 'Infinity'],
		['={{ {} + "" }}', '[object Object]'],
	])('is refused before anything is sent: %s', async (model, shown) => {
		const { error } = await create('imageProject generate', {}, { model });

		expect(error?.message).toBe(
			`The parameter 'Model' is "${shown}", which is not one of its options [item 0]`,
		);
		expect(error?.description).toContain('Use one of these: Default (Recommended), FLUX.2 Klein, ');
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each(['', ' ', '={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ "  " }}'])(
		'counts as not given where it is empty: "%s"',
		async (model) => {
			const { error } = await create('imageProject generate', {}, { model });

			expect(error).toBeUndefined();
			expect(sentBody()).not.toHaveProperty('model');
		},
	);
});

describe('a choice of the node itself', () => {
	it.each<[string, INodeParameters, INodeParameters]>([
		['Output', { output: 'zip' }, {}],
		['Output', { output: '={{ "undefined" }}' }, {}],
		['Input Type', {}, { inputType: 'base64' }],
	])('is one of its own: %s, %j, %j', async (displayName, parameters, options) => {
		const { error } = await create('imageProject upscale', parameters, options);

		expect(error?.message).toMatch(
			new RegExp(`^The parameter '${displayName}' is ".*", which is not one of its options`),
		);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('may be given by its label', async () => {
		const { error } = await create(
			'imageProject upscale',
			{ output: 'PROJECT ID ONLY' },
			{ inputType: 'url or path' },
		);

		expect(error).toBeUndefined();
		expect(requestLines(sandbox())).toEqual(['POST /v1/ai-image-upscaler']);
	});
});

const unknown = 'not-known-here';
const twoImages = `${image},${image}?2`;

/** A rule, by what it refuses, and by what it cannot know: either side with a value of no list. */
interface RuleCase {
	operation: string;
	refused: [INodeParameters, INodeParameters, string];
	silent: Array<[INodeParameters, INodeParameters]>;
}

describe.each<[string, RuleCase]>([
	[
		'allowedValuesBy, of two choices',
		{
			operation: 'imageProject generate',
			refused: [{}, { model: 'nano-banana', resolution: '4k' }, "'Resolution' is 4K"],
			silent: [
				[{}, { model: unknown, resolution: '4k' }],
				[{}, { model: 'constructor', resolution: '4k' }],
				[{}, { model: '__proto__', resolution: '4k' }],
				[{}, { model: 'nano-banana', resolution: unknown }],
				[{}, { model: unknown, resolution: unknown }],
			],
		},
	],
	[
		'allowedValuesBy, of a choice and a number',
		{
			operation: 'imageProject generate',
			refused: [{ imageCount: 3 }, { model: 'nano-banana-pro' }, "'Number of Images' is 3"],
			silent: [
				[{ imageCount: 3 }, { model: unknown }],
				[{ imageCount: 3 }, { model: 'toString' }],
			],
		},
	],
	[
		'allowedValuesBy, of a model that the table has and the list has not',
		{
			operation: 'imageProject edit',
			refused: [{}, { model: 'nano-banana', resolution: '4k' }, "'Resolution' is 4K"],
			silent: [[{}, { model: 'z-image-turbo', resolution: '4k' }]],
		},
	],
	[
		'maxFilesBy',
		{
			operation: 'imageProject edit',
			refused: [
				{ images: [twoImages, twoImages].join() },
				{ model: 'qwen-edit' },
				"'Images' has 4 files, but",
			],
			silent: [
				[{ images: [twoImages, twoImages].join() }, { model: unknown }],
				[{ images: [twoImages, twoImages].join() }, { model: 'z-image-turbo' }],
				[{ images: [twoImages, twoImages].join() }, { model: 'constructor' }],
			],
		},
	],
	[
		'allowedOnlyWhen',
		{
			operation: 'imageProject upscale',
			refused: [{}, { prompt: 'Wrinkles', mode: 'balanced' }, "'Prompt' is only supported when"],
			silent: [[{}, { prompt: 'Wrinkles', mode: unknown }]],
		},
	],
	[
		'requiredWhen',
		{
			operation: 'videoProject generateAnimation',
			refused: [{ artStyle: 'Custom' }, {}, "'Custom Art Style' is empty"],
			silent: [[{ artStyle: unknown }, {}]],
		},
	],
	[
		'requiredUnless',
		{
			operation: 'videoProject addSubtitles',
			refused: [{ template: '' }, {}, "'Font' is empty"],
			silent: [[{ template: unknown }, {}]],
		},
	],
	[
		'durationWithin',
		{
			operation: 'videoProject generateTalkingPhoto',
			refused: [{ endSeconds: 301 }, {}, "'End Time (Seconds)' makes the clip 301 seconds long"],
			silent: [
				[{ endSeconds: 301 }, { generationMode: unknown }],
				[{ endSeconds: 301 }, { generationMode: 'constructor' }],
			],
		},
	],
	[
		'whenGiven',
		{
			operation: 'videoProject generateFromImage',
			refused: [{}, { model: 'kling-2.6', endImage: image }, "'Resolution' is empty"],
			silent: [[{}, { model: unknown, endImage: image }]],
		},
	],
])('the rule %s', (_, { operation, refused, silent }) => {
	beforeEach(takeAnything);

	it('refuses what its table knows', async () => {
		const [parameters, options, words] = refused;
		const { error } = await create(operation, parameters, options);

		expect(error?.message).toContain(`The parameter ${words}`);
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each(silent)('is silent about %j and %j', async (parameters, options) => {
		const { error } = await create(operation, parameters, options);

		expect(error).toBeUndefined();
		expect(sandbox().requests).toHaveLength(1);
	});
});
