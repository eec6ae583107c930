import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { storedValuesIn } from './labels';
import { requestLines, runMagicHour, type NodeResult } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
/** n8n itself refuses a required field without any value. */
const nothing = '={{ "" }}';
const picture = 'https://example.com/a.png';

async function create(
	operation: string,
	parameters: INodeParameters,
	options: INodeParameters = {},
	items: INodeExecutionData[] = [{ json: {} }],
) {
	return await runMagicHour(sandbox(), 'imageProject', operation, items, {
		parameters: { output: 'projectId', ...parameters },
		options,
	});
}

/** @returns the bodies of the requests that make something */
function bodies(): unknown[] {
	return sandbox()
		.requests.filter(({ method, url }) => method === 'POST' && url !== '/v1/files/upload-urls')
		.map(({ body }) => body);
}

function pictureIn(field: string, content = field): INodeExecutionData['binary'] {
	const data = Buffer.from(content).toString('base64');
	return { [field]: { data, fileName: `${field}.png`, mimeType: 'image/png' } };
}

/** Choices are told by their labels. */
function expectLabels(error: NodeResult['error']) {
	const told = `${error?.message} ${error?.description}`;
	for (const operation of ['edit', 'generate', 'upscale']) {
		expect(storedValuesIn(told, ['imageProject', operation])).toEqual([]);
	}
}

async function expectRefusal(run: ReturnType<typeof create>, words: string, advice = '') {
	const { error } = await run;
	expect(error?.message).toBe(`The parameter ${words} [item 0]`);
	expect(error?.description).toContain(advice);
	expectLabels(error);
	expect(requestLines(sandbox())).toEqual([]);
}

describe('Image Project → Generate', () => {
	const prompt = 'A lighthouse at dusk';
	const generate = async (
		parameters: INodeParameters = {},
		options: INodeParameters = {},
		items?: INodeExecutionData[],
	) => await create('generate', { prompt, imageCount: 1, ...parameters }, options, items);

	it('sends what the fields say, in the form that the API takes', async () => {
		await generate(
			{ prompt: '={{ $json.text }}', imageCount: '={{ $json.count }}' },
			{
				name: 'Harbor',
				model: '={{ $json.model }}',
				aspectRatio: '16:9',
				resolution: '2k',
				style: 'ai-logo-generator',
			},
			[{ json: { text: 'A harbor', count: '4', model: 'seedream-v4' } }],
		);

		expect(requestLines(sandbox())).toEqual(['POST /v1/ai-image-generator']);
		expect(bodies()).toEqual([
			{
				name: 'Harbor',
				image_count: 4,
				model: 'seedream-v4',
				aspect_ratio: '16:9',
				resolution: '2k',
				style: { prompt: 'A harbor', tool: 'ai-logo-generator' },
			},
		]);
	});

	it('leaves out what is empty', async () => {
		await generate({}, { name: '', style: '={{ $json.missing }}', model: '' });

		expect(bodies()).toEqual([{ image_count: 1, style: { prompt } }]);
	});

	const left = 'which an expression returns when its value is missing or has the wrong type';

	it.each([
		['={{ NaN }}', 'NaN'],
		['={{ Infinity }}', 'Infinity'],
		['={{ -1 / 0 }}', '-Infinity'],
		["={{ Symbol('x') }}", 'Symbol(x)'],
		['={{ "" + $json.missing }}', 'undefined'],
		['={{ String(0 / 0) }}', 'NaN'],
		['={{ {} + "" }}', '[object Object]'],
		['={{ {} }} ', '[object Object] '],
		['={{ String(Symbol("x")) }}', 'Symbol(x)'],
		['={{ String(new Date("x")) }}', 'Invalid Date'],
	])('is not sent with a prompt or a name of %s', async (expression, word) => {
		for (const [displayName, run] of [
			['Prompt', generate({ prompt: expression })],
			['Name', generate({}, { name: expression })],
		] as const) {
			const { error } = await run;
			expect(error?.message).toBe(
				`The parameter '${displayName}' is "${word.trim()}", ${left} [item 0]`,
			);
			expect(error?.description).toContain('Check its expression.');
		}
		expect(requestLines(sandbox())).toEqual([]);
	});

	it.each([
		['={{ 42 }}', '42'],
		['={{ 10n }}', '10'],
		['={{ true }}', 'true'],
		['Infinity', 'Infinity'],
		['an undefined NaN, null or [object Object]', 'an undefined NaN, null or [object Object]'],
		['null', 'null'],
	])('is sent with the prompt %s', async (given, text) => {
		await generate({ prompt: given });

		expect(bodies()).toEqual([{ image_count: 1, style: { prompt: text } }]);
	});

	it.each<[string, INodeParameters, INodeParameters, string]>([
		['an empty prompt', { prompt: ' ' }, {}, "'Prompt' is empty"],
		['a prompt that is missing', { prompt: '={{ $json.missing }}' }, {}, "'Prompt' is empty"],
		['a prompt that is a list', { prompt: '={{ ["a"] }}' }, {}, "'Prompt' is not text"],
		['no number', { imageCount: '={{ "many" }}' }, {}, "'Number of Images' is not a number"],
		[
			'too many',
			{ imageCount: 17 },
			{},
			"'Number of Images' must be a whole number from 1 to 16, but is 17",
		],
		[
			'a fraction',
			{ imageCount: 1.5 },
			{},
			"'Number of Images' must be a whole number from 1 to 16, but is 1.5",
		],
		[
			'a model without the resolution',
			{},
			{ model: 'nano-banana', resolution: '4k' },
			"'Resolution' is 4K (4096 Pixels), which Nano Banana doesn't support",
		],
		[
			'a model without the number',
			{ imageCount: 3 },
			{ model: 'nano-banana-pro' },
			"'Number of Images' is 3, which Nano Banana Pro doesn't support",
		],
		[
			'more images than Krea 2 makes',
			{ imageCount: 2 },
			{ model: 'krea-2' },
			"'Number of Images' is 2, which Krea 2 doesn't support",
		],
		[
			'a larger image than Krea 2 makes',
			{},
			{ model: 'krea-2', resolution: '2k' },
			"'Resolution' is 2K (2048 Pixels), which Krea 2 doesn't support",
		],
		[
			'a larger image than Qwen Image 2.1 makes',
			{},
			{ model: 'qwen-image-2.1', resolution: '4k' },
			"'Resolution' is 4K (4096 Pixels), which Qwen Image 2.1 doesn't support",
		],
		[
			'five images of Nano Banana 2.1',
			{ imageCount: 5 },
			{ model: 'nano-banana-2.1' },
			"'Number of Images' is 5, which Nano Banana 2.1 doesn't support",
		],
		[
			'five images of GPT Image 2.5 Flare',
			{ imageCount: 5 },
			{ model: 'gpt-image-2.5-flare' },
			"'Number of Images' is 5, which GPT Image 2.5 Flare doesn't support",
		],
	])('is not sent with %s', async (_, parameters, options, words) => {
		const { error } = await generate(parameters, options);

		expect(error?.message).toBe(`The parameter ${words} [item 0]`);
		expect(error?.description).toMatch(
			/^Nothing was sent for this item\.( (Enter|Shorten|Use) |$)/,
		);
		expectLabels(error);
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('Image Project → Generate, with a model of which nobody knows the limits', () => {
	it.each(['640px', '1k', '2k', '4k'])('is sent for 16 images of %s', async (resolution) => {
		const model = 'flux-3-klein';
		const { error } = await create(
			'generate',
			{ prompt: 'A harbor', imageCount: 16 },
			{ model, resolution },
		);

		expect(error).toBeUndefined();
		expect(bodies()).toMatchObject([{ model, resolution, image_count: 16 }]);
	});
});

describe('Image Project → Edit', () => {
	const prompt = 'Give everybody a hat';

	it('takes several images in one field, in any form, in their order', async () => {
		const item = { json: {}, binary: { ...pictureIn('data'), ...pictureIn('hat') } };
		await create('edit', { images: `hat, ${picture}, data`, prompt }, {}, [item]);

		const [hat, data] = [...sandbox().storage.uploads.keys()];
		expect(bodies()).toEqual([
			{ style: { prompt }, assets: { image_file_paths: [hat, picture, data] } },
		]);
	});

	it('takes a list from an expression, and a number that came as text', async () => {
		const images = `={{ ["${picture}", "${picture}?2"] }}`;
		await create('edit', { images, prompt }, { imageCount: '={{ "4" }}' });

		expect(bodies()).toEqual([
			{
				image_count: 4,
				style: { prompt },
				assets: { image_file_paths: [picture, `${picture}?2`] },
			},
		]);
	});

	const urls = (count: number) =>
		Array.from({ length: count }, (_, index) => `${picture}?${index}`).join(', ');

	it('refuses an edit without an image, or of too many', async () => {
		await expectRefusal(create('edit', { images: nothing, prompt }), "'Images' is empty");
		await expectRefusal(
			create('edit', { images: urls(11), prompt }),
			"'Images' takes up to 10 files, but has 11",
			'Remove the extra files.',
		);
	});

	it.each([
		['krea-2', 'Krea 2', 2],
		['qwen-edit', 'Qwen Edit', 3],
		['qwen-image-2.1', 'Qwen Image 2.1', 3],
		['flux-2-klein', 'FLUX.2 Klein', 6],
		['flux-3-klein', 'FLUX 3 Klein', 10],
		['gpt-image-2.5-flare', 'GPT Image 2.5 Flare', 10],
		['nano-banana', 'Nano Banana', 10],
		['nano-banana-2.1', 'Nano Banana 2.1', 10],
	])('gives %s (%s) no more images than the %i that it takes', async (model, label, most) => {
		if (most < 10) {
			await expectRefusal(
				create('edit', { images: urls(most + 1), prompt }, { model }),
				`'Images' has ${most + 1} files, but ${label} takes up to ${most}`,
				'Use fewer files, or choose another model.',
			);
		}
		expect((await create('edit', { images: urls(most), prompt }, { model })).json).toHaveLength(1);
	});

	it('refuses a resolution that the model does not have', async () => {
		await expectRefusal(
			create('edit', { images: picture, prompt }, { model: 'nano-banana', resolution: '4k' }),
			"'Resolution' is 4K (4096 Pixels), which Nano Banana doesn't support",
			'Use 640 Pixels or 1K (1024 Pixels), or choose another model.',
		);
	});

	it('refuses a prompt that is too long', async () => {
		await expectRefusal(
			create('edit', { images: picture, prompt: 'x'.repeat(15_001) }),
			"'Prompt' can have up to 15000 characters, but has 15001",
		);
	});
});

describe('Image Project → Edit Face', () => {
	const edit = async (adjustments: INodeParameters) =>
		await create('editFace', { image: picture, adjustments });

	it('sends the adjustments that were added', async () => {
		await edit({ mouthSmile: 40, headYaw: -15, enhanceFace: true });

		expect(bodies()).toEqual([
			{
				assets: { image_file_path: picture },
				style: { mouth_smile: 40, head_yaw: -15, enhance_face: true },
			},
		]);
	});

	it('asks for at least one', async () => {
		await expectRefusal(edit({}), "'Adjustments' is empty", 'Add at least one of its fields.');
		await expectRefusal(edit({ mouthSmile: nothing }), "'Adjustments' is empty");
	});

	it.each([105, -105, 42])('refuses the number %i', async (mouthSmile) => {
		await expectRefusal(
			edit({ mouthSmile }),
			`'Mouth Smile' must be a number from -100 to 100 in steps of 5, but is ${mouthSmile}`,
			'',
		);
	});
});

describe('Image Project → Upscale', () => {
	const prompt = 'Fine wrinkles';
	const upscale = async (options: INodeParameters, scaleFactor: INodeParameters[string] = 2) =>
		await create('upscale', { image: picture, scaleFactor }, options);

	it('sends the prompt of the creative mode', async () => {
		await upscale({ mode: 'creative', prompt }, '={{ "4" }}');

		expect(bodies()).toEqual([
			{
				scale_factor: 4,
				style: { mode: 'creative', prompt },
				assets: { image_file_path: picture },
			},
		]);
	});

	it.each([{}, { mode: 'balanced' }, { mode: 'preserve' }])(
		'refuses a prompt that would count for nothing, with %j',
		async (options) => {
			await expectRefusal(
				upscale({ ...options, prompt }),
				"'Prompt' is only supported when 'Mode' is Creative",
				"Remove it, or set 'Mode' to Creative.",
			);
		},
	);
});

describe('Image Project, other generators', () => {
	it('uploads a file once that two fields share', async () => {
		const item = { json: {}, binary: pictureIn('data') };
		await create('swapBody', { person: 'data', scene: 'data', resolution: '1k' }, {}, [item]);

		const paths = [...sandbox().storage.uploads.keys()];
		expect(paths).toHaveLength(1);
		expect(bodies()).toEqual([
			{
				resolution: '1k',
				assets: { person_file_path: paths[0], scene_file_path: paths[0] },
			},
		]);
	});

	it('uploads the file of an option', async () => {
		const item = { json: {}, binary: { ...pictureIn('data'), ...pictureIn('beach') } };
		await create('removeBackground', { image: 'data' }, { backgroundImage: 'beach' }, [item]);

		const [image, background] = [...sandbox().storage.uploads.keys()];
		expect(bodies()).toEqual([
			{ assets: { image_file_path: image, background_image_file_path: background } },
		]);
	});

	it.each(['0 Days Without', "C'mon Do Something", 'X, X Everywhere', 'Random'])(
		'takes the meme template %s',
		async (template) => {
			await create('generateMeme', { topic: 'Mondays', template });

			expect(bodies()).toEqual([{ style: { topic: 'Mondays', template } }]);
		},
	);

	it('takes a style of a QR code that is no template', async () => {
		await create('generateQrCode', { content: 'https://example.com', artStyle: 'Moss on a rock' });

		expect(bodies()).toEqual([
			{ content: 'https://example.com', style: { art_style: 'Moss on a rock' } },
		]);
	});

	it.each<[string, INodeParameters, INodeParameters, string]>([
		['changeClothes', { person: picture, garment: nothing }, {}, "'Garment' is empty"],
		['colorize', { image: nothing }, {}, "'Image' is empty"],
		[
			'generateGif',
			{ prompt: 'x'.repeat(501) },
			{},
			"'Prompt' can have up to 500 characters, but has 501",
		],
		['generateMeme', { topic: nothing, template: 'Random' }, {}, "'Topic' is empty"],
		[
			'generateMeme',
			{ topic: 'x'.repeat(201), template: 'Random' },
			{},
			"'Topic' can have up to 200 characters, but has 201",
		],
		['generateQrCode', { content: 'x', artStyle: nothing }, {}, "'Art Style' is empty"],
		['generateQrCode', { content: nothing, artStyle: 'Mech' }, {}, "'Content' is empty"],
		['swapBody', { person: picture, scene: nothing, resolution: '1k' }, {}, "'Scene' is empty"],
		['swapHead', { body: picture, head: nothing }, {}, "'Head' is empty"],
		[
			'swapHead',
			{ body: picture, head: picture },
			{ maxResolution: 512.5 },
			"'Max Resolution (Pixels)' must be a whole number, but is 512.5",
		],
	])('refuses %s with %j and %j', async (operation, parameters, options, words) => {
		await expectRefusal(create(operation, parameters, options), words);
	});
});
