import type { INodeParameters } from 'n8n-workflow';
import { storedValuesIn } from './labels';
import { requestLines, runMagicHour } from './magicHour';
import { useSandbox } from './useSandbox';

const sandbox = useSandbox();
const video = 'https://example.com/film.mp4';
const image = 'https://example.com/picture.png';
const audio = 'https://example.com/song.mp3';
const youtubeUrl = 'https://www.youtube.com/watch?v=aqz-KE-bpKQ';

/** n8n itself refuses a field that must be filled in and is not; an expression may still be empty. */
const empty = '={{ "" }}';

/** What each operation needs, where n8n's preset is not enough. */
const needed: Record<string, INodeParameters> = {
	addSubtitles: { video },
	edit: { video, prompt: 'Make the car blue' },
	generateAnimation: { prompt: 'A city in the rain' },
	generateFromAudio: { audio },
	generateFromImage: { image },
	generateFromText: { prompt: 'A dog runs' },
	generateTalkingPhoto: { image, audio },
	generateUgcAd: { image, script: 'I use it every day' },
	replaceCharacter: { video, character: image },
	restyle: { video },
	swapFace: { video, newFace: image },
	syncLips: { video, audio },
	translate: { video, targetLanguage: 'French' },
	upscale: { video, resolution: '1080p' },
};

/** @returns long text by an expression, with spaces around it */
function xs(count: number, spaces = 0): string {
	return `={{ " ".repeat(${spaces}) + "x".repeat(${count}) + "\\n".repeat(${spaces}) }}`;
}

const at480p = { resolution: '480p' };

/** @returns the option References, with an entry for each file */
function references(...files: string[]): INodeParameters {
	const reference = files.map((file, index) => ({ name: `ref${index + 1}`, file }));
	return { references: { reference } };
}

/** @returns the option References, with an entry of each name, all for one image */
function referencesNamed(...names: string[]): INodeParameters {
	return { references: { reference: names.map((name) => ({ name, file: image })) } };
}

async function make(
	operation: string,
	parameters: INodeParameters = {},
	options: INodeParameters = {},
) {
	return await runMagicHour(sandbox(), 'videoProject', operation, [{ json: {} }], {
		parameters: { ...needed[operation], output: 'projectId', ...parameters },
		options,
	});
}

function sent() {
	return sandbox().requests.map(({ method, url, body }) => ({ line: `${method} ${url}`, body }));
}

type Case = [INodeParameters, INodeParameters, string];

describe.each<[string, Case[]]>([
	[
		'addSubtitles',
		[
			[
				{ startSeconds: 5 },
				{},
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
			[{ template: '' }, {}, "'Font' is empty, and so is 'Template'"],
			[
				{ template: '', customStyle: { font: 'Roboto', textColor: '#FFFFFF' } },
				{},
				"'Vertical Position' is empty, and so is 'Template'",
			],
		],
	],
	[
		'edit',
		[
			[{ prompt: empty }, {}, "'Prompt' is empty"],
			[
				{},
				{ startSeconds: 6 },
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (6), but is 5",
			],
			[
				{ endSeconds: 60 },
				{ model: 'gemini-omni-1.1', startSeconds: 49.5 },
				"'End Time (Seconds)' makes the clip 10.5 seconds long, but Gemini Omni 1.1 takes clips of 3 to 10 seconds",
			],
			[
				{ endSeconds: 16 },
				{ model: 'wan-3.0' },
				"'End Time (Seconds)' makes the clip 16 seconds long, but Wan 3.0 takes clips of 2 to 15 seconds",
			],
			[
				{ endSeconds: 0.4 },
				{ model: 'ltx-2.5' },
				"'End Time (Seconds)' makes the clip 0.4 seconds long, but LTX 2.5 takes clips of 0.5 to 60 seconds",
			],
			[
				{ endSeconds: 30.5 },
				{ model: 'ltx-2.5', resolution: '1080p' },
				"'End Time (Seconds)' makes the clip 30.5 seconds long, but LTX 2.5 takes clips of 0.5 to 30 seconds when 'Resolution' is 1080p",
			],
			[
				{},
				{ model: 'gemini-omni-1.1', resolution: '480p' },
				"'Resolution' is 480p, which Gemini Omni 1.1 doesn't support",
			],
			[
				{},
				{ model: 'wan-3.0', resolution: '360p' },
				"'Resolution' is 360p, which Wan 3.0 doesn't support",
			],
			[{}, { model: 'ltx-2.5', ...references(image) }, "'References' can't be used with LTX 2.5"],
			[
				{},
				{ model: 'gemini-omni-1.1', ...references(image, video) },
				"'References 2: File' is a video, which Gemini Omni 1.1 doesn't support",
			],
			[
				{},
				{ model: 'wan-3.0', ...references(audio) },
				"'References 1: File' is an audio file, which Wan 3.0 doesn't support",
			],
			[
				{},
				referencesNamed('Hero', 'villain', '@hero'),
				'\'References 3: Name\' is "hero", which another entry already has',
			],
		],
	],
	[
		'generateAnimation',
		[
			[{ prompt: empty }, {}, "'Prompt' is empty"],
			[
				{ artStyle: 'Custom' },
				{},
				"'Custom Art Style' is empty, but the 'Art Style' Custom requires it",
			],
			[
				{ artStyle: '={{ "Cubist" }}', customArtStyle: 'Chalk' },
				{},
				"'Custom Art Style' is only supported when 'Art Style' is Custom",
			],
			[
				{ promptType: 'use_lyrics' },
				{},
				"'Audio Source' is None, which the 'Prompt Type' Lyrics doesn't support",
			],
			[
				{ promptType: 'ai_choose' },
				{},
				"'Audio Source' is None, which the 'Prompt Type' Chosen by AI doesn't support",
			],
			[{ audioSource: 'youtube', youtubeUrl: empty }, {}, "'YouTube URL' is empty"],
			[
				{ audioSource: 'youtube', youtubeUrl: 'aqz-KE-bpKQ' },
				{},
				"'YouTube URL' is not a complete URL",
			],
			[{ audioSource: 'file', audio: empty }, {}, "'Audio' is empty"],
			[
				{ transitionSpeed: 11 },
				{},
				"'Transition Speed' must be a whole number from 1 to 10, but is 11",
			],
		],
	],
	[
		'generateFromAudio',
		[
			[
				{},
				{ startSeconds: 5 },
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
		],
	],
	[
		'generateFromImage',
		[
			[
				{ durationSeconds: 7 },
				{ model: 'kling-2.6' },
				"'Duration (Seconds)' is 7, which Kling 2.6 doesn't support",
			],
			[
				{},
				{ model: 'seedance-2.0-mini', resolution: '1080p' },
				"'Resolution' is 1080p, which Seedance 2.0 Mini doesn't support",
			],
			[
				{},
				{ model: 'seedance-2.5', resolution: '360p' },
				"'Resolution' is 360p, which Seedance 2.5 doesn't support",
			],
			[
				{ durationSeconds: 11 },
				{ model: 'gemini-omni-1.1' },
				"'Duration (Seconds)' is 11, which Gemini Omni 1.1 doesn't support",
			],
			[
				{ durationSeconds: 12 },
				{ model: 'wan-3.0' },
				"'Duration (Seconds)' is 12, which Wan 3.0 doesn't support",
			],
			[
				{},
				{ model: 'gemini-omni-1.1', includeAudio: true },
				"'Include Audio' is on, which Gemini Omni 1.1 doesn't support",
			],
			[
				{},
				{ model: 'wan-2.2', includeAudio: true },
				"'Include Audio' is on, which Wan 2.2 doesn't support",
			],
			[
				{ durationSeconds: 8 },
				{ model: 'wan-2.2', endImage: 'api-assets/id/end.png' },
				"'End Image' can't be used with Wan 2.2",
			],
			[
				{ durationSeconds: 16 },
				{ model: 'veo3.1', endImage: image },
				"'Duration (Seconds)' is 16, which Veo 3.1 doesn't support when 'End Image' is set",
			],
			[
				{},
				{ model: 'kling-2.6', endImage: image, resolution: '720p' },
				"'Resolution' is 720p, which Kling 2.6 doesn't support when 'End Image' is set",
			],
			[
				{},
				{ model: 'kling-2.6', endImage: image },
				"'Resolution' is empty, but Kling 2.6 requires it when 'End Image' is set",
			],
		],
	],
	[
		'generateFromText',
		[
			[{ prompt: xs(20_001) }, {}, "'Prompt' can have up to 20000 characters, but has 20001"],
			[
				{ durationSeconds: 61 },
				{},
				"'Duration (Seconds)' must be a number from 1 to 60, but is 61",
			],
			[
				{ durationSeconds: 4 },
				{ model: 'veo3.1', aspectRatio: '1:1' },
				"'Aspect Ratio' is 1:1 (Square), which Veo 3.1 doesn't support",
			],
			[
				{},
				{ model: 'gemini-omni-1.1', aspectRatio: '1:1' },
				"'Aspect Ratio' is 1:1 (Square), which Gemini Omni 1.1 doesn't support",
			],
			[
				{},
				{ model: 'kling-3.0', ...references(image, video, audio) },
				"'References 3: File' is an audio file, which Kling 3.0 doesn't support",
			],
			...Object.entries({
				'gemini-omni-1.1': 'Gemini Omni 1.1',
				'kling-2.6': 'Kling 2.6',
				'ltx-2.5': 'LTX 2.5',
				'seedance-1.5': 'Seedance 1.5',
				'veo3.1': 'Veo 3.1',
				'veo3.1-lite': 'Veo 3.1 Lite',
				'wan-2.2': 'Wan 2.2',
			}).map(
				([model, label]): Case => [
					{ durationSeconds: /^veo|seedance/.test(model) ? 8 : 5 },
					{ model, ...references(image) },
					`'References' can't be used with ${label}`,
				],
			),
			[{}, referencesNamed('hero', '2nd dog'), '\'References 2: Name\' is "2nd dog", which is not'],
			[{}, referencesNamed('@'), '\'References 1: Name\' is "@", which is not'],
			[{}, referencesNamed('@@hero'), '\'References 1: Name\' is "@hero", which is not'],
			[{}, referencesNamed(empty), "'References 1: Name' is empty"],
			[{}, references(empty), "'References 1: File' is empty"],
			[
				{},
				references('photo'),
				'\'References 1: File\' is "photo", which is not a URL, a path, or a binary field',
			],
			[
				{},
				references(...Array<string>(11).fill(image)),
				"'References' can have up to 10 entries, but has 11",
			],
		],
	],
	[
		'generateTalkingPhoto',
		[
			[
				{ endSeconds: 301 },
				{},
				"'End Time (Seconds)' makes the clip 301 seconds long, but the 'Generation Mode' Realistic takes clips of up to 300 seconds",
			],
			[
				{ startSeconds: 10, endSeconds: 55.5 },
				{ generationMode: 'prompted' },
				"'End Time (Seconds)' makes the clip 45.5 seconds long, but the 'Generation Mode' Prompted takes clips of up to 45 seconds",
			],
			[
				{},
				{ prompt: 'Waves a hand' },
				"'Prompt' is only supported when 'Generation Mode' is Prompted",
			],
		],
	],
	[
		'generateUgcAd',
		[
			[{ script: empty }, {}, "'Script' is empty"],
			[{ image: empty }, {}, "'Image' is empty"],
			[
				{ durationSeconds: 142 },
				{},
				"'Duration (Seconds)' must be a number from 1 to 141, but is 142",
			],
			[
				{ durationSeconds: 16 },
				{ model: 'kling-3.0' },
				"'Duration (Seconds)' is 16, which Kling 3.0 doesn't support",
			],
			[
				{ durationSeconds: 11 },
				{ model: 'ltx-2.5' },
				"'Duration (Seconds)' is 11, which LTX 2.5 doesn't support",
			],
			[
				{ durationSeconds: 16 },
				{ model: 'veo3.1' },
				"'Duration (Seconds)' is 16, which Veo 3.1 doesn't support",
			],
			[{ script: xs(2501) }, {}, "'Script' can have up to 2500 characters, but has 2501"],
			[
				{ script: xs(2305, 3) },
				{ model: 'kling-3.0' },
				"'Script' is 2305 characters long, but Kling 3.0 takes up to 2304",
			],
			[
				{ script: xs(1805) },
				{ model: 'ltx-2.5' },
				"'Script' is 1805 characters long, but LTX 2.5 takes up to 1804",
			],
		],
	],
	[
		'replaceCharacter',
		[
			[{}, { resolution: '1080p' }, "'Resolution' is 1080p, which Wan Animate doesn't support"],
			[
				{},
				{ model: 'kling-3.0', resolution: '480p' },
				"'Resolution' is 480p, which Kling 3.0 doesn't support",
			],
			[{}, { prompt: 'Sunset' }, "'Prompt' can't be used with Wan Animate"],
			[
				{ selectionMode: 'point', points: { point: [{ positionX: 1, positionY: 0 }] } },
				{ model: 'kling-3.0' },
				"'Person to Replace' is Marked with Points, which Kling 3.0 doesn't support",
			],
			[
				{ endSeconds: 2.9 },
				{ model: 'kling-3.0' },
				"'End Time (Seconds)' makes the clip 2.9 seconds long, but Kling 3.0 takes clips of 3 to 30 seconds",
			],
			[
				{ endSeconds: 31 },
				{ model: 'kling-3.0', mode: 'animate' },
				"'End Time (Seconds)' makes the clip 31 seconds long, but Kling 3.0 takes clips of 3 to 30 seconds",
			],
			[
				{ endSeconds: 11 },
				{ model: 'kling-3.0', mode: 'replace' },
				"'End Time (Seconds)' makes the clip 11 seconds long, but Kling 3.0 takes clips of 3 to 10 seconds when 'Mode' is Replace",
			],
			[{ selectionMode: 'point' }, {}, "'Points' is empty"],
			[
				{ selectionMode: 'point', points: { point: [{ positionX: 1.5, positionY: 0 }] } },
				{},
				"'Points 1: Pixels From Left' must be a whole number of 0 or more, but is 1.5",
			],
			[
				{},
				{ startSeconds: 9 },
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (9), but is 5",
			],
		],
	],
	[
		'restyle',
		[
			[{ videoSource: 'youtube', youtubeUrl: empty }, {}, "'YouTube URL' is empty"],
			[{ promptType: 'custom', prompt: empty }, {}, "'Prompt' is empty"],
			[{ promptType: 'append_default', prompt: empty }, {}, "'Prompt' is empty"],
			[
				{},
				{ version: 'v3', height: 720 },
				"'Initial Image' is empty, but the 'Version' Version 3 requires it",
			],
			[
				{},
				{ version: 'v3', initialImage: image },
				"'Height (Pixels)' is empty, but the 'Version' Version 3 requires it",
			],
			[
				{},
				{ version: 'v3', initialImage: image, height: 0 },
				"'Height (Pixels)' must be a whole number of 1 or more, but is 0",
			],
			[
				{},
				{ version: 'v3', initialImage: image, height: 1.5 },
				"'Height (Pixels)' must be a whole number of 1 or more, but is 1.5",
			],
			[
				{ startSeconds: 5 },
				{},
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
		],
	],
	[
		'swapFace',
		[
			[{ video: empty }, {}, "'Video' is empty"],
			[{ faceSwapMode: 'individual-faces' }, {}, "'Face Mappings' is empty"],
			[{ newFace: empty }, {}, "'New Face' is empty"],
			[
				{ videoSource: 'youtube', youtubeUrl: 'my film' },
				{},
				"'YouTube URL' is not a complete URL",
			],
			[
				{ startSeconds: 5 },
				{},
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
		],
	],
	[
		'syncLips',
		[
			[{ videoSource: 'youtube', youtubeUrl: empty }, {}, "'YouTube URL' is empty"],
			[{ videoSource: 'youtube', youtubeUrl: 'x' }, {}, "'YouTube URL' is not a complete URL"],
			[
				{ videoSource: 'youtube', youtubeUrl: `${youtubeUrl}\u200b` },
				{},
				"'YouTube URL' contains an invisible character",
			],
			[
				{ videoSource: 'youtube', youtubeUrl: 'https://exa mple.com' },
				{},
				"'YouTube URL' is not a complete URL",
			],
			[{}, { maxFps: 0 }, "'Max Frames per Second' must be a number of 1 or more, but is 0"],
			[
				{ startSeconds: 5 },
				{},
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
		],
	],
	[
		'translate',
		[
			[{ video: empty }, {}, "'Video' is empty"],
			[{ targetLanguage: empty }, {}, "'Target Language' is empty"],
			[{ endSeconds: 30.5 }, {}, "'End Time (Seconds)' makes the clip 30.5 seconds long"],
			[{}, { startSeconds: 4.1 }, "'End Time (Seconds)' makes the clip 0.9 seconds long"],
			[
				{},
				{ startSeconds: 5 },
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
		],
	],
	[
		'upscale',
		[
			[{ video: empty }, {}, "'Video' is empty"],
			[{ resolution: empty }, {}, "'Resolution' is empty"],
			[
				{},
				{ startSeconds: 5 },
				"'End Time (Seconds)' must be after 'Start Time (Seconds)' (5), but is 5",
			],
		],
	],
])('Video Project → %s', (operation, cases) => {
	it.each(cases)('refuses %j with the options %j', async (parameters, options, words) => {
		const { error } = await make(operation, parameters, options);

		expect(error?.message).toContain(`The parameter ${words}`);
		expect(error?.message).toContain('[item 0]');
		const told = `${error?.message} ${error?.description}`;
		expect(storedValuesIn(told, ['videoProject', operation])).toEqual([]);
		expect(requestLines(sandbox())).toEqual([]);
	});
});

describe('a video', () => {
	it('is made of what the fields say, and of no field that is not shown', async () => {
		await make('restyle', { videoSource: 'youtube', youtubeUrl, prompt: 'not shown' });

		expect(sent()).toEqual([
			{
				line: 'POST /v1/video-to-video',
				body: {
					assets: { video_source: 'youtube', youtube_url: youtubeUrl },
					style: { art_style: 'Studio Ghibli', prompt_type: 'default' },
					start_seconds: 0,
					end_seconds: 5,
				},
			},
		]);
	});

	it('gets the points of the person that it replaces', async () => {
		await make('replaceCharacter', {
			selectionMode: 'point',
			points: {
				point: [
					{ positionX: 0, positionY: 180, timeSeconds: 0 },
					{ positionX: 320, positionY: 0, timeSeconds: 2.5 },
				],
			},
		});

		expect(sent()).toEqual([
			{
				line: 'POST /v1/character-replace',
				body: {
					assets: { video_file_path: video, image_file_path: image },
					style: {
						selection_mode: 'point',
						points: [
							{ position_x: 0, position_y: 180, time_seconds: 0 },
							{ position_x: 320, position_y: 0, time_seconds: 2.5 },
						],
					},
					end_seconds: 5,
				},
			},
		]);
	});

	it('gets references, of which those in binary fields are uploaded', async () => {
		const data = Buffer.from('a photo').toString('base64');
		const binary = { photo: { data, fileName: 'a.png', mimeType: 'image/png' } };
		const reference = [
			{ name: ' @Hero ', file: 'photo' },
			{ name: 'song-2', file: audio },
		];
		await runMagicHour(sandbox(), 'videoProject', 'generateFromText', [{ json: {}, binary }], {
			parameters: { prompt: '@Hero dances to @song-2', output: 'projectId' },
			options: { model: 'minimax-h3', references: { reference } },
		});
		const [path] = sandbox().storage.uploads.keys();

		expect(sent().at(-1)).toEqual({
			line: 'POST /v1/text-to-video',
			body: {
				style: { prompt: '@Hero dances to @song-2' },
				end_seconds: 5,
				model: 'minimax-h3',
				references: [
					{ name: 'Hero', file_path: path },
					{ name: 'song-2', file_path: audio },
				],
			},
		});
	});

	it('is refused a reference in a binary field that is of another kind', async () => {
		const data = Buffer.from('a song').toString('base64');
		const binary = { song: { data, fileName: 'a.mp3', mimeType: 'audio/mpeg' } };
		const { error } = await runMagicHour(
			sandbox(),
			'videoProject',
			'generateFromText',
			[{ json: {}, binary }],
			{
				parameters: { prompt: '@ref1 dances' },
				options: { model: 'kling-3.0', ...references('song') },
			},
		);

		expect(error?.message).toContain("'References 1: File' is an audio file, which Kling 3.0");
		expect(requestLines(sandbox())).toEqual([]);
	});

	it('is refused with what is possible instead', async () => {
		const { error } = await make('generateFromText', { durationSeconds: 12 }, { model: 'wan-3.0' });

		expect(error?.description).toContain(
			'Use 2 to 10, 15, 20, 25, or 30, or choose another model.',
		);
	});

	it('has no name where the API takes none', async () => {
		await make('generateUgcAd', {}, { model: 'kling-3.0' });

		expect(sent()).toEqual([
			{
				line: 'POST /v1/ai-ugc-ad',
				body: {
					assets: { image_file_path: image },
					script: 'I use it every day',
					end_seconds: 5,
					model: 'kling-3.0',
				},
			},
		]);
	});

	it('gets subtitles in a custom style without a template', async () => {
		await make('addSubtitles', {
			template: '',
			customStyle: {
				font: 'Roboto',
				textColor: '#FFFFFF',
				verticalPosition: 'top',
				horizontalPosition: 'left',
				strokeWidth: 0,
			},
		});

		expect(sent()).toMatchObject([
			{
				body: {
					style: {
						custom_config: {
							font: 'Roboto',
							text_color: '#FFFFFF',
							vertical_position: 'top',
							horizontal_position: 'left',
							stroke_width: 0,
						},
					},
				},
			},
		]);
		expect(sent()[0]?.body).not.toHaveProperty('style.template');
	});

	it.each<[string, INodeParameters, INodeParameters]>([
		['edit', { endSeconds: 60.1 }, { model: 'ltx-2.5', startSeconds: 0.1, resolution: '720p' }],
		['edit', { endSeconds: 30 }, { model: 'ltx-2.5', resolution: '1080p' }],
		['edit', { endSeconds: 10 }, { model: 'gemini-omni-1.1', resolution: '360p' }],
		['edit', { endSeconds: 70 }, references(image, video)],
		['generateFromImage', { durationSeconds: 8 }, { model: 'veo3.1', endImage: image }],
		['generateFromImage', {}, { model: 'kling-2.6', endImage: image, resolution: '1080p' }],
		['generateFromImage', { durationSeconds: 56 }, { model: 'veo3.1-lite', includeAudio: true }],
		['generateFromText', { durationSeconds: 2.5 }, { model: 'default', resolution: '4k' }],
		['generateFromImage', {}, { model: 'seedance-2.5', endImage: image, resolution: '4k' }],
		['generateFromImage', {}, { model: 'minimax-h3', endImage: image }],
		['generateFromImage', { durationSeconds: 60 }, { model: 'ltx-2.5', includeAudio: true }],
		['generateFromText', { durationSeconds: 17 }, { model: 'kling-4.0', includeAudio: true }],
		['generateFromText', {}, { model: 'kling-4.0', resolution: '4k', ...references(audio) }],
		['generateFromText', { durationSeconds: 1 }, { model: 'seedance-2.0-fast', resolution: '4k' }],
		['generateFromText', {}, { model: 'kling-3.0', ...references('https://example.com/a.webm') }],
		['generateFromText', {}, { model: 'wan-3.0', ...references(image, video, audio) }],
		['generateFromText', {}, referencesNamed('hero', 'Hero', '@x_1-b')],
		['generateFromText', { prompt: xs(20_000) }, {}],
		['generateTalkingPhoto', { endSeconds: 300 }, {}],
		['generateUgcAd', { durationSeconds: 141 }, { model: 'veo3.1', resolution: '480p' }],
		['generateUgcAd', { script: xs(1804, 999) }, { model: 'ltx-2.5' }],
		['generateUgcAd', { script: xs(2500), durationSeconds: 100 }, {}],
		['replaceCharacter', { endSeconds: 30 }, { model: 'kling-3.0', resolution: '1080p' }],
		['replaceCharacter', { endSeconds: 30 }, { model: 'kling-3.0', mode: 'animate', prompt: 'x' }],
		['replaceCharacter', { endSeconds: 90 }, { model: 'minimax-h3', prompt: 'x' }],
		['replaceCharacter', { endSeconds: 90 }, { model: 'kling-4.0', prompt: 'x', ...at480p }],
		['replaceCharacter', { endSeconds: 600 }, at480p],
		['restyle', {}, { version: 'v3', initialImage: image, height: 720, fps: 24 }],
		['restyle', {}, { version: 'default', height: 720 }],
		['restyle', {}, { version: 'v1', height: 720 }],
		['restyle', {}, { version: 'v2', height: 720 }],
		['translate', { endSeconds: 31 }, { startSeconds: 1, ...at480p }],
		['upscale', { endSeconds: 600, resolution: '4k' }, {}],
		['generateTalkingPhoto', { endSeconds: 45 }, { generationMode: 'prompted', prompt: 'x' }],
		['generateAnimation', { artStyle: 'Custom', customArtStyle: 'Chalk' }, {}],
		['generateAnimation', { promptType: 'use_lyrics', audioSource: 'file', audio }, {}],
		['generateAnimation', { promptType: 'ai_choose', audioSource: 'youtube', youtubeUrl }, {}],
	])('may be asked of %s with %j and the options %j', async (operation, parameters, options) => {
		const { json } = await make(operation, parameters, options);

		expect(json).toEqual([expect.objectContaining({ id: expect.any(String) })]);
		expect(requestLines(sandbox())).toHaveLength(1);
	});
});
